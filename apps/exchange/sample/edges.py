"""Sample Pokja that show every edge of spec section 5 by name."""

from datetime import date, timedelta

from apps.effectiveness.models import EffectiveTarget
from apps.exchange.sample.cases import USUAL, Cases
from apps.verification.enums import Status


class EdgeCases(Cases):
    """The usual sample, and the edges that ``SPECIAL`` keeps free for them."""

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
        self.sk([gdpk], formed, end=self.today + timedelta(days=45))  # a reminder is due
        self.b.plan(gdpk, self.year, Status.CANCELLED, self.today - timedelta(days=9))
        self.b.indicator_set(gdpk, self.year, Status.RETURNED, self.today - timedelta(days=4))
        tpps = self.form("73.71", "stunting", formed)
        self.sk([tpps], formed, basis="tahun_anggaran")
        new = self.form("73.71", "lainnya", date(self.year, 1, 5))  # its SK came back with pins
        back = self.today - timedelta(days=2)
        self.sk([new], date(self.year, 1, 5), status=Status.RETURNED, day=back)

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
        """A chain of three (amended, extended), revoked with a successor at Bagian Hukum, number
        still blank, not yet in force, dissolved."""
        formed = date(self.years[0], 2, 2)
        extended = self.form("73.01", "advokasi", formed)
        first = self.sk([extended], formed, end=date(self.year - 1, 12, 31))
        self.sk([extended], date(self.year - 2, 6, 3), role="amend", parent=first.number)
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
        self.at_legal_office(revoked)
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

    def at_legal_office(self, pokja):
        """A successor without number or file; its nota dinas is there."""
        decree = self.sk(
            [pokja],
            None,
            number="",
            status=Status.DRAFT,
            day=self.today - timedelta(days=2),
        )
        decree.in_process_since = self.today - timedelta(days=9)

    def budget_edges(self):
        """Maros: one SK for all four Pokja, of which one got its own later; perubahan cut the
        budget to zero; pergeseran waits; only BOKB; village money."""
        formed, now = date(self.years[0], 1, 9), self.year
        day = date(now, 2, 10)
        pokja = {}
        for kind in USUAL:
            pokja[kind] = self.form("73.09", kind, formed)
        self.sk(list(pokja.values()), formed, end=date(now + 1, 12, 31))
        self.sk([pokja["stunting"]], date(now - 1, 7, 1), end=date(now + 2, 12, 31))
        for kind in USUAL:
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
        """Promises over three years; a small one so that a percentage above 100 is seen."""
        for code, first, step in (("73", 6, 3), ("63", 1, 1)):
            for offset, year in enumerate(self.years):
                EffectiveTarget.objects.get_or_create(
                    province=self.regions[code],
                    year=year,
                    defaults={
                        "provinces": 1,
                        "districts": first + step * offset,
                        "source": "Perjanjian kinerja (data contoh)",
                    },
                )
