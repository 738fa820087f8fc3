"""The three parts of the register: what each is called, lists, and writes to a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from apps.core.formats import format_number
from apps.regulations.enums import AgreementKind, InstitutionForm, RegulationKind
from apps.regulations.forms import AgreementForm, OfficeForm, RegulationForm
from apps.regulations.models import Agreement, Institution, Regulation
from apps.regulations.register import Register
from apps.regulations.resources import COLUMNS, regulation_cells

PAGES = ("csv", "xlsx", "add", "detail", "change", "end", "paper")


@dataclass(frozen=True)
class Section:
    """One part of the register. ``name`` begins the names of its URLs and of its templates."""

    name: str
    label: str
    lead: str
    thing: str  # what one row is called in a sentence
    model: type[Register]
    form: type
    kinds: dict[str, str]
    kind_label: str
    headers: tuple[str, ...]
    cells: Callable[[Register], list]
    empty_line: str
    has_paper: bool = True

    @property
    def list_name(self) -> str:
        return "regulations:list" if self.name == "regulation" else f"regulations:{self.name}s"

    @property
    def table_template(self) -> str:
        return f"regulations/_{self.name}s.html"

    @property
    def facts_template(self) -> str:
        return f"regulations/_{self.name}_facts.html"

    def url_name(self, page: str) -> str:
        return f"regulations:{self.name}_{page}"

    @property
    def urls(self) -> dict[str, str]:
        """Page -> name of its URL, for templates."""
        return {page: self.url_name(page) for page in PAGES}

    def heading(self, count: int, in_force: int, *, narrowed: bool) -> str:
        """The finding over the list."""
        if not count:
            return f"Belum ada {self.thing} yang cocok" if narrowed else f"Belum ada {self.thing}"
        found = "cocok" if narrowed else "tercatat"
        holds = f"{format_number(in_force)} berlaku hari ini"
        return f"{format_number(count)} {self.thing} {found}, {holds}"


def _agreement_cells(row: Agreement) -> list:
    return [
        row.region.code if row.region else "",
        row.place,
        row.get_kind_display(),
        row.title,
        "; ".join(row.party_list),
        row.own_number,
        row.other_number,
        row.valid_from,
        row.valid_until,
        row.topics,
        row.source,
    ]


def _institution_cells(row: Institution) -> list:
    return [
        row.region.code,
        row.place,
        row.name,
        row.short_name,
        row.get_form_display(),
        row.other_affairs,
        row.valid_from,
        row.valid_until,
        row.basis,
    ]


REGULATIONS = Section(
    name="regulation",
    label="Regulasi",
    lead="Dasar hukum kerja Pokja: nasional dan daerah yang dapat Anda lihat, terbaru lebih dahulu",
    thing="regulasi",
    model=Regulation,
    form=RegulationForm,
    kinds=dict(RegulationKind.choices),
    kind_label="Jenis",
    headers=COLUMNS,
    cells=regulation_cells,
    empty_line="Peraturan daerah tentang GDPK, PPKB, Pokja, dan stunting tampil di sini.",
)
AGREEMENTS = Section(
    name="agreement",
    label="Kesepakatan",
    lead="Nota kesepahaman (MoU) dan perjanjian kerja sama (PKS) dengan mitra",
    thing="kesepakatan",
    model=Agreement,
    form=AgreementForm,
    kinds=dict(AgreementKind.choices),
    kind_label="Jenis",
    headers=(
        "kode_wilayah",
        "wilayah",
        "jenis",
        "judul",
        "para_pihak",
        "nomor_daerah",
        "nomor_mitra",
        "berlaku_mulai",
        "berlaku_sampai",
        "topik",
        "sumber",
    ),
    cells=_agreement_cells,
    empty_line="Kesepakatan dengan perguruan tinggi, dunia usaha, dan mitra lain tampil di sini.",
)
INSTITUTIONS = Section(
    name="institution",
    label="Kelembagaan",
    lead="Perangkat daerah yang menangani pengendalian penduduk dan keluarga berencana (PPKB)",
    thing="perangkat daerah",
    model=Institution,
    form=OfficeForm,
    kinds=dict(InstitutionForm.choices),
    kind_label="Bentuk",
    headers=(
        "kode_wilayah",
        "wilayah",
        "nama",
        "singkatan",
        "bentuk",
        "urusan_lain",
        "sejak",
        "sampai",
        "dasar",
    ),
    cells=_institution_cells,
    empty_line="Catat nama dan bentuk perangkat daerah yang menangani PPKB.",
    has_paper=False,
)
SECTIONS = (REGULATIONS, AGREEMENTS, INSTITUTIONS)


def table_rows(section: Section, rows) -> Iterator[list]:
    """The rows of a file, one after the other."""
    for row in rows.iterator(chunk_size=1000):
        yield section.cells(row)
