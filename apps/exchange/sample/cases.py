"""Sample Pokja: Sulawesi Selatan whole over five years, some others, and every edge by name."""

from datetime import date, timedelta

from apps.core.formats import decree_key
from apps.effectiveness.models import EffectiveTarget
from apps.exchange.sample import texts
from apps.pokja.models import Pokja, PokjaType, Seat
from apps.regions.models import Region
from apps.verification.enums import Status

SPAN = 5  # years shown, the running one included
USUAL = ("advokasi", "kampung_kb", "gdpk", "stunting")
WITHOUT_ANY = {"73.16"}  # Enrekang: nothing formed yet
INTEGRATED = {"73.71", "73.73"}
# chance that a criterion is met, first and last year of the span
CHANCES = {
    "sk": (0.72, 0.93),
    "plan": (0.55, 0.91),
    "indicators": (0.45, 0.83),
    "budget": (0.32, 0.68),
}


def head_of(region):
    """Post of the head of region."""
    if region.is_province:
        return "Gubernur"
    return "Wali Kota" if region.level == "kota" else "Bupati"


class Cases:
    """Writes the sample through a Builder; ``today`` moves the years along."""

    def __init__(self, builder):
        self.b, self.rng, self.today = builder, builder.rng, builder.today
        self.year = self.today.year
        self.years = range(self.year - SPAN + 1, self.year + 1)
        self.regions = {region.code: region for region in Region.objects.with_pokja_level()}
        self.pokja: dict[tuple[str, str], Pokja] = {}
        self.serial = 0

    # --- Pokja ---

    def form(self, code, kind, formed, *, kinds=None, dissolved=None, into=None, name=None):
        region = self.regions[code]
        short = region.code.replace(".", "")
        pokja = Pokja.objects.create(
            code=f"{short}-{texts.SHORT[kind]}",
            region=region,
            formed_on=formed,
            dissolved_on=dissolved,
            merged_into=into,
            name=name or texts.POKJA_NAMES[kind],
        )
        PokjaType.objects.bulk_create(
            PokjaType(pokja=pokja, kind=item) for item in (kinds or [kind])
        )
        count = self.rng.choice((4, 6, 6))
        Seat.objects.bulk_create(
            Seat(
                pokja=pokja,
                position=position,
                institution=institution,
                sector=sector,
                started_on=formed,
            )
            for position, institution, sector in texts.SEATS[:count]
        )
        self.pokja[code, kind] = pokja
        return pokja

    def number(self, region, year):
        self.serial += 1
        unit = "100.3.3.1" if region.is_province else "188.45"
        return f"{unit}/{self.serial:03d}/{region.code.replace('.', '')}/{year}"

    def sk(
        self,
        pokja_list,
        issued,
        *,
        start=None,
        end=None,
        basis="tertulis",
        role="establish",
        parent="",
        status=Status.VERIFIED,
        signer=None,
        number=None,
        day=None,
    ):
        region = pokja_list[0].region
        number = number or self.number(region, issued.year)
        return self.b.decree(
            region,
            number,
            decree_key(number),
            issued=issued,
            start=start or issued,
            end=end,
            basis=basis,
            status=status,
            signer=signer or (head_of(region), "definitif"),
            day=day,
            covers=[(pokja, role, parent, decree_key(parent)) for pokja in pokja_list],
        )

    # --- a whole province ---

    def province(self, code):
        for region in self.regions.values():
            if region.province.code == code and region.code not in WITHOUT_ANY:
                self.usual_region(region)

    def usual_region(self, region):
        kinds = list(USUAL)
        if self.rng.random() < 0.45:
            kinds.append("lainnya")
        if region.code in INTEGRATED:
            kinds.append("bangga_kencana")
        for kind in kinds:
            if (region.code, kind) not in SPECIAL:
                self.usual_pokja(region, kind)

    def usual_pokja(self, region, kind):
        first = self.rng.choice((self.years[0], self.years[0], self.years[1]))
        formed = date(first, self.rng.randrange(1, 5), self.rng.randrange(1, 28))
        pokja = self.form(region.code, kind, formed)
        self.usual_decrees(pokja, formed)
        for year in self.years:
            if year >= first:
                self.usual_year(pokja, year)

    def usual_decrees(self, pokja, formed):
        last = self.chance("sk", self.year)
        if self.rng.random() > last:
            if self.rng.random() < 0.5:  # expired, no successor
                self.sk([pokja], formed, end=date(self.year - 1, 12, 31))
            return
        if self.rng.random() < 0.3:  # one decree a budget year, renewed each year
            for year in range(formed.year, self.year + 1):
                issued = max(formed, date(year, 1, 12))
                self.sk([pokja], issued, basis="tahun_anggaran")
            return
        end = date(self.year + self.rng.choice((0, 1, 2)), 12, 31)
        self.sk(
            [pokja],
            formed,
            end=end,
            signer=self.rng.choice(
                (None, None, (head_of(pokja.region), "pj"), ("Sekretaris Daerah", "an"))
            ),
        )

    def chance(self, criterion, year):
        low, high = CHANCES[criterion]
        return low + (high - low) * (year - self.years[0]) / (SPAN - 1)

    def usual_year(self, pokja, year):
        for criterion, make in (
            ("plan", self.b.plan),
            ("indicators", self.b.indicator_set),
            ("budget", self.b.budget),
        ):
            status = self.status_for(criterion, year)
            if status:
                make(pokja, year, status, self.day_in(year, status))

    def status_for(self, criterion, year):
        if self.rng.random() < self.chance(criterion, year):
            return Status.VERIFIED
        if year < self.year:
            return None
        return self.rng.choice((Status.SUBMITTED, Status.RETURNED, Status.DRAFT, None, None))

    def day_in(self, year, status):
        if status == Status.VERIFIED or year < self.year:
            return min(date(year, 3, self.rng.randrange(1, 28)), self.today)
        return self.today - timedelta(days=self.rng.randrange(1, 13))

    # --- the edges of spec section 5, by name ---

    def edges(self):
        self.bone()
        self.makassar()
        self.palopo_merged()
        self.selayar_chain()
        self.budget_edges()
        self.province_targets()

    def bone(self):
        """One joint decree for three Pokja; later one of them gets its own; all tasks open."""
        formed = date(self.years[0], 2, 9)
        three = [self.form("73.08", kind, formed) for kind in ("advokasi", "kampung_kb", "gdpk")]
        self.sk(three, formed, end=date(self.year + 1, 12, 31))
        own = self.form("73.08", "stunting", formed)
        self.sk([own], formed, end=self.today)  # expires on this very day
        self.sk(
            [three[2]],
            self.today - timedelta(days=20),
            start=date(self.year + 1, 1, 1),
            end=date(self.year + 3, 12, 31),
            status=Status.SUBMITTED,
            day=self.today - timedelta(days=6),
        )
        for year in self.years[:-1]:
            for pokja in [*three, own]:
                self.usual_year(pokja, year)
        now, recent = self.year, self.today - timedelta(days=3)
        advokasi, kampung, gdpk = three
        for make in (self.b.plan, self.b.indicator_set, self.b.budget):
            make(advokasi, now, Status.VERIFIED, date(now, 1, 20))
        self.b.plan(kampung, now, Status.RETURNED, self.today - timedelta(days=2))
        self.b.indicator_set(kampung, now, Status.SUBMITTED, recent)
        self.b.plan(gdpk, now, Status.DRAFT, recent)
        self.b.nil(
            gdpk,
            now,
            "anggaran",
            "Belum dianggarkan dalam APBD murni; diusulkan pada perubahan APBD.",
            Status.SUBMITTED,
            recent,
        )
        self.b.plan(own, now, Status.VERIFIED, date(now, 2, 3))
        self.b.plan(own, now, Status.SUBMITTED, recent, version=2, activities=5)

    def makassar(self):
        """Integrated Pokja of several kinds, effective; one verification was cancelled."""
        formed = date(self.years[0], 1, 17)
        whole = self.form(
            "73.71", "bangga_kencana", formed, kinds=["bangga_kencana", "advokasi", "kampung_kb"]
        )
        self.sk([whole], formed, basis="sampai_dicabut", signer=("Wali Kota", "pj"))
        for year in self.years:
            for make in (self.b.plan, self.b.indicator_set, self.b.budget):
                make(whole, year, Status.VERIFIED, date(year, 1, 25))
        gdpk = self.form("73.71", "gdpk", formed)
        self.sk([gdpk], formed, end=date(self.year + 2, 12, 31))
        self.b.plan(gdpk, self.year, Status.CANCELLED, self.today - timedelta(days=9))
        self.b.indicator_set(gdpk, self.year, Status.RETURNED, self.today - timedelta(days=4))
        tpps = self.form("73.71", "stunting", formed)
        self.sk([tpps], formed, basis="tahun_anggaran")
        for kind in ("lainnya",):
            self.form("73.71", kind, date(self.year, 1, 5))  # nothing filled in yet

    def palopo_merged(self):
        """Two old Pokja merged into one last year; their own years stay as they were."""
        formed, merged = date(self.years[0], 3, 1), date(self.year - 1, 7, 1)
        whole = self.form(
            "73.73", "bangga_kencana", merged, kinds=["bangga_kencana", "advokasi", "kampung_kb"]
        )
        self.sk([whole], merged, end=date(self.year + 2, 6, 30))
        for year in (self.year - 1, self.year):
            self.usual_year(whole, year)
        for kind in ("advokasi", "kampung_kb"):
            old = self.form("73.73", kind, formed, dissolved=merged, into=whole)
            self.sk([old], formed, end=date(self.year, 12, 31))
            for year in range(self.years[0], self.year - 1):
                self.usual_year(old, year)

    def selayar_chain(self):
        """Amended (extended), revoked, number still blank, not yet in force, dissolved."""
        formed = date(self.years[0], 2, 2)
        extended = self.form("73.01", "advokasi", formed)
        first = self.sk([extended], formed, end=date(self.year - 1, 12, 31))
        self.sk(
            [extended],
            date(self.year - 1, 12, 1),
            end=date(self.year + 1, 12, 31),
            role="amend",
            parent=first.number,
        )
        revoked = self.form("73.01", "kampung_kb", formed)
        old = self.sk([revoked], formed, basis="sampai_dicabut")
        self.sk([revoked], date(self.year, 1, 15), role="revoke", parent=old.number)
        blank = self.form("73.01", "gdpk", formed)
        self.sk(
            [blank],
            self.today - timedelta(days=15),
            end=date(self.year + 3, 12, 31),
            status=Status.SUBMITTED,
            number=f"188.45/    /HK/{self.year}",
            day=self.today - timedelta(days=12),
        )
        later = self.form("73.01", "stunting", formed)
        self.sk(
            [later],
            self.today - timedelta(days=5),
            start=date(self.year + 1, 1, 1),
            end=date(self.year + 5, 12, 31),
        )
        self.form("73.01", "lainnya", formed, dissolved=date(self.year - 1, 12, 31))
        for year in self.years:
            for pokja in (extended, revoked):
                self.usual_year(pokja, year)

    def budget_edges(self):
        """Maros: perubahan cut the budget to zero; pergeseran waits; only BOKB; village money."""
        formed, now = date(self.years[0], 1, 9), self.year
        day = date(now, 2, 10)
        pokja = {}
        for kind in USUAL:
            pokja[kind] = self.form("73.09", kind, formed)
            self.sk([pokja[kind]], formed, end=date(now + 1, 12, 31))
            for year in self.years:
                self.b.plan(pokja[kind], year, Status.VERIFIED, date(year, 2, 10))
                self.b.indicator_set(pokja[kind], year, Status.VERIFIED, date(year, 2, 10))
                if year < now:
                    self.b.budget(pokja[kind], year, Status.VERIFIED, date(year, 2, 10))
        self.b.budget(pokja["advokasi"], now, Status.VERIFIED, day, amount=80_000_000)
        self.b.budget(
            pokja["advokasi"], now, Status.VERIFIED, self.today, stage="perubahan", amount=0
        )
        self.b.budget(pokja["kampung_kb"], now, Status.VERIFIED, day, amount=45_000_000)
        self.b.budget(
            pokja["kampung_kb"],
            now,
            Status.SUBMITTED,
            self.today - timedelta(days=2),
            stage="pergeseran",
            amount=60_000_000,
        )
        self.b.budget(
            pokja["gdpk"], now, Status.VERIFIED, day, amount=30_000_000, source="dak_bokb"
        )
        self.b.budget(
            pokja["stunting"], now, Status.VERIFIED, day, amount=25_000_000, source="dana_desa"
        )

    def province_targets(self):
        for offset, year in enumerate(self.years):
            EffectiveTarget.objects.get_or_create(
                province=self.regions["73"],
                year=year,
                defaults={
                    "provinces": 1,
                    "districts": 6 + 3 * offset,
                    "source": "Perjanjian kinerja (data contoh)",
                },
            )

    # --- other provinces: one region each, so that every sample account has work ---

    def others(self):
        formed = date(self.year - 2, 3, 4)
        for code in ("62.10", "63.71", "74.12"):
            for kind in ("advokasi", "stunting"):
                pokja = self.form(code, kind, formed)
                self.sk([pokja], formed, end=date(self.year + 1, 3, 3))
                for year in range(self.year - 2, self.year + 1):
                    self.usual_year(pokja, year)
            waiting = self.form(code, "kampung_kb", date(self.year, 1, 10))
            self.sk(
                [waiting],
                date(self.year, 1, 10),
                end=date(self.year + 3, 1, 9),
                status=Status.SUBMITTED,
                day=self.today - timedelta(days=5),
            )


# Pokja that ``edges`` makes itself, so that ``province`` leaves them out.
SPECIAL = {
    *(("73.08", kind) for kind in (*USUAL, "lainnya")),
    *(("73.71", kind) for kind in (*USUAL, "lainnya", "bangga_kencana")),
    *(("73.73", kind) for kind in ("advokasi", "kampung_kb", "bangga_kencana")),
    *(("73.01", kind) for kind in (*USUAL, "lainnya")),
    *(("73.09", kind) for kind in (*USUAL, "lainnya")),
}
