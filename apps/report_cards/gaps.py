"""The most frequent gaps of many Pokja, each with its repair. Pure: assessments in, rows out.

What waits for verification is no gap: it is counted apart, as on the dashboards.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from apps.core.looks import CRITERIA, CRITERION_LONG
from apps.effectiveness.formula import FAILED, TO_FIX, WAITING
from apps.effectiveness.repairs import Repair, failing, head_of, missing, of_check

MOST = 10
HEAD = "{kepala daerah}"  # where the way to mend it names the head of a region
NIL = "nihil"
TITLES = dict(zip(CRITERIA, CRITERION_LONG, strict=True))


@dataclass
class FrequentGap:
    """One gap and every Pokja that has it, in the order they came."""

    criterion: str
    fact: str
    way: str
    items: list = field(default_factory=list)

    @property
    def fix(self) -> str:
        """What mends it; where the regions have heads of several kinds, all of them are named."""
        heads = list(dict.fromkeys(head_of(item.region_level) for item in self.items))
        named = heads[0] if len(heads) == 1 else f"{', '.join(heads[:-1])} atau {heads[-1]}"
        return self.way.replace(HEAD, named)

    @property
    def regions(self) -> int:
        return len({item.region_id for item in self.items})


def frequent_gaps(items: Iterable, most: int = MOST) -> list[FrequentGap]:
    """The gaps most Pokja have; of equals in the order of the criteria.

    The criteria are those of the rubric of each Pokja's year (of a closed year: of its book).
    """
    found: dict[tuple[str, str], FrequentGap] = {}
    order: dict[str, int] = {}
    for item in items:
        for code, result in item.by_rubric.items():
            order.setdefault(code, len(order))
            repair = _repair(item, code, result)
            if repair is None:
                continue
            way = repair.fix.replace(head_of(item.region_level), HEAD)
            gap = found.setdefault((code, repair.fact), FrequentGap(code, repair.fact, way))
            gap.items.append(item)
    ordered = sorted(found.values(), key=lambda gap: (-len(gap.items), order[gap.criterion]))
    return ordered[:most]


def _repair(item, code: str, result) -> Repair | None:
    """What one Pokja lacks of a criterion; None where it is met or waits."""
    if result.is_met or result.status == WAITING:
        return None
    if code not in TITLES:
        rule = next(each for each in item.rules.criteria if each.code == code)
        return of_check(rule, result, item.year, item.region_level)
    if result.reason == NIL:
        fix = failing(NIL, code, item.year, level=item.region_level).fix
        return Repair(f"{TITLES[code]} dinyatakan tidak ada", fix)
    if result.status == FAILED:
        return failing(result.reason, code, item.year, level=item.region_level)
    if result.status == TO_FIX:
        return Repair(
            f"{TITLES[code]} dikembalikan",
            "Perbaiki menurut catatan verifikator, lalu kirim kembali",
        )
    return missing(code, item.year, item.region_level)
