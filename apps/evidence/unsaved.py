"""What is typed and not saved yet: kept as one goes, found again, let go (spec section 4)."""

from datetime import timedelta

from django.http import QueryDict
from django.utils import timezone

from apps.evidence.models import UnsavedForm

KEPT_FOR = timedelta(days=90)
NOT_KEPT = {"csrfmiddlewaretoken", "bukti", "revision", "draf", "lanjut", "tambah", "pakai"}


def pairs_of(posted: QueryDict) -> list[tuple[str, str]]:
    """The (name, value) pairs that make up the form, in the order of the page."""
    return [
        (name, value) for name, values in posted.lists() if name not in NOT_KEPT for value in values
    ]


def keep(user, pokja, year: int, step: str, slot: int, *, revision: int, pairs) -> UnsavedForm:
    """Remember what was typed, in place of what was remembered before."""
    kept, _ = UnsavedForm.objects.update_or_create(
        user=user,
        pokja=pokja,
        year=year,
        step=step,
        slot=slot,
        defaults={"revision": revision, "pairs": pairs, "saved_at": timezone.now()},
    )
    return kept


def found(user, pokja, year: int, step: str, slot: int) -> UnsavedForm | None:
    """What this person typed here and did not save; None after KEPT_FOR."""
    rows = UnsavedForm.objects.filter(user=user, pokja=pokja, year=year, step=step, slot=slot)
    return rows.filter(saved_at__gt=timezone.now() - KEPT_FOR).first()


def of_year(user, year: int):
    """Everything of a year that this person typed and did not save, the newest last."""
    since = timezone.now() - KEPT_FOR
    rows = UnsavedForm.objects.filter(user=user, year=year, saved_at__gt=since)
    return rows.defer("pairs").order_by("saved_at")


def data_of(kept: UnsavedForm) -> QueryDict:
    """The same as a posted form."""
    data = QueryDict(mutable=True)
    for name, value in kept.pairs:
        data.appendlist(name, value)
    return data


def let_go(user, pokja, year: int, step: str, slots) -> None:
    """Forget it: saved, or not wanted any more."""
    UnsavedForm.objects.filter(
        user=user, pokja=pokja, year=year, step=step, slot__in=slots
    ).delete()


def forget_old() -> int:
    """Delete what nobody came back to within KEPT_FOR; returns how many."""
    old = UnsavedForm.objects.filter(saved_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]
