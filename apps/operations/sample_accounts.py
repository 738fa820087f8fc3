"""Sample accounts in a portal that people rely on: their password is known to everybody.

They carry a mark, the domain of their mail address, which nobody else can have. An account that
lost the mark (the address was filled in) but still opens with the sample password counts as well.
"""

import logging

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.audit.services import record
from apps.exchange.sample.people import PEOPLE, SHARED_PASSWORD

logger = logging.getLogger(__name__)

MARK = "@contoh.invalid"
NAMES = frozenset({"admin", *(row[0] for row in PEOPLE)})
SHOWN = 5  # names in the sentence
REPAIR = (
    "Jalankan `python manage.py akun_contoh --nonaktifkan` setelah ada akun admin sendiri "
    "(`python manage.py createsuperuser`), atau pakai basis data baru: `python manage.py siapkan` "
    "tanpa --contoh."
)


def open_sample_accounts(*, and_superusers=False) -> list[User]:
    """Active accounts with the mark, and those of a sample name (or all superusers, which costs a
    hash for each) that open with the sample password. One query."""
    suspects = Q(email__iendswith=MARK) | Q(username__in=NAMES)
    if and_superusers:
        suspects |= Q(is_superuser=True)
    people = User.objects.filter(suspects, is_active=True).order_by("username")
    return [person for person in people if _is_marked(person) or _opens(person)]


def _is_marked(person) -> bool:
    return person.email.lower().endswith(MARK)


def _opens(person) -> bool:
    return check_password(SHARED_PASSWORD, person.password)


def sentence(people) -> str:
    names = ", ".join(person.username for person in people[:SHOWN])
    more = f", dan {len(people) - SHOWN} lagi" if len(people) > SHOWN else ""
    return (
        f"Basis data memuat {len(people)} akun contoh yang masih dapat masuk ({names}{more}); kata "
        f"sandinya diketahui umum. {REPAIR}"
    )


def refuse_sample_accounts() -> None:
    """Raise ImproperlyConfigured where the database holds sample accounts.

    At the start of a server. A database that is away, or empty, is no reason not to start: the
    portal then answers as soon as it is back.
    """
    try:
        people = open_sample_accounts()
    except DatabaseError as trouble:
        told = "Akun contoh tidak dapat diperiksa, basis data tidak menjawab: %s"
        logger.warning(told, type(trouble).__name__)
        return
    finally:
        connection.close()  # never shared with the processes that are forked from this one
    if people:
        raise ImproperlyConfigured(sentence(people))


@transaction.atomic
def close_sample_accounts() -> list[User]:
    """Nobody signs in with them any more; what they entered stays theirs. Gives the closed ones.

    Raises LookupError when no administrator would be left.
    """
    people = open_sample_accounts()
    left = User.objects.filter(is_active=True, is_superuser=True)
    if not left.exclude(pk__in=[person.pk for person in people]).exists():
        raise LookupError
    for person in people:
        if User.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
            change = {"before": {"is_active": True}, "after": {"is_active": False}}
            record("sample_account_closed", person, actor=None, **change)
    return people
