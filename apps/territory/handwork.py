"""What a change leaves to be done by hand, in sentences; and what stays as it was on purpose."""

from django.utils import timezone

from apps.accounts.enums import Role
from apps.core.formats import format_date
from apps.deadlines.models import Period, Reopening
from apps.effectiveness.models import Closing, EffectiveTarget
from apps.regions.codes import timezone_label
from apps.regulations.models import Regulation
from apps.reviews.enums import State
from apps.reviews.models import Objection, SampleItem
from apps.territory.belongings import Belongings
from apps.territory.enums import SPLITS, ChangeKind, Way
from apps.territory.plan import Plan


def handwork(plan: Plan, mine: Belongings) -> list[str]:
    """A constant number of queries."""
    told = [
        *_people(plan),
        *_maps(plan),
        *_zone(plan),
        *_office(plan),
        *_targets(plan),
        *_under_way(plan),
        *_joint(mine),
        *_past(plan),
    ]
    return [words for words in told if words]


def _people(plan: Plan) -> list[str]:
    change, told = plan.change, []
    if change.kind not in SPLITS:
        return told
    roles = {move.post.role for move in plan.posts if move.way in (Way.MOVE, Way.ALSO)}
    if change.kind == ChangeKind.SPLIT_PROVINCE and not roles & {Role.VERIFIER, Role.COORDINATOR}:
        told.append(
            f"Belum ada verifikator atau koordinator untuk {plan.destination}. Kiriman kab/kota "
            "yang pindah menunggu sampai ada: undang lewat halaman Akun sesudah disahkan."
        )
    if Role.OPERATOR not in roles:
        told.append(
            f"Belum ada operator untuk {plan.destination}: undang lewat halaman Akun sesudah "
            "disahkan."
        )
    return told


def _maps(plan: Plan) -> list[str]:
    if plan.change.makes_region or plan.moved_districts:
        return [
            "Peta: batas wilayah yang baru belum tersedia. Dasbor menampilkan peringkat; pada peta "
            "provinsi lama wilayah yang pindah tampil tanpa data."
        ]
    if any(line.old_code != line.new_code for line in plan.lines):
        return [
            "Peta: batas wilayah memakai kode lama, jadi pada peta wilayah ini tampil tanpa data."
        ]
    return []


def _zone(plan: Plan) -> list[str]:
    old = timezone_label(plan.change.region.code)
    codes = [line.new_code for line in plan.lines if line.new_code]
    new = next((zone for code in codes if (zone := timezone_label(code)) != old), "")
    return [f"Jam: kode baru memakai {new}, wilayah lama {old}. Periksa zonanya."] if new else []


def _office(plan: Plan) -> list[str]:
    """What a province has of its own, and a new or another one has not."""
    if not plan.moved_districts:
        return []
    old, told = plan.provinces[0], []
    if number := Period.objects.filter(province=old).count():
        told.append(
            f"Batas waktu khusus {old} ({number}) tidak ikut; di {plan.destination} berlaku batas "
            "waktunya sendiri atau yang nasional."
        )
    if plan.change.kind == ChangeKind.SPLIT_PROVINCE:
        told.append(f"Kop surat dan penanda tangan {plan.destination} diisi oleh kantornya.")
    return told


def _targets(plan: Plan) -> list[str]:
    if not plan.moved_districts and plan.change.kind == ChangeKind.RENAME:
        return []
    rows = EffectiveTarget.objects.filter(
        province__in=[each.pk for each in plan.provinces], year__gte=plan.change.in_force_on.year
    ).select_related("province")
    return [
        f"Target {row.year} {row.province} ({row.provinces} Prov & {row.districts} Kab/Kota) "
        "tetap; sesuaikan bila jumlah wilayahnya berubah."
        for row in rows
    ]


def _under_way(plan: Plan) -> list[str]:
    moved, told = [region.pk for region in plan.moved_districts], []
    place = moved or ([plan.change.region_id] if plan.pokja else [])
    if not place:
        return told
    reopened = Reopening.objects.filter(
        region__in=place, ended_at=None, until__gte=timezone.localdate()
    ).select_related("region")
    if not moved:
        told += [
            f"Pembukaan kembali {row.region} sampai {format_date(row.until)} tidak ikut ke "
            f"{plan.destination}; buka lagi di sana bila perlu."
            for row in reopened
        ]
    disputes = Objection.objects.filter(evidence__region__in=moved, state=State.OPEN).count()
    if disputes:
        told.append(
            f"{disputes} sanggahan yang belum dijawab beralih ke koordinator {plan.destination}."
        )
    looks = SampleItem.objects.filter(
        evidence__region__in=moved, marked_at=None, sample__closed_at=None
    ).count()
    if looks:
        told.append(
            f"{looks} berkas tinjauan kedua belum ditandai dan tidak lagi terjangkau pemeriksanya; "
            "tutup tinjauan itu lebih dulu."
        )
    return told


def _joint(mine: Belongings) -> list[str]:
    return [
        f"{title}: juga mencakup Pokja yang tinggal, jadi berkasnya tetap di wilayah lama dan "
        "tetap berlaku bagi keduanya."
        for title in mine.joint
    ]


def _past(plan: Plan) -> list[str]:
    """What is left as it was: frozen books, figures about the old region, its own papers."""
    change, told = plan.change, []
    closed = Closing.objects.filter(province__in=[each.pk for each in plan.provinces])
    years = sorted(set(closed.values_list("year", flat=True)))
    if years:
        told.append(
            f"Buku tahun {', '.join(map(str, years))} tetap seperti waktu ditutup, dengan kode, "
            "nama, dan provinsi saat itu."
        )
    if change.kind in SPLITS:
        told.append(f"Profil tahunan {plan.destination} belum ada; isi lewat impor profil.")
    if change.kind == ChangeKind.MERGE:
        papers = Regulation.objects.filter(region=change.region).count()
        kept = f" dan {papers} regulasinya" if papers else ""
        told.append(f"Profil tahunan {change.region}{kept} tetap tercatat pada wilayah lama.")
    return told
