"""A random walk over everything an office may do to a year after its book was closed."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError

from apps.core.errors import Conflict
from apps.deadlines.services import PeriodClosed
from apps.effectiveness.models import Rubric, RubricCriterion
from apps.evidence.services import cancel, open_version, return_with_notes, verify
from apps.pokja import services as pokja_services
from apps.pokja.models import Pokja, Seat
from apps.pokja.seat_services import add_seat, end_seat
from apps.regions.changes import rename_region
from apps.regions.models import Region
from apps.regions.services import change_region_code
from apps.verification.enums import Action, Status
from apps.verification.models import Evidence
from apps.verification.services import StepRefused, take_step
from apps.work_plans.models import Activity
from tests import makers
from tests.books.conftest import YEAR, paper

REFUSED = (StepRefused, ValidationError, PeriodClosed, Conflict, pokja_services.MergeRefused)
SECTORS = ("pemerintah", "media", "dunia_usaha", "komunitas")


class Walk:
    """Steps drawn by a seed; ``done`` counts those that went through, ``refused`` the others."""

    def __init__(self, world, cast, seed):
        self.draw = random.Random(seed)  # noqa: S311 - a test
        self.cast = cast
        self.number = 0
        self.done, self.refused = Counter(), Counter()
        self.officers = {
            world.makassar.region_id: cast["operator_makassar"],
            world.bone.region_id: cast["operator_bone"],
            world.sulsel.region_id: cast["operator_sulsel"],
        }
        self.steps = [getattr(self, name) for name in dir(self) if name.startswith("step_")]

    def go(self, steps: int) -> None:
        for _ in range(steps):
            self.number += 1
            step = self.draw.choice(self.steps)
            try:
                went = step()
            except REFUSED:
                went = False
            (self.refused if went is False else self.done)[step.__name__] += 1

    # --- what the steps choose from --------------------------------------------------------

    def pokja(self):
        rows = Pokja.objects.filter(region__in=self.officers).select_related("region")
        return self.draw.choice(list(rows.order_by("pk")))

    def officer(self, region_id):
        return self.officers[region_id]

    def judge(self, region):
        return self.cast["pusat" if region.is_province else "verifikator_sulsel"]

    def item(self, *statuses):
        rows = Evidence.objects.filter(region__in=self.officers, status__in=statuses)
        rows = list(rows.select_related("region").order_by("pk"))
        if not rows:
            raise StepRefused("tidak ada")
        return self.draw.choice(rows)

    def day(self):
        """A day of its own for each change of a region."""
        return date(2026, 3, 12) + timedelta(days=self.number)

    # --- evidence ----------------------------------------------------------------------------

    def step_plan(self):
        pokja = self.pokja()
        rows = [makers.ACTIVITY | {"name": f"Kegiatan {self.number}"}] * self.draw.choice((0, 1, 2))
        makers.make_plan(pokja, self.officer(pokja.region_id), YEAR, rows=rows)

    def step_budget(self):
        pokja = self.pokja()
        stage = self.draw.choice(("murni", "pergeseran", "perubahan"))
        line = makers.LINE | {
            "ceiling": Decimal(self.draw.choice((0, 1, 75_000_000))),
            "fund_source": self.draw.choice(("apbd_kabkota", "apbn", "apbd_provinsi")),
        }
        officer = self.officer(pokja.region_id)
        makers.make_budget(
            pokja, officer, YEAR, rows=[line], stage=stage, document=paper(pokja.region, officer)
        )

    def step_decree(self):
        pokja, day = self.pokja(), date(2025, 1, 1) + timedelta(days=self.draw.randrange(360))
        role = self.draw.choice(("establish", "amend", "revoke"))
        officer = self.officer(pokja.region_id)
        makers.make_decree(
            pokja,
            officer,
            number=f"188.45/W{self.number}/2025",
            role=role,
            parent="" if role == "establish" else f"188.45/{pokja.pk}/2025",
            issued_on=day,
            valid_from=day,
            valid_until=day + timedelta(days=self.draw.choice((10, 400, 1500))),
            document=paper(pokja.region, officer),
        )

    def step_send(self):
        """Past the deadlines of the page, as a file of an import comes in."""
        item = self.item(Status.DRAFT, Status.RETURNED)
        officer = self.officer(item.region_id)
        take_step(item, Action.SUBMIT, actor=officer, revision=item.revision)

    def step_verify(self):
        item = self.item(Status.SUBMITTED)
        verify(item, actor=self.judge(item.region), revision=item.revision)

    step_verify_more = step_verify

    def step_return(self):
        item = self.item(Status.SUBMITTED)
        judge = self.judge(item.region)
        return_with_notes(item, actor=judge, revision=item.revision, note="Perbaiki")

    def step_cancel(self):
        item = self.item(Status.VERIFIED)
        cancel(item, actor=self.cast["koordinator_sulsel"], revision=item.revision, note="Keliru")

    def step_version(self):
        item = self.item(Status.VERIFIED, Status.CANCELLED)
        open_version(item, actor=self.officer(item.region_id))

    def step_progress(self):
        """Figures of a verified plan, written past its versions: the worst case."""
        rows = Activity.objects.filter(plan__year=YEAR)
        return rows.update(physical_progress=self.draw.randrange(101)) > 0

    # --- Pokja and members -------------------------------------------------------------------

    def step_new_pokja(self):
        region = self.pokja().region
        kinds = [self.draw.choice(("gdpk", "stunting", "bangga_kencana"))]
        name = f"Pokja Baru {self.number}"
        formed = self.draw.choice((None, date(2025, 5, 1)))
        pokja_services.add_pokja(
            actor=self.officer(region.pk), region=region, name=name, kinds=kinds, formed_on=formed
        )

    def step_rename_pokja(self):
        pokja = self.pokja()
        pokja_services.change_pokja(
            pokja,
            actor=self.officer(pokja.region_id),
            revision=pokja.revision,
            name=f"Pokja Nama {self.number}",
            kinds=[self.draw.choice(("gdpk", "stunting", "bangga_kencana"))],
            formed_on=self.draw.choice((None, date(2026, 2, 1))),
        )

    def step_dissolve(self):
        pokja = self.pokja()
        pokja_services.dissolve_pokja(
            pokja,
            on=date(2025, self.draw.randrange(1, 13), 1),
            actor=self.officer(pokja.region_id),
            revision=pokja.revision,
        )

    def step_merge(self):
        pokja = self.pokja()
        others = Pokja.objects.filter(region=pokja.region).exclude(pk=pokja.pk).order_by("pk")
        if not others:
            return False
        pokja_services.merge_pokja(
            pokja,
            self.draw.choice(list(others)),
            date(2025, 12, 1),
            actor=self.officer(pokja.region_id),
            revision=pokja.revision,
        )
        return True

    def step_seat(self):
        pokja = self.pokja()
        add_seat(
            pokja,
            actor=self.officer(pokja.region_id),
            name=f"Anggota {self.number}",
            position=f"Anggota {self.number}",
            institution="Lembaga",
            sector=self.draw.choice(SECTORS),
        )

    def step_end_seat(self):
        seats = Seat.objects.filter(ended_on=None).select_related("pokja").order_by("pk")
        if not seats:
            return False
        seat = self.draw.choice(list(seats))
        officer = self.officer(seat.pokja.region_id)
        end_seat(seat, on=date(2025, 6, 1), actor=officer, revision=seat.revision)
        return True

    # --- regions and rules -------------------------------------------------------------------

    def step_rename_region(self):
        region = self.pokja().region
        name = f"Daerah {self.number}"
        rename_region(region, name=name, short_name=name, level=region.level, on=self.day())

    def step_recode_region(self):
        region = self.pokja().region
        code = f"{region.code[:2]}.{10 + self.number % 90}"
        if region.is_province or Region.objects.filter(code=code).exists():
            return False
        change_region_code(region, code, on=self.day(), basis="Uji")
        return True

    def step_rubric(self):
        """Another rubric takes the year: other weights, other sources, another rule of regions."""
        Rubric.objects.filter(status="published").update(status="replaced")
        rubric = Rubric.objects.create(
            code=f"uji-{self.number}",
            name=f"Rubrik uji {self.number}",
            year_from=2020,
            status="published",
            region_rule=self.draw.choice(("any", "integrated", "all")),
            accepted_sources=self.draw.choice((["apbn"], ["apbd_kabkota", "apbn"])),
        )
        weights = self.draw.choice(((25, 25, 25, 25), (10, 20, 30, 40), (100, 0, 0, 0)))
        for code, weight in zip(
            ("sk", "rencana_kerja", "indikator", "anggaran"), weights, strict=True
        ):
            RubricCriterion.objects.create(
                rubric=rubric, criterion=code, weight=weight, is_required=weight >= 25
            )
