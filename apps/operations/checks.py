"""What `manage.py check --deploy --database default` asks of the database."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import DatabaseError

from apps.operations.sample_accounts import REPAIR, open_sample_accounts, sentence


@register(Tags.database, deploy=True)
def no_sample_accounts(app_configs=None, databases=None, **kwargs):
    """operations.E001: sample accounts, or an administrator with the sample password."""
    if settings.DEBUG or not databases:
        return []
    try:
        people = open_sample_accounts(and_superusers=True)
    except DatabaseError:  # away or empty: others say so
        return []
    if not people:
        return []
    return [Error(sentence(people), hint=REPAIR, id="operations.E001")]
