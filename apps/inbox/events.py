"""Who is told of a decision, and in which words (design section 11).

Called by ``evidence.services`` before and after the step, in its transaction. The mails wait until
the decision can no longer be undone.
"""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.queries import coordinators_of, holders_of, operators_of
from apps.deadlines.queries import local_today
from apps.effectiveness.queries import Assessment, assess
from apps.evidence.kinds import BY_CRITERION, adapter_for
from apps.evidence.queries import pokja_of
from apps.inbox.words import group_name, plain_title
from apps.notices.enums import Event
from apps.notices.services import tell
from apps.pokja.models import Pokja
from apps.verification.enums import UNDO_FOR, Action, Kind
from apps.verification.models import Evidence, History

# An undo that began within its minute may take some seconds more to be committed.
MAIL_WAITS = UNDO_FOR + timedelta(seconds=15)
LONGEST_QUOTE = 200


def prepare(evidence: Evidence, action: str):
    """What was the case before a decision; the result tells people once it was taken."""
    pokja = pokja_of(evidence)
    year = evidence.year or local_today(evidence.region).year
    before = _effective(_assessed(pokja, year, hold=True)) if action == Action.VERIFY else set()

    def tell_of(history: History) -> None:
        if action == Action.VERIFY:
            now = _assessed(pokja, year)
            _tell_verified(evidence, history, pokja, year, now)
            _tell_effective(evidence, history, pokja, year, _effective(now) - before)
        elif action == Action.RETURN:
            text = returned_text(evidence, history, pokja)
            _tell_officers(evidence, history, Event.RETURNED, text, _form(evidence, pokja, year))
        elif action == Action.CANCEL:
            text = cancelled_text(evidence, history, pokja)
            _tell_officers(evidence, history, Event.CANCELLED, text, _form(evidence, pokja, year))

    return tell_of


# --- whom ------------------------------------------------------------------------------------


def _tell_verified(evidence, history, pokja, year, now: list[Assessment]) -> None:
    url = reverse("filing:pokja_year", args=[pokja[0].pk, year]) if pokja else ""
    text = verified_text(evidence, pokja, now)
    _tell_officers(evidence, history, Event.VERIFIED, text, url)


def _tell_officers(evidence, history, event, text, url) -> None:
    """The officers of the region, and whoever sent it on their behalf."""
    people = {user.pk: user for user in operators_of(evidence.region)}
    sender = evidence.submitted_by
    if sender and sender.is_active:
        people[sender.pk] = sender
    people.pop(history.actor_id, None)
    tell(
        people.values(),
        event,
        text,
        url,
        key=f"langkah:{history.pk}",
        mail_after=timezone.now() + MAIL_WAITS,
    )


def _tell_effective(evidence, history, pokja, year, newly: set[int]) -> None:
    """Officers and those who lead the province; each is led to a page they may open."""
    region = evidence.region
    for each in pokja:
        if each.pk not in newly:
            continue
        page = reverse("filing:pokja_year", args=[each.pk, year])
        board = reverse("dashboard:region", args=[region.province.code, year])
        near = [*operators_of(region), *coordinators_of(region), *holders_of(Role.OBSERVER, region)]
        far = holders_of(Role.OBSERVER, region.province)
        for people, url in ((near, page), (far, board)):
            tell(
                [user for user in people if user.pk != history.actor_id],
                Event.EFFECTIVE,
                effective_text(each, year),
                url,
                key=f"langkah:{history.pk}:efektif:{each.pk}",
                mail_after=timezone.now() + MAIL_WAITS,
            )


def _assessed(pokja: list[Pokja], year: int, *, hold: bool = False) -> list[Assessment]:
    """``hold``: of two decisions on one Pokja at once the second waits, so that the one that
    makes it effective knows."""
    rows = Pokja.objects.filter(pk__in=[each.pk for each in pokja])
    if hold:
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return assess(rows, year)


def _effective(assessments: list[Assessment]) -> set[int]:
    return {item.pokja_id for item in assessments if item.effective}


# --- words -----------------------------------------------------------------------------------


def returned_text(evidence, history, pokja) -> str:
    """ "Rencana kerja Pokja Kampung KB dikembalikan: Dua kegiatan belum ada penanggung jawab …" """
    return f"{name_of(evidence, pokja)} dikembalikan: {quote_of(history)}"


def verified_text(evidence, pokja, assessments: list[Assessment]) -> str:
    """ "Indikator Pokja Kampung KB disetujui. Sekarang 2 dari 4 kriteria terpenuhi." """
    text = f"{name_of(evidence, pokja)} disetujui."
    if len(pokja) == len(assessments) == 1:
        text += f" Sekarang {assessments[0].met} dari 4 kriteria terpenuhi."
    return text


def cancelled_text(evidence, history, pokja) -> str:
    name = name_of(evidence, pokja)
    inside = name if name.startswith("SK") else name[0].lower() + name[1:]
    return f"Verifikasi {inside} dibatalkan: {quote_of(history)}"


def effective_text(pokja: Pokja, year: int) -> str:
    """ "Pokja Advokasi Kabupaten Bone efektif pada 2026." """
    name, place = group_name(pokja.name), pokja.region.full_name
    named = name if place.casefold() in name.casefold() else f"{name} {place}"
    return f"{named} efektif pada {year}."


def name_of(evidence: Evidence, pokja: list[Pokja]) -> str:
    """ "Rencana kerja Pokja Kampung KB"; an SK of several Pokja by its number."""
    criterion = adapter_for(evidence).criterion
    if len(pokja) != 1:
        return f"SK {evidence.decree.number} untuk {len(pokja)} Pokja".replace("  ", " ")
    if evidence.kind == Kind.NIL:
        label = BY_CRITERION[criterion].label
        return f"{label} {group_name(pokja[0].name)} (pernyataan tidak ada)"
    return plain_title(criterion, pokja[0].name)


def quote_of(history: History) -> str:
    """The verifier's own words, shortened; the page has all of them."""
    notes = [note.sentence for note in history.notes.select_related("reason")]
    said = " ".join(" ".join([*notes, history.note]).split())
    if len(said) <= LONGEST_QUOTE:
        return said
    return f"{said[: LONGEST_QUOTE - 2].rsplit(' ', 1)[0]} …"


def _form(evidence: Evidence, pokja: list[Pokja], year: int) -> str:
    """The step on which the officer repairs this very item."""
    if not pokja:
        return ""
    name = "filing:nil" if evidence.kind == Kind.NIL else "filing:step"
    path = reverse(name, args=[pokja[0].pk, year, adapter_for(evidence).step])
    return path if evidence.kind == Kind.NIL else f"{path}?bukti={evidence.pk}"
