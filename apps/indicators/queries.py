from collections.abc import Iterable
from functools import cached_property

from apps.indicators.models import Indicator


class IndicatorChoices:
    """The catalogue as a list to pick from, read once for a whole table of rows.

    ``held`` are indicators picked earlier: they stay on offer when they are no longer in use.
    """

    def __init__(self, held: Iterable[Indicator | None] = ()):
        self.held = {item.pk: item for item in held if item is not None}

    @cached_property
    def by_key(self) -> dict[str, Indicator]:
        active = {item.pk: item for item in Indicator.objects.filter(is_active=True)}
        return {str(pk): item for pk, item in (active | self.held).items()}

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        return [
            ("", "Pilih"),
            *((key, f"{item.name} ({item.unit})") for key, item in self.by_key.items()),
        ]

    def find(self, key: str) -> Indicator | None:
        return self.by_key.get(key)
