"""What a workbook remembers of the rows it was made of (spec section 7).

Somebody downloads rows, changes them offline and brings them back; where a record was changed in
the portal meanwhile, the file would undo that without a word. So the workbook carries, on a sheet
nobody sees, a short keyed digest of every row as it went out. When it comes back, a row that would
change a record whose present row is not among those digests is warned of. The digests tell nothing
of rows that were deleted before the workbook was passed on.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from io import StringIO

from django.conf import settings
from django.db.models import Q

from apps.accounts.scope import Scope
from apps.core.importing import CHANGE, Importer, Plan, Problems, Record, read_records
from apps.core.tabular import MEMORY_SHEET, Row, Sheet, Table
from apps.regions.models import Region

MEANWHILE = (
    "Data ini diubah di portal sejak buku kerja ini diunduh. Bandingkan nilai lama dan barunya, "
    "karena impor ini menggantikan yang sekarang"
)
DIGEST = 6  # bytes; 8 letters
AT_ONCE = 4_000  # digests in one cell, which holds 32,767 letters
LETTERS = 4 * DIGEST // 3
MARK = ":"  # before them, so that no cell begins as a formula does
MOST_REGIONS = 500  # beyond that the whole scope is read
PLACES = ("kode_pokja", "kode_wilayah")


class Memory:
    """Digests of the rows of one kind, collected while they go out."""

    def __init__(self, kind: str):
        self.kind, self._digests = kind, StringIO()

    def passing(self, rows: Iterable[list]) -> Iterator[list]:
        """The same rows; each is remembered."""
        key, remember = _key(self.kind), self._digests.write
        for row in rows:
            remember(_digest(row, key))
            yield row

    def table(self) -> Table:
        """The hidden sheet; its rows are read once the others have passed."""
        return Table(MEMORY_SHEET, [_mark_of(self.kind)], self._cells(), is_hidden=True)

    def _cells(self) -> Iterator[list[str]]:
        self._digests.seek(0)
        while cell := self._digests.read(AT_ONCE * LETTERS):
            yield [MARK + cell]


def remembered(sheet: Sheet, kind: str) -> frozenset[str] | None:
    """The digests a workbook came with; None where it has none, or none of this portal's key."""
    if not sheet.memory or sheet.memory[0] != _mark_of(kind):
        return None
    return frozenset(
        cell[start : start + LETTERS]
        for cell in sheet.memory[1:]
        for start in range(len(MARK), len(cell), LETTERS)
    )


def warning_of(importer: Importer, sheet: Sheet, plain: Callable[[list], list]):
    """What ``run_import`` calls with the records and their plan; None where nothing is remembered.

    ``plain`` makes a row as it goes out of one of ``export_rows``.
    """
    known = remembered(sheet, importer.kind)
    if known is None:
        return None

    def warn(records: list[Record], plan: Plan, problems: Problems) -> None:
        changing = {each.row for each in plan.outcomes if each.action == CHANGE}
        rows = [record for record in records if record.number in changing]
        if not rows:
            return
        changed = _keys(importer, _unknown(importer, rows, known, plain))
        for record in rows:
            if importer.key_of(record) in changed:
                problems.warn(record, None, MEANWHILE)

    return warn


def _unknown(importer, records: list[Record], known: Collection[str], plain) -> list[list]:
    """The present rows of the regions of these records that the workbook was not made of."""
    key, viewer = _key(importer.kind), _Viewer(importer.actor, _regions_of(records))
    rows = map(plain, importer.export_rows(viewer))
    return [row for row in rows if _digest(row, key) not in known]


def _keys(importer: Importer, rows: list[list]) -> set:
    """What identifies these rows, read as those of the file are."""
    names = importer.column_names()
    cells = [Row(at, dict(zip(names, row, strict=True))) for at, row in enumerate(rows)]
    sheet = Sheet(importer.kind, names, cells)
    records = read_records(importer, importer.columns, sheet, Problems())
    return {importer.key_of(record) for record in records} - {None}


def _regions_of(records: list[Record]) -> list[int] | None:
    """Ids of the regions the rows speak of; None: of too many, or of none."""
    codes = {
        str(value)
        for record in records
        for name in PLACES
        if (value := record.cells.get(name)) is not None
    }
    if not codes or len(codes) > MOST_REGIONS:
        return None
    found = Region.objects.filter(Q(code__in=codes) | Q(pokja__code__in=codes))
    return list(found.values_list("pk", flat=True).distinct())


class _Viewer:
    """Whoever brings the file in (all data on the command line), with an eye on some regions."""

    def __init__(self, actor, regions: list[int] | None):
        scope = actor.scope if actor else Scope([], is_admin=True)
        self.scope = scope if regions is None else _Narrowed(scope, regions)


class _Narrowed:
    """A scope that shows no more than before, and of that the rows of some regions."""

    def __init__(self, scope, regions: list[int]):
        self._scope, self._regions = scope, regions

    def __getattr__(self, name):
        return getattr(self._scope, name)

    def rows(self, model) -> Q:
        path = model.region_path
        return self._scope.rows(model) & Q(
            **{f"{path}__id__in" if path else "id__in": self._regions}
        )


@lru_cache(maxsize=64)
def _key(kind: str) -> bytes:
    return blake2b(f"ingatan-{kind}".encode(), key=settings.SECRET_KEY.encode()[:64]).digest()


def _mark_of(kind: str) -> str:
    return MARK + _digest([kind], _key(kind))


def _digest(row: list, key: bytes) -> str:
    text = json.dumps(row, default=str, separators=(",", ":"))
    return b64encode(blake2b(text.encode(), digest_size=DIGEST, key=key).digest()).decode()
