"""Achievement of an indicator in percent (spec section 5). Pure arithmetic, exact decimals."""

from decimal import Decimal

HUNDRED = Decimal(100)
GREEN, YELLOW = Decimal(100), Decimal(90)


def achievement(direction: str, target, value, *, low=None, high=None) -> Decimal | None:
    """Percent of the target that ``value`` reaches; None where it cannot be said.

    up: c / t × 100 · down: (2t − c) / t × 100, floored at 0 · range: 100 inside [low, high],
    falling linearly to 0 at one band's width outside · yes_no: 100 or 0. Uncapped. A target of
    zero, a missing value or a missing band gives None (shown as "–").
    """
    if value is None:
        return None
    if direction == "yes_no":
        return HUNDRED if value else Decimal(0)
    if direction == "range":
        return _range_achievement(value, low, high)
    if not target:
        return None
    if direction == "down":
        return max(Decimal(0), (2 * target - value) / target * HUNDRED)
    return value / target * HUNDRED


def _range_achievement(value, low, high) -> Decimal | None:
    if low is None or high is None or high <= low:
        return None
    outside = max(low - value, value - high, Decimal(0))
    return max(Decimal(0), HUNDRED * (1 - outside / (high - low)))


def light(percent: Decimal | None) -> str:
    """hijau at 100 and above, kuning from 90, else merah; abu where there is no figure."""
    if percent is None:
        return "abu"
    if percent >= GREEN:
        return "hijau"
    return "kuning" if percent >= YELLOW else "merah"
