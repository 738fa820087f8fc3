"""Sample register: regulations, agreements, offices and planned targets of South Sulawesi.

Enough for the draft rubric to tell something apart: of some regions all of its criteria can be met,
of others one or several are over, to come, or were never recorded.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from apps.core.formats import decree_key
from apps.indicators.models import Indicator, IndicatorSet, RegionTarget, Target
from apps.regions.models import Region
from apps.regulations.models import Agreement, Institution, Regulation
from apps.verification.enums import Status

PROVINCE, MAKASSAR, BONE, PALOPO = "73", "73.71", "73.08", "73.73"
MARK = " (data contoh)"
KIND_OF_LEVEL = {"provinsi": "pergub", "kabupaten": "perbup", "kota": "perwali"}
IPBK = "ipbk"
# Pokja -> IPBK of last year and of this year
IPBK_OF = {"7371-BK": ("61.2", "63.4"), "7308-ADV": ("58.1", "57.6")}


def add_register(today: date) -> None:
    """The register of the sample province, and what else the draft rubric asks about."""
    regions = list(
        Region.objects.with_pokja_level().filter(province__code=PROVINCE).order_by("code")
    )
    by_code = {region.code: region for region in regions}
    _regulations(regions, by_code, today)
    _agreements(by_code, today)
    _institutions(regions)
    _planned(regions, today.year)
    _reported(today.year)
    _date_back()


def _regulation(region, kind, number, day, subject, topics, *, until=None) -> Regulation:
    return Regulation.objects.create(
        region=region,
        kind=kind,
        number=str(number),
        number_key=decree_key(str(number)),
        year=day.year,
        subject=subject + MARK,
        enacted_on=day,
        valid_from=day,
        valid_until=until,
        topics=topics,
        source="Bagian Hukum (data contoh)",
    )


def _regulations(regions, by_code, today: date) -> None:
    """GDPK in every second region; one over, one revoked, one to come."""
    for place, region in enumerate(regions):
        if place % 2 == 0 or region.code in (MAKASSAR, BONE):
            day = date(today.year - 3 + place % 3, 1 + place % 12, 15)
            kind = KIND_OF_LEVEL[region.level]
            _regulation(
                region, kind, 10 + place, day, "Grand Design Pembangunan Kependudukan", "gdpk"
            )
    province = by_code[PROVINCE]
    start = date(today.year - 6, 3, 4)
    old = _regulation(province, "pergub", 21, start, "Pokja Bangga Kencana", "pokja")
    new = _regulation(
        province,
        "pergub",
        8,
        date(today.year - 1, 2, 10),
        "Pokja Bangga Kencana",
        "bangga-kencana, pokja",
    )
    Regulation.objects.filter(pk=old.pk).update(
        valid_until=new.valid_from - timedelta(days=1), revoked_by=new
    )
    _regulation(province, "perda", 4, date(today.year - 4, 6, 1), "Pengendalian Penduduk", "ppkb")
    _regulation(
        by_code[PALOPO],
        "perwali",
        30,
        start,
        "Percepatan Penurunan Stunting",
        "stunting",
        until=date(today.year - 1, 12, 31),
    )
    _regulation(
        by_code[BONE], "perda", 2, date(today.year + 1, 1, 2), "RPJMD Kabupaten Bone", "rpjmd"
    )
    _regulation(
        by_code[BONE], "se", "400/12", date(today.year - 1, 8, 4), "Kampung KB", "kampung-kb"
    )


def _agreements(by_code, today: date) -> None:
    """An MoU with a PKS that outlives it, and one that is over."""
    year, province = today.year, by_code[PROVINCE]
    mou = Agreement.objects.create(
        region=province,
        kind="mou",
        title=f"Pendidikan kependudukan dengan perguruan tinggi{MARK}",
        parties="Pemerintah Provinsi Sulawesi Selatan\nUniversitas Contoh",
        own_number=f"120/45/{year - 2}",
        own_key=decree_key(f"120/45/{year - 2}"),
        other_number=f"77/UN/{year - 2}",
        valid_from=date(year - 2, 5, 2),
        valid_until=date(year + 1, 5, 1),
        topics="kerja-sama, ppkb",
    )
    Agreement.objects.create(
        region=province,
        kind="pks",
        title=f"Mahasiswa peduli stunting{MARK}",
        parties="DP3AP2KB Provinsi Sulawesi Selatan\nFakultas Kesehatan Masyarakat Contoh",
        own_number=f"121/46/{year - 1}",
        own_key=decree_key(f"121/46/{year - 1}"),
        valid_from=date(year - 1, 1, 6),
        valid_until=date(year + 1, 12, 31),
        parent=mou,
        topics="kerja-sama, stunting",
    )
    Agreement.objects.create(
        region=by_code[MAKASSAR],
        kind="mou",
        title=f"Dapur Sehat Atasi Stunting dengan dunia usaha{MARK}",
        parties="Pemerintah Kota Makassar\nPT Contoh Pangan",
        own_number=f"180/9/{year - 4}",
        own_key=decree_key(f"180/9/{year - 4}"),
        valid_from=date(year - 4, 2, 1),
        valid_until=date(year - 1, 1, 31),
        topics="stunting",
    )


def _institutions(regions) -> None:
    """Two of three offices stand alone; one was merged before."""
    for place, region in enumerate(regions):
        merged = place % 3 == 1 and region.code not in (MAKASSAR, BONE)
        women = "Pemberdayaan Perempuan, Perlindungan Anak, " if merged else ""
        Institution.objects.create(
            region=region,
            name=f"Dinas {women}Pengendalian Penduduk dan KB {region.label}{MARK}",
            short_name="DP3AP2KB" if merged else "DPPKB",
            form="digabung" if merged else "mandiri",
            other_affairs="Pemberdayaan perempuan dan perlindungan anak" if merged else "",
            valid_from=date(2017, 1, 2) if region.code != BONE else date(2022, 1, 3),
            basis="Perda susunan perangkat daerah (data contoh)",
        )
        if region.code == BONE:
            Institution.objects.create(
                region=region,
                name=f"Dinas Kesehatan, Pengendalian Penduduk dan KB {region.label}{MARK}",
                short_name="Dinkes PPKB",
                form="digabung",
                other_affairs="Kesehatan",
                valid_from=date(2017, 1, 2),
                valid_until=date(2022, 1, 2),
                basis="Perda susunan perangkat daerah (data contoh)",
            )


def _planned(regions, year: int) -> None:
    """Targets as planning documents set them; some regions name none."""
    known = Indicator.objects.filter(code__in=("mcpr", "unmet_need")).order_by("code")
    values = {"mcpr": Decimal("62.5"), "unmet_need": Decimal("10.5")}
    RegionTarget.objects.bulk_create(
        RegionTarget(
            region=region,
            year=each,
            indicator=indicator,
            value=values[indicator.code],
            document=f"RPJMD {year - 3}–{year + 1}{MARK}",
        )
        for place, region in enumerate(regions)
        if place % 4 != 3 or region.code == MAKASSAR
        for each in (year - 1, year)
        for indicator in known
    )


def _reported(year: int) -> None:
    """IPBK of two Pokja: one rose, one did not."""
    indicator = Indicator.objects.filter(code=IPBK).first()
    if indicator is None:
        return
    sets = IndicatorSet.objects.filter(
        pokja__code__in=IPBK_OF, year__in=(year - 1, year), evidence__status=Status.VERIFIED
    ).select_related("pokja")
    for held in sets:
        last, now = map(Decimal, IPBK_OF[held.pokja.code])
        value, is_past = (last, True) if held.year < year else (now, False)
        Target.objects.create(
            indicator_set=held,
            indicator=indicator,
            baseline=last,
            baseline_year=held.year - 1,
            target=last,
            source="Survei IPBK (contoh)",
            q1=value,
            q2=value,
            q3=value if is_past else None,
            q4=value if is_past else None,
            annual=value if is_past else None,
        )


def _date_back() -> None:
    """What began in the past was recorded soon after, so a look back finds it."""
    now = timezone.now()
    for model in (Regulation, Agreement, Institution):
        rows = list(model.objects.exclude(region=None).exclude(valid_from=None))
        for row in rows:
            noon = timezone.make_aware(datetime.combine(row.valid_from, time(12)))
            row.created_at = min(now, noon + timedelta(days=9))
        model.objects.bulk_update(rows, ["created_at"])
