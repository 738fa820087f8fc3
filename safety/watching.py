"""Which tables a request writes to, asked of the statements themselves."""

import re
from contextlib import contextmanager

from django.db import connection, transaction

WRITE = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)
# What a mere visit may leave: its session, the count of its attempts to log in, and the row that
# tells of a refusal.
HOUSEKEEPING = {"django_session", "accounts_loginattempt", "audit_refusal"}


@contextmanager
def writes(*, kept: bool = False):
    """Set of the tables written to within the block; afterwards all is as before, unless kept.

    A statement that a refusing view rolls back itself is counted too: it went too far already.
    """
    tables: set[str] = set()

    def watch(execute, sql, params, many, context):
        if found := WRITE.match(sql):
            tables.add(found.group(1))
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield tables
        transaction.set_rollback(not kept)
    tables -= HOUSEKEEPING
