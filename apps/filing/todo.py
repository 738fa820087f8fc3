"""What to do next about a Pokja's year: officer's actions first, waiting last (design 5.4)."""

from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.timezone import localtime

from apps.core.formats import format_date, quarter_label
from apps.effectiveness import formula
from apps.filing.cards import Card, Reader
from apps.filing.words import IN_SENTENCE
from apps.verification.enums import Kind, Status

# The day after each quarter on which its report is due (maturity.quarters_due).
REPORTS_DUE = ((4, 10, 0), (7, 10, 0), (10, 10, 0), (1, 10, 1))
EXPIRES_SOON_DAYS = 180


class Todo(NamedTuple):
    """One thing to do: what, why, and the one button that leads to the exact place."""

    title: str
    why: str
    url: str = ""
    button: str = ""
    object: str = ""  # what the button is about, for those who only hear it
    is_primary: bool = False


VERBS = {
    "sk": ("Unggah SK penetapan", "Nomor, tanggal, masa berlaku, dan berkas SK"),
    "rencana_kerja": ("Isi rencana kerja", "Kegiatan dengan keluaran, waktu, penanggung jawab"),
    "indikator": ("Pilih indikator Bangga Kencana", "Indikator, target, dan sumber data"),
    "anggaran": ("Isi anggaran operasional", "Nilai, sumber dana, dan bukti DPA atau RKA"),
}


def step_url(pokja, year: int, step: str, field: str = "", query: str = "") -> str:
    """The address of a step, of one field of it where a field is named."""
    url = reverse("filing:step", args=[pokja.pk, year, step])
    return f"{url}{query}{f'#id_{field}' if field else ''}"


def todos_for(pokja, year: int, cards: list[Card], reader: Reader) -> list[Todo]:
    """What stands between this Pokja and "efektif", in the order it should be done.

    Waiting comes last, except for those who judge: their work is what waits.
    """
    open_cards = [card for card in cards if not card.result.is_met]
    acting = [card for card in open_cards if not _waits(card)]
    acting.sort(key=lambda card: (_urgency(card), card.number))
    to_do = [todo_of(card, pokja, year, reader) for card in acting]
    waiting = [todo_of(card, pokja, year, reader) for card in open_cards if _waits(card)]
    return waiting + to_do if reader.can_verify else to_do + waiting


def todo_of(card: Card, pokja, year: int, reader: Reader) -> Todo:
    """What brings one criterion that is not met nearer."""
    if _waits(card):
        return _wait(card, reader)
    return _act(card, pokja, year, reader)


def _waits(card: Card) -> bool:
    """On its way, whether or not this reader may see the item itself."""
    return card.waits or card.result.status == formula.WAITING


def _urgency(card: Card) -> int:
    """Expired or revoked first, then returned, then the order of the criteria."""
    if card.result.status == formula.FAILED:
        return 0
    return 1 if card.result.status == formula.TO_FIX else 2


def _act(card: Card, pokja, year, reader) -> Todo:
    name = IN_SENTENCE[card.criterion]
    title, why = VERBS[card.criterion]
    button, url = way_on(card, pokja, year)
    if card.result.status == formula.TO_FIX:
        title, why = f"Perbaiki {name}", _reason(card)
    elif card.process and not card.ready:
        title, why = "Lengkapi SK setelah terbit", card.process
    elif card.item is not None and card.item.status == Status.DRAFT:
        title = f"Kirim {name}" if card.ready else f"Lengkapi {name}"
        why = "Draf sudah lengkap, tinggal dikirim" if card.ready else _reason(card)
    elif card.result.status == formula.FAILED:
        title, why = _failed(card, title)
    # Whoever fills in for a region is a guest on its page: no filled button.
    return Todo(
        title,
        why,
        url if reader.can_edit else "",
        button,
        name,
        is_primary=not reader.on_behalf,
    )


def way_on(card: Card, pokja, year: int) -> tuple[str, str]:
    """The word and address of the next step of a criterion, for those who fill it in."""
    item = card.item
    if item is not None and item.is_open and item.kind == Kind.NIL:
        return "Perbaiki", reverse("filing:nil", args=[pokja.pk, year, card.step])
    if item is not None and item.kind == Kind.NIL:
        return "Isi", step_url(pokja, year, card.step)
    if item is not None and item.status == Status.RETURNED:
        return "Perbaiki", step_url(pokja, year, card.step, _field(card))
    if item is not None and item.status == Status.DRAFT:
        if card.ready:
            return "Kirim", reverse("filing:review", args=[pokja.pk, year])
        return "Lanjutkan", step_url(pokja, year, card.step, _field(card))
    if card.result.status == formula.FAILED and card.criterion == "sk" and item is not None:
        return "Unggah SK baru", step_url(pokja, year, card.step, query="?sk=baru")
    if card.result.status == formula.EMPTY:
        return "Isi", step_url(pokja, year, card.step)
    word = "Lihat" if card.waits else "Lihat atau ubah"
    return word, step_url(pokja, year, card.step)


def add_buttons(cards: list[Card], pokja, year: int, reader: Reader) -> None:
    """Give every card its one button, where the reader may fill in."""
    for card in cards:
        if not reader.can_edit:
            continue
        word, card.url = way_on(card, pokja, year)
        plain = word in ("Unggah SK baru", "Lihat", "Lihat atau ubah")
        card.button = word if plain else f"{word} {IN_SENTENCE[card.criterion]}"


def _reason(card: Card) -> str:
    """The verifier's own words where there are any, else the first thing that is missing."""
    if card.notes:
        return card.notes[0].words.rstrip(".")
    return card.repairs[0].fact if card.repairs else "Periksa kembali isiannya"


def _field(card: Card) -> str:
    for note in card.notes:
        if note.field:
            return note.field
    return card.repairs[0].field if card.repairs else ""


def _failed(card: Card, title: str) -> tuple[str, str]:
    if card.criterion == "sk" and card.result.reason in ("kedaluwarsa", "dicabut"):
        title = "Perbarui SK penetapan"
    repair = card.repairs[0] if card.repairs else None
    return title, repair.fact if repair else card.look.word


def _wait(card: Card, reader: Reader) -> Todo:
    name, item = IN_SENTENCE[card.criterion], card.item
    why = f"Menunggu pemeriksaan {card.judge}"
    if item is not None and item.submitted_at:
        why = f"Dikirim {format_date(localtime(item.submitted_at))}; {why.lower()}"
    if reader.can_verify and item is not None:
        url = reverse("checking:item", args=[item.pk])
        return Todo(f"Periksa {name}", why, url, "Periksa berkas", name, is_primary=True)
    return Todo(f"Tunggu verifikasi {name}", why)


def upkeep_for(pokja, year: int, cards: list[Card], reader: Reader, on: date) -> list[Todo]:
    """ "Agar tetap efektif": what ends or falls due next."""
    found = []
    decree = next(card for card in cards if card.criterion == "sk")
    if decree.result.until:
        days = (decree.result.until - on).days
        why = "Siapkan SK baru" if days <= EXPIRES_SOON_DAYS else "Siapkan penggantinya sebelum itu"
        why = decree.process or why
        found.append(Todo(f"SK berakhir {format_date(decree.result.until)}", why))
    if due := next_report(year, on):
        quarter, day = due
        url = step_url(pokja, year, "indikator") if reader.can_edit else ""
        found.append(
            Todo(
                f"Isi capaian {quarter_label(quarter)}",
                f"Paling lambat {format_date(day)}",
                url,
                "Isi",
                "capaian indikator",
            )
        )
    if year == on.year:
        url = step_url(pokja, year, "anggaran") if reader.can_edit else ""
        found.append(
            Todo(
                "Perbarui realisasi anggaran",
                "Isi realisasi dan tanggal datanya",
                url,
                "Isi",
                "realisasi anggaran",
            )
        )
    return found


def report_day(year: int, quarter: int) -> date:
    """The day on which the report of a quarter (1 to 4) is due."""
    month, day, later = REPORTS_DUE[quarter - 1]
    return date(year + later, month, day)


def next_report(year: int, on: date) -> tuple[int, date] | None:
    """The quarter whose report is due next, and its day; None where nothing more is due."""
    for quarter in range(1, len(REPORTS_DUE) + 1):
        due = report_day(year, quarter)
        if on <= due and due.year <= on.year + 1 and on.year >= year:
            return quarter, due
    return None
