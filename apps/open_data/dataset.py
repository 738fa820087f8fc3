"""The open data of a publication as tables: what each column is, and the rows.

No names of Pokja or people, no numbers of decrees, no notes, no files: names are typed by officers
and may carry a person's. Statuses stand as they count; whether somebody keeps a draft is not told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.effectiveness.assessment import Assessment
from apps.effectiveness.official import effective_regions
from apps.open_data.models import Publication

SAMPLE = "data contoh"
STATUSES = "terpenuhi, menunggu, perlu_perbaikan, tidak_terpenuhi, belum_mengisi"


@dataclass(frozen=True)
class Column:
    """``type`` as in the Frictionless table schema: string, integer, boolean."""

    name: str
    type: str
    meaning: str

    @property
    def told(self) -> dict:
        return {"name": self.name, "type": self.type, "description": self.meaning}


@dataclass(frozen=True)
class TableOfData:
    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[tuple]

    @property
    def headers(self) -> list[str]:
        return [column.name for column in self.columns]

    @property
    def records(self) -> list[dict]:
        """The rows by the names of their columns."""
        return [dict(zip(self.headers, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Dataset:
    """One publication: a row for each Pokja, and one for each region, with a Pokja or without.

    ``is_sample``: every row carries the mark "data contoh".
    """

    publication: Publication
    items: Sequence[Assessment]
    is_sample: bool = False

    @property
    def criteria(self) -> list[dict]:
        return self.publication.closing.rules["criteria"]

    @property
    def pokja(self) -> TableOfData:
        columns = [*_PLACE, *_POKJA, *(_status(each) for each in self.criteria), *_RESULT]
        return self._marked("pokja", "Pokja", columns, [self._pokja_row(x) for x in self.items])

    def _pokja_row(self, item: Assessment) -> tuple:
        results = item.by_rubric
        return (
            item.year,
            item.region_code,
            item.region_name,
            item.region_level,
            item.code,
            ";".join(item.kinds),
            *(str(results[each["code"]].status) for each in self.criteria),
            item.met,
            item.effective,
            item.score,
        )

    @property
    def regions(self) -> TableOfData:
        columns = [*_PLACE, *_COUNTS, *(_met(each) for each in self.criteria), _COUNTED]
        rule = self.publication.closing.rules["region_rule"]
        effective = effective_regions(rule, self.items)
        by_region: dict[int, list[Assessment]] = {}
        for item in self.items:
            by_region.setdefault(item.region_id, []).append(item)
        rows = [
            self._region_row(each, by_region.get(each["id"], ()), each["id"] in effective)
            for each in self.publication.closing.regions
        ]
        return self._marked("wilayah", "Wilayah", columns, rows)

    def _region_row(self, region: dict, items, is_effective: bool) -> tuple:
        return (
            self.publication.year,
            region["code"],
            region["name"],
            region["level"],
            len(items),
            sum(item.effective is True for item in items),
            *(sum(x.by_rubric[each["code"]].is_met for x in items) for each in self.criteria),
            is_effective,
        )

    def _marked(self, name, title, columns, rows) -> TableOfData:
        if self.is_sample:
            columns = [*columns, _SAMPLE]
            rows = [(*row, SAMPLE) for row in rows]
        return TableOfData(name, title, columns, rows)


_PLACE = (
    Column("tahun", "integer", "Tahun penilaian"),
    Column("kode_wilayah", "string", "Kode Kemendagri saat buku ditutup, dengan titik"),
    Column("wilayah", "string", "Nama wilayah saat buku ditutup"),
    Column("tingkat", "string", "Tingkat wilayah: provinsi, kabupaten, atau kota"),
)
_POKJA = (
    Column("kode_pokja", "string", "Kode Pokja dalam portal; nama Pokja tidak dimuat"),
    Column("jenis", "string", "Jenis Pokja; beberapa jenis dipisah titik koma"),
)
_RESULT = (
    Column("jumlah_terpenuhi", "integer", "Banyaknya kriteria yang terpenuhi"),
    Column("efektif", "boolean", "Apakah semua kriteria wajib terpenuhi (CSV: ya/tidak)"),
    Column("skor", "integer", "Jumlah bobot kriteria yang terpenuhi, 0 sampai 100"),
)
_COUNTS = (
    Column("jumlah_pokja", "integer", "Banyaknya Pokja aktif tingkat wilayah itu sendiri"),
    Column("pokja_efektif", "integer", "Di antaranya yang efektif"),
)
_COUNTED = Column(
    "wilayah_efektif", "boolean", "Apakah wilayah dihitung dalam angka resmi (CSV: ya/tidak)"
)
_SAMPLE = Column("keterangan", "string", "Tanda bahwa seluruh isi adalah data contoh")


def _status(criterion: dict) -> Column:
    meaning = f"Status kriteria {criterion['title']}: {STATUSES}"
    return Column(criterion["code"], "string", meaning)


def _met(criterion: dict) -> Column:
    meaning = f"Banyaknya Pokja yang memenuhi kriteria {criterion['title']}"
    return Column(f"terpenuhi_{criterion['code']}", "integer", meaning)
