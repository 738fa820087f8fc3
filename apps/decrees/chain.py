"""How pages speak of an SK that is on its way: one sentence for all of them."""

from datetime import date

from apps.core.formats import format_date, format_number


def process_sentence(since: date, on: date, *, replaces: bool = True) -> str:
    """ "SK pengganti diproses di Bagian Hukum sejak 3 Maret 2026 (9 hari)"."""
    subject = "SK pengganti" if replaces else "SK"
    return f"{subject} diproses di Bagian Hukum sejak {process_days(since, on)}"


def process_days(since: date, on: date) -> str:
    """ "3 Maret 2026 (9 hari)"; "12 Maret 2026 (hari ini)" on its first day."""
    days = (on - since).days
    return f"{format_date(since)} ({f'{format_number(days)} hari' if days > 0 else 'hari ini'})"


def days_left(end: date, on: date) -> str:
    """ "36 hari lagi"; "hari ini" on the last day itself."""
    days = (end - on).days
    return f"{format_number(days)} hari lagi" if days > 0 else "hari ini"
