from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.inbox.mails import send_reminders


class Command(BaseCommand):
    help = (
        "Mengirim surel pengingat SK yang akan berakhir (sekali untuk tiap batas hari). "
        "Jalankan sekali sehari; hari yang terlewat disusulkan pada jalan berikutnya."
    )

    def handle(self, **options):
        outcome = send_reminders(timezone.localdate())
        self.stdout.write(f"Surel pengingat: {outcome.sent} terkirim, {outcome.failed} gagal")
        if outcome.failed:
            raise CommandError("Sebagian surel tidak terkirim; dicoba lagi pada jalan berikutnya.")
