"""What the address of the library asks for, checked against what exists."""

from dataclasses import dataclass
from urllib.parse import urlencode

from apps.regions.models import Region
from apps.verification.enums import Status

TEXT_LENGTH, WORDS = 100, 10
SOON = 90  # days
KINDS = {
    "sk": "SK",
    "anggaran": "Bukti anggaran",
    "nota": "Nota dinas",
    "foto": "Foto halaman",
    "regulasi": "Naskah regulasi",
    "tanpa": "Belum dipakai",
}
STATUSES = {Status(value).label.lower(): value for value in Status.values}


@dataclass(frozen=True)
class Filters:
    """The filters in use; what the address names and does not exist is left out."""

    text: str = ""
    kind: str = ""
    region: Region | None = None
    year: int | None = None
    status: str = ""  # its word in the address: "terverifikasi"
    ending: bool = False

    def query(self, **changes) -> str:
        """The query string of this list with some filters changed; "" takes one away."""
        values = {
            "cari": self.text,
            "jenis": self.kind,
            "wilayah": self.region.code if self.region else "",
            "tahun": self.year or "",
            "status": self.status,
            "berakhir": SOON if self.ending else "",
        } | changes
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters as (words, query string without it)."""
        found = [
            (f"Cari: {self.text}" * bool(self.text), "cari"),
            (f"Jenis: {KINDS[self.kind]}" if self.kind else "", "jenis"),
            (self.region.full_name if self.region else "", "wilayah"),
            (f"Tahun {self.year}" if self.year else "", "tahun"),
            (f"Status: {self.status}" if self.status else "", "status"),
            (f"Berakhir dalam {SOON} hari" * self.ending, "berakhir"),
        ]
        return [(words, self.query(**{name: ""})) for words, name in found if words]


def filters_from(query, user, *, years) -> Filters:
    """Read the address; the region only from among those of the user."""
    kind, status = query.get("jenis", ""), query.get("status", "")
    year = query.get("tahun", "")
    return Filters(
        text=" ".join(query.get("cari", "").replace("\x00", "").split())[:TEXT_LENGTH].strip(),
        kind=kind if kind in KINDS else "",
        region=region_of(query.get("wilayah", ""), user),
        year=int(year) if year.isdecimal() and year.isascii() and int(year) in years else None,
        status=status if status in STATUSES else "",
        ending=query.get("berakhir", "") == str(SOON),
    )


def region_of(code: str, user) -> Region | None:
    """The region of a code, if it is one of the user's."""
    if not code or "\x00" in code:
        return None
    return Region.objects.with_pokja_level().for_user(user).filter(code=code[:13]).first()


def regions_offered(user) -> list[Region]:
    """Regions to filter by: the provinces of the nation, or every region in scope."""
    rows = Region.objects.with_pokja_level().for_user(user).order_by("code")
    return list(rows.provinces() if user.scope.sees_all else rows)
