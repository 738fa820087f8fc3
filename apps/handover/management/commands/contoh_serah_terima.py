from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Assignment, User
from apps.handover.models import Handover
from apps.handover.services import Terms, hand_over

SINCE = timedelta(days=40)
REASON = "Mutasi ke Kecamatan Sabbangparu (data contoh)"


class Command(BaseCommand):
    """Called by ``contoh``, which knows the people and stands beside this app, not above it."""

    help = "Menambah satu serah terima contoh; dijalankan oleh perintah contoh."

    def add_arguments(self, parser):
        parser.add_argument("--dari", required=True)
        parser.add_argument("--kepada", required=True)
        parser.add_argument("--oleh", required=True)

    @transaction.atomic
    def handle(self, *, dari, kepada, oleh, **options):
        if not settings.DEBUG:
            raise CommandError("Data contoh hanya untuk pengembangan (DEBUG=1).")
        names = User.objects.in_bulk([dari, kepada, oleh], field_name="username")
        post = Assignment.objects.filter(user=names[dari], ended_on=None).first()
        if post is None:
            return
        handover, _ = hand_over(post, names[kepada], Terms(REASON), actor=names[oleh])
        day = timezone.localdate() - SINCE
        Assignment.objects.filter(pk=post.pk).update(ended_on=day)
        Assignment.objects.filter(pk=handover.successor_id).update(started_on=day)
        Handover.objects.filter(pk=handover.pk).update(handed_on=day)
