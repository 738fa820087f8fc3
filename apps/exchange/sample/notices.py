"""What the sample officers and verifiers were told: the decisions there are, in their own words."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from apps.effectiveness.queries import assess
from apps.evidence.queries import pokja_of, year_of
from apps.inbox import events, queue_news
from apps.notices.enums import Event
from apps.notices.models import Notice
from apps.notices.services import tell
from apps.pokja.models import Pokja
from apps.verification.enums import Action
from apps.verification.models import History

SHOWN = 6  # decisions for each officer
READ_AFTER = timedelta(days=3)
EVENTS = {
    Action.RETURN: Event.RETURNED,
    Action.VERIFY: Event.VERIFIED,
    Action.CANCEL: Event.CANCELLED,
}


def tell_sample(people) -> None:
    """The last decisions to every officer, what is effective, new files to verifiers. No mail."""
    for user in people.values():
        for region_id in user.scope.operator_ids:
            _tell_decisions(user, region_id)
            _tell_effective(user, region_id)
    queue_news.tell_new()
    old = timezone.now() - READ_AFTER
    Notice.objects.filter(created_at__lt=old).update(read_at=timezone.now())


def _tell_decisions(user, region_id) -> None:
    rows = History.objects.standing().filter(evidence__region=region_id, action__in=EVENTS)
    rows = rows.select_related("evidence__region", "evidence__nil").order_by("-at", "-pk")[:SHOWN]
    for history in reversed(rows):
        evidence = history.evidence
        pokja = pokja_of(evidence)
        if pokja and history.actor_id != user.pk:
            key = f"langkah:{history.pk}"
            url = reverse("filing:pokja_year", args=[pokja[0].pk, year_of(evidence)])
            text = _words(history, pokja)
            tell([user], EVENTS[history.action], text, url, key=key, by_mail=False)
            Notice.objects.filter(user=user, key=key).update(created_at=history.at)


def _words(history, pokja) -> str:
    evidence = history.evidence
    if history.action == Action.RETURN:
        return events.returned_text(evidence, history, pokja)
    if history.action == Action.CANCEL:
        return events.cancelled_text(evidence, history, pokja)
    return events.verified_text(evidence, pokja, [])


def _tell_effective(user, region_id) -> None:
    year = timezone.localdate().year
    rows = Pokja.objects.filter(region=region_id).select_related("region")
    effective = {item.pokja_id for item in assess(rows, year) if item.effective}
    for pokja in rows:
        if pokja.pk in effective:
            tell(
                [user],
                Event.EFFECTIVE,
                events.effective_text(pokja, year),
                reverse("filing:pokja_year", args=[pokja.pk, year]),
                key=f"efektif:{pokja.pk}:{year}",
                by_mail=False,
            )
