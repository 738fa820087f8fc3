"""The chain over the audit trail: an entry changed, added in between or taken away shows.

An entry is written in the transaction of what it tells of. Its link is added right after the
commit, in a short transaction of its own: writers never wait for each other's transactions, only
one lengthens the chain at a time, and whoever finds it busy leaves its entries to that one or to
`kabari`, which links what a crash left over. The order of the chain is the order of linking.
"""

import hashlib
import json
import logging
from datetime import UTC, timedelta
from functools import partial, update_wrapper

from django.db import connection, transaction
from django.utils import timezone

from apps.audit.models import DIGEST, Entry, Head, Link

logger = logging.getLogger(__name__)

START = "0" * DIGEST  # what the first link follows
COLUMNS = (
    *("id", "at", "zone", "actor_id", "role", "region_id", "action"),
    *("object_type", "object_id", "object_label", "before", "after", "reason"),
)
AT_ONCE = 1000  # links in one transaction
# Transactions that overlap commit in another order than they took their numbers.
OVERLAP = 1000
MOST_AFTER_COMMIT = 5000  # nobody waits for more; the rest is kabari's
RECENT = timedelta(days=2)


# --- digests ---------------------------------------------------------------------------------


def text_of(row) -> str:
    """The entry (values of COLUMNS) as the one text both databases give: JSON with sorted keys,
    no spaces, the time in UTC with six decimals."""
    values = dict(zip(COLUMNS, row, strict=True))
    values["at"] = f"{values['at'].astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"
    values["before"], values["after"] = _numbers(values["before"]), _numbers(values["after"])
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _numbers(value):
    """Whole floats as whole numbers, which is how one of the databases gives them back."""
    if isinstance(value, dict):
        return {key: _numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_numbers(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def link_digest(previous: str, seq: int, entry_id: int, content: str) -> str:
    return sha256(f"{previous}\n{seq}\n{entry_id}\n{content}")


# --- lengthening -----------------------------------------------------------------------------


def link_after_commit(first: int) -> None:
    """Link the entries of this transaction, of which ``first`` is the lowest, once it commits;
    once, however often it is asked. A failure is logged and left to `kabari`."""
    asked = (item[1] for item in connection.run_on_commit)
    if not any(getattr(each, "func", None) is _link_committed for each in asked):
        # A failing hook is logged by its name, which a bare partial does not have.
        linking = update_wrapper(partial(_link_committed, first), _link_committed)
        transaction.on_commit(linking, robust=True)


def _link_committed(first: int) -> None:
    rows = Entry.objects.filter(pk__gt=first - OVERLAP)
    for _part in range(MOST_AFTER_COMMIT // AT_ONCE):
        if len(link_some(rows)) < AT_ONCE:
            return


def link_recent() -> int:
    """Link what the last days left over; how many."""
    return _link_whole(Entry.objects.filter(at__gte=timezone.now() - RECENT))


def link_everything() -> int:
    """Link whatever is not linked yet, in the order of writing; how many."""
    return _link_whole(Entry.objects.all())


def _link_whole(rows) -> int:
    total = last = 0
    # What is linked already is not looked at again for every part.
    while done := link_some(rows.filter(pk__gt=last)):
        total, last = total + len(done), done[-1]
    return total


def link_some(rows) -> list[int]:
    """Link up to AT_ONCE of these entries; their numbers. None when there are none, or when
    somebody else is at it."""
    with transaction.atomic():
        head = _hold_head()
        if head is None:
            return []
        found = list(rows.unlinked().order_by("pk").values_list(*COLUMNS)[:AT_ONCE])
        links = list(_links(head, found))
        if links:
            Link.objects.bulk_create(links)
            head.save(update_fields=["seq", "digest"])
    return [link.entry_id for link in links]


def _hold_head() -> Head | None:
    """The end of the chain, held until the transaction ends; None when somebody else holds it."""
    rows = Head.objects.select_for_update(skip_locked=True)
    head = rows.first()
    if head is None and not Head.objects.exists():
        Head.objects.bulk_create([Head(pk=1)], ignore_conflicts=True)
        head = rows.first()
    return head


def _links(head: Head, found):
    for row in found:
        content = sha256(text_of(row))
        head.seq += 1
        head.digest = link_digest(head.digest, head.seq, row[0], content)
        yield Link(seq=head.seq, entry_id=row[0], content=content, digest=head.digest)


# --- reading ---------------------------------------------------------------------------------


def anchor() -> str:
    """ "<links>:<digest>" of the end of the chain, to be noted outside of the database."""
    head = Head.objects.first()
    return str(head) if head else f"0:{START}"
