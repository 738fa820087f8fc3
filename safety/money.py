"""Ten thousand random budgets in a database: its sums against Python's own (G15).

python -m safety.money 10000
"""

import json
import random
import sys
from decimal import Decimal
from io import BytesIO

from safety.tools import portal


def amounts(count: int) -> list[Decimal]:
    """Amounts of every size the portal takes, some with sen."""
    draw = random.Random(15)  # noqa: S311 - repeatable, no secret
    return [Decimal(draw.randrange(10 ** draw.randint(1, 16))).scaleb(-2) for _ in range(count)]


def main(count: int) -> None:
    portal()
    from django.db.models import Sum

    from apps.budgets.models import Budget, BudgetLine
    from apps.core.formats import format_rupiah, parse_rupiah

    values = amounts(count)
    _stored(values)
    lines = BudgetLine.objects.order_by("pk")
    sheet = _through_a_sheet(values)
    told = {
        "sum": str(lines.aggregate(sum=Sum("ceiling"))["sum"] - sum(values)),
        "changed": sum(
            a != b for a, b in zip(lines.values_list("ceiling", flat=True), values, strict=True)
        ),
        "groups": _groups(Budget, values),
        "sheet": sum(a != b for a, b in zip(sheet, values, strict=True)),
        "words": sum(parse_rupiah(format_rupiah(value)) != value for value in values),
        "naive": _naive(values),
    }
    print(json.dumps(told))


def _stored(values):
    from apps.budgets.models import Budget, BudgetLine
    from apps.regions.models import Region
    from apps.verification.services import start_evidence
    from tests.makers import make_pokja

    region = Region.objects.create(code="73", name="Sulawesi Selatan", level="provinsi")
    Region.objects.update(province=region)
    pokja = make_pokja(region)
    budgets = []
    for _ in range(0, len(values), 100):
        item = start_evidence(kind="budget", region=region, year=2026, title="Uji", actor=None)
        budgets.append(Budget(evidence=item, pokja=pokja, year=2026, stage="murni"))
    budgets = Budget.objects.bulk_create(budgets)
    BudgetLine.objects.bulk_create(
        [
            BudgetLine(
                budget=budgets[at // 100],
                fund_source="apbd_kabkota",
                sub_activity_code=str(at),
                ceiling=value,
            )
            for at, value in enumerate(values)
        ],
        batch_size=500,
    )


def _groups(model, values) -> int:
    """How many budgets sum up to something else than their lines."""
    from django.db.models import Sum

    found = (
        model.objects.order_by("pk")
        .annotate(sum=Sum("lines__ceiling"))
        .values_list("sum", flat=True)
    )
    parts = [sum(values[at : at + 100]) for at in range(0, len(values), 100)]
    return sum(a != b for a, b in zip(found, parts, strict=True))


def _through_a_sheet(values):
    """The amounts after a journey through an XLSX file."""
    from openpyxl import Workbook, load_workbook

    from apps.core.formats import format_rupiah, parse_rupiah

    book, file = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet()
    for value in values:
        sheet.append([format_rupiah(value)])
    book.save(file)
    rows = load_workbook(BytesIO(file.getvalue()), read_only=True).active.iter_rows(
        values_only=True
    )
    return [parse_rupiah(row[0]) for row in rows]


def _naive(values) -> str:
    """The control: the same sum as floats, as a DecimalField on SQLite would add it."""
    return str(Decimal(sum(float(each) for each in values)) - sum(values))


if __name__ == "__main__":
    main(int(sys.argv[1]))
