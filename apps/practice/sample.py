"""What lies in a new room: a province that does not exist, its people, its Pokja in every state.

Deterministic but for the day it is made: last year, last week and next month are meant as such.
"""

import random
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from apps.accounts.models import Assignment, User
from apps.deadlines.models import Period
from apps.effectiveness.models import EffectiveTarget
from apps.exchange.sample.builder import Builder
from apps.exchange.sample.cases import Cases
from apps.exchange.sample.documents import attach_documents
from apps.exchange.sample.marks import cite_numbers, pin_returned
from apps.exchange.sample.periods import quarter_end
from apps.exchange.sample.seats import seat_members
from apps.exchange.sample.talk import add_talk
from apps.practice.roles import CITY, COLLEAGUES, FIRST, PROVINCE, ROLES, SECOND
from apps.regions.enums import Level
from apps.regions.models import Region, RegionProfile
from apps.regions.services import add_region
from apps.verification.enums import Status

SEED = 2026
BASIS = "Wilayah latihan (data contoh)"
# code, official name, short name, level, inhabitants; no province of Indonesia has the code 99
REGIONS = (
    (PROVINCE, "Latihan", "Latihan", Level.PROVINSI, 1_460_000),
    (FIRST, "Kabupaten Latihan Satu", "Latihan Satu", Level.KABUPATEN, 412_000),
    (SECOND, "Kabupaten Latihan Dua", "Latihan Dua", Level.KABUPATEN, 268_000),
    (CITY, "Kota Latihan Tiga", "Latihan Tiga", Level.KOTA, 780_000),
)
OFFICERS = {
    FIRST: "petugas.latihan",
    SECOND: "petugas.dua",
    CITY: "petugas.tiga",
    PROVINCE: "petugas.provinsi",
}


def add_regions() -> dict[str, Region]:
    """The sample province and its kabupaten/kota, with a profile each; by code."""
    made, year = {}, timezone.localdate().year
    for code, name, short_name, level, population in REGIONS:
        parent = made.get(PROVINCE)
        region = Region(code=code, name=name, short_name=short_name, level=level, parent=parent)
        made[code] = add_region(region, basis=BASIS)
        RegionProfile.objects.create(
            region=region, year=year, population=population, source="Data contoh latihan"
        )
    return made


def fill(regions: dict[str, Region]) -> None:
    """People, Pokja with their evidence and files, pins, members, targets, a period, talk."""
    people = _people(regions)
    builder = RoomBuilder(random.Random(SEED), people, timezone.localdate())  # noqa: S311 - sample
    cases = RoomCases(builder)
    cases.all()
    builder.save()
    seat_members(builder, cases.members)
    attach_documents(people | {"admin": people["koordinator.latihan"]}, cases.year)
    pin_returned()
    cite_numbers()
    _add_period(regions[PROVINCE], builder.today)
    places = ((FIRST, "petugas.latihan"), (CITY, "petugas.tiga"))
    add_talk(people, builder.today, places=places, verifier="verifikator.latihan")


def _add_period(province, today) -> None:
    """Open now, due at the end of the quarter; last year's is left without one."""
    week = timedelta(days=7)
    due = quarter_end(today + week)
    Period.objects.create(
        year=today.year,
        province=province,
        opens_on=date(today.year, 1, 2),
        due_on=due,
        grace_until=due + week,
        locks_on=due + 4 * week,
    )


def _people(regions) -> dict[str, User]:
    """By user name. Nobody can sign in as them: a room is entered from one's own account."""
    people = {}
    for row in (*ROLES, *COLLEAGUES):
        people[row.username] = User.objects.create(
            username=row.username,
            full_name=row.full_name,
            office=row.office,
            email=f"{row.username}@latihan.invalid",
            password=make_password(None),
        )
        region = regions[row.region] if row.region else None
        Assignment.objects.create(user=people[row.username], role=row.role, region=region)
    return people


class RoomBuilder(Builder):
    """The sample's builder with the people of the room."""

    def officer(self, region):
        return self.people[OFFICERS[region.code]]

    def judge(self, region):
        """What another has verified is what one can be asked to look at a second time."""
        if region.is_province:
            return self.people["pusat.latihan"]
        return self.people["verifikator.dua" if region.code == CITY else "verifikator.latihan"]


class RoomCases(Cases):
    """A dozen Pokja: something to fill in, to mend, to judge and to look at for every role."""

    def __init__(self, builder):
        super().__init__(builder)
        self.last = self.year - 1
        self.formed = date(self.last, 2, 3)
        self.recent = self.today - timedelta(days=3)

    def all(self):
        self.first_district()
        self.second_district()
        self.city()
        self.province_pokja()
        EffectiveTarget.objects.create(
            province=self.regions[PROVINCE],
            year=self.year,
            provinces=1,
            districts=2,
            source="Perjanjian kinerja (data contoh)",
        )

    def first_district(self):
        """Effective, returned, waiting, half filled in, ending soon, and one without anything."""
        whole = self.form(FIRST, "advokasi", self.formed)
        mended = self.form(FIRST, "kampung_kb", self.formed)
        self.sk([whole, mended], self.formed, end=date(self.year + 1, 12, 31))
        self.met(whole, self.last, self.year)
        self.met(mended, self.last)
        self.b.plan(mended, self.year, Status.RETURNED, self.today - timedelta(days=2))
        self.b.indicator_set(mended, self.year, Status.SUBMITTED, self.recent)
        ending = self.form(FIRST, "stunting", self.formed)
        self.sk([ending], self.formed, end=self.today + timedelta(days=45))
        self.met(ending, self.last)
        self.b.plan(ending, self.year, Status.VERIFIED, date(self.year, 1, 20))
        self.b.budget(ending, self.year, Status.SUBMITTED, self.recent)
        begun = self.form(FIRST, "gdpk", self.formed)
        self.waiting_sk(begun)
        self.b.plan(begun, self.year, Status.DRAFT, self.recent)
        self.form(FIRST, "lainnya", date(self.year, 1, 5))

    def second_district(self):
        """An SK that came back with pins, and things that wait for the verifier."""
        back = self.form(SECOND, "advokasi", self.formed)
        self.sk([back], self.formed, status=Status.RETURNED, day=self.today - timedelta(days=2))
        waits = self.form(SECOND, "stunting", self.formed)
        self.waiting_sk(waits)
        self.b.plan(waits, self.year, Status.SUBMITTED, self.today - timedelta(days=6))
        self.b.nil(
            waits,
            self.year,
            "anggaran",
            "Belum dianggarkan dalam APBD murni; diusulkan pada perubahan APBD.",
            Status.SUBMITTED,
            self.recent,
        )

    def city(self):
        """One Pokja for several kinds, effective; one whose verification was cancelled."""
        kinds = ["bangga_kencana", "advokasi", "kampung_kb"]
        whole = self.form(CITY, "bangga_kencana", self.formed, kinds=kinds)
        self.sk([whole], self.formed, basis="sampai_dicabut", signer=("Wali Kota", "pj"))
        self.met(whole, self.last, self.year)
        other = self.form(CITY, "gdpk", self.formed)
        self.sk([other], self.formed, end=date(self.year + 2, 12, 31))
        self.met(other, self.last)
        self.b.plan(other, self.year, Status.CANCELLED, self.today - timedelta(days=9))
        self.b.indicator_set(other, self.year, Status.VERIFIED, date(self.year, 1, 25))
        self.b.budget(other, self.year, Status.SUBMITTED, self.today - timedelta(days=1))

    def province_pokja(self):
        """For the national office to judge."""
        pokja = self.form(PROVINCE, "advokasi", self.formed)
        self.sk([pokja], self.formed, end=date(self.year + 1, 12, 31))
        self.met(pokja, self.last)
        self.b.plan(pokja, self.year, Status.SUBMITTED, self.recent)
        self.b.indicator_set(pokja, self.year, Status.VERIFIED, date(self.year, 2, 1))

    def waiting_sk(self, pokja):
        issued = self.today - timedelta(days=20)
        self.sk(
            [pokja],
            issued,
            end=date(self.year + 3, 12, 31),
            status=Status.SUBMITTED,
            day=self.today - timedelta(days=5),
        )

    def met(self, pokja, *years):
        """Plan, indicators and budget verified in these years."""
        for year in years:
            for make in (self.b.plan, self.b.indicator_set, self.b.budget):
                make(pokja, year, Status.VERIFIED, date(year, 2, 10))
