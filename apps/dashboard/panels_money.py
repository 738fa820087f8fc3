"""Money by source: the verified budgets that meet the criterion, exact to the sen."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from apps.core.formats import (
    format_number,
    format_percent,
    format_rupiah,
    format_rupiah_short,
)
from apps.dashboard import findings_panels as findings
from apps.dashboard.html import bar, safe
from apps.dashboard.money_lines import verified_sums
from apps.dashboard.tallies import Share
from apps.pokja.enums import FundSource

ZERO = Decimal(0)


class Source(NamedTuple):
    """A fund source: rupiah of all Pokja together, and how many Pokja it pays for."""

    code: str
    amount: Decimal
    pokja: int

    @property
    def label(self) -> str:
        return FundSource(self.code).label


def sources(lines: Mapping[int, Iterable]) -> list[Source]:
    """The largest first. ``lines``: (fund source, ceiling) by Pokja id, as ``verified_lines``."""
    amounts: dict[str, Decimal] = {}
    pokja: dict[str, int] = {}
    for held in lines.values():
        for code, ceiling in held:
            amounts[code] = amounts.get(code, ZERO) + ceiling
            pokja[code] = pokja.get(code, 0) + 1
    return _largest_first(Source(code, amount, pokja[code]) for code, amount in amounts.items())


def _largest_first(found: Iterable[Source]) -> list[Source]:
    order = {code: place for place, code in enumerate(FundSource.values)}
    return sorted(found, key=lambda each: (-each.amount, order[each.code]))


def money(items: Iterable, lines: Mapping[int, Iterable] | None = None) -> dict:
    """The panel of these Pokja; one query, none where ``lines`` are read already.

    Gives ``heading``, ``rows``, ``total``, ``total_short`` and ``without`` (a sentence). Of a past
    day and of a closed year: the budgets that counted then, which nobody can change.
    """
    items = list(items)
    if lines is None:
        found = _largest_first(Source(*each) for each in verified_sums(items))
    else:
        found = sources(lines)
    total = sum((each.amount for each in found), ZERO)
    met = sum(item.results["anggaran"].is_met for item in items)
    return {
        "heading": findings.money(total, {each.label: each.amount for each in found}),
        "rows": [_row(each, total) for each in found],
        "total": format_rupiah(total),
        "total_short": format_rupiah_short(total),
        "without": _without(Share(len(items) - met, len(items))),
    }


def _row(source: Source, total: Decimal) -> dict:
    return {
        "label": source.label,
        "amount": format_rupiah(source.amount),
        "short": format_rupiah_short(source.amount),
        "share": format_percent(source.amount, total),
        "pokja": format_number(source.pokja),
        "bar": safe(bar(float(source.amount * 100 / total))),
    }


def _without(share: Share) -> str:
    """ "31 dari 114 Pokja (27%) belum punya anggaran terverifikasi."; empty where all have."""
    if not share.part:
        return ""
    percent = f" ({share.text})" if share.is_large else ""
    return f"{share.sentence} Pokja{percent} belum punya anggaran terverifikasi."
