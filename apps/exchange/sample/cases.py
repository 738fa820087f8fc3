"""Sample Pokja: Sulawesi Selatan whole over five years, some others, and every edge by name."""

from datetime import date, timedelta

from apps.core.formats import decree_key
from apps.exchange.sample import texts
from apps.pokja.models import Pokja, PokjaType
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
        self.members: dict[Pokja, int] = {}  # how many, see sample.seats
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
        self.members[pokja] = self.rng.choice((4, 6, 6))
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
        if number is None:
            number = self.number(region, issued.year)
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


# Pokja that ``EdgeCases`` makes itself, so that ``province`` leaves them out.
SPECIAL = {
    *(("73.08", kind) for kind in (*USUAL, "lainnya")),
    *(("73.71", kind) for kind in (*USUAL, "lainnya", "bangga_kencana")),
    *(("73.73", kind) for kind in ("advokasi", "kampung_kb", "bangga_kencana")),
    *(("73.01", kind) for kind in (*USUAL, "lainnya")),
    *(("73.09", kind) for kind in (*USUAL, "lainnya")),
}
