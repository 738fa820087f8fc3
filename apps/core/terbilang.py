"""Numbers in Indonesian words. The words catch the zero too many or too few. No Django."""

from decimal import ROUND_HALF_UP, Decimal

UNITS = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
SCALES = ((15, "kuadriliun"), (12, "triliun"), (9, "miliar"), (6, "juta"), (3, "ribu"))
LIMIT = 10**18


def terbilang(number: int) -> str:
    """satu miliar dua ratus lima puluh juta; ValueError from 10^18 on."""
    if number < 0:
        return f"minus {terbilang(-number)}"
    if number >= LIMIT:
        raise ValueError("Angka terlalu besar untuk dieja")
    if number < 1000:
        return _below_thousand(number)
    words = []
    for exponent, scale in SCALES:
        count, number = divmod(number, 10**exponent)
        if count == 1 and scale == "ribu":
            words.append("seribu")
        elif count:
            words.append(f"{_below_thousand(count)} {scale}")
    if number:
        words.append(_below_thousand(number))
    return " ".join(words)


def terbilang_rupiah(amount) -> str:
    """delapan puluh lima juta rupiah; with "lima puluh sen" behind it where there are sen."""
    exact = Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    sen = abs(exact) % 1 * 100
    sign = "minus " if exact < 0 else ""
    words = f"{sign}{terbilang(int(abs(exact)))} rupiah"
    return f"{words} {terbilang(int(sen))} sen" if sen else words


def _below_thousand(number):
    if number < 12:
        return UNITS[number]
    if number < 20:
        return f"{UNITS[number - 10]} belas"
    if number < 100:
        head, rest = f"{UNITS[number // 10]} puluh", number % 10
    elif number < 200:
        head, rest = "seratus", number - 100
    else:
        head, rest = f"{UNITS[number // 100]} ratus", number % 100
    return f"{head} {_below_thousand(rest)}" if rest else head
