import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from apps.accounts.services import end_due_posts
from apps.audit.checking import keep_chain
from apps.effectiveness.stored import settle
from apps.inbox.occasions import tell_due
from apps.notices.digests import write_digests
from apps.notices.enums import MailState
from apps.notices.models import Mail
from apps.notices.outbox import deliver
from apps.notices.services import once
from apps.notices.tidying import begin_lost_tasks_again, tidy

logger = logging.getLogger(__name__)
MINUTE = 60


class Command(BaseCommand):
    help = (
        "Memberi kabar yang jatuh tempo: batas waktu, SK berakhir, antrean, ringkasan harian pukul "
        "07.00 waktu setempat; lalu mengirim surel yang menunggu. Jalankan tiap menit dengan cron, "
        "atau sekali dengan --terus. Boleh berjalan bersamaan; tidak ada yang terkirim dua kali."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--terus", action="store_true", help="ulangi tiap menit sampai dihentikan"
        )

    def handle(self, *, terus, **options):
        if terus:
            self._until_stopped()
            return
        failed, outcome = run()
        waiting = Mail.objects.filter(state=MailState.WAITING).count()
        self.stdout.write(
            f"Surel: {outcome.sent} terkirim, {outcome.refused} ditolak, {waiting} menunggu"
        )
        if failed:
            raise CommandError(f"Sebagian kabar gagal dan dicoba lagi: {', '.join(failed)}")
        if outcome.is_server_down:
            raise CommandError("Server surel tidak dapat dihubungi; surel tetap menunggu.")

    def _until_stopped(self):
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        self.stdout.write("Kabar diperiksa tiap menit (hentikan dengan Ctrl+C)")
        while not stopped.is_set():
            try:
                run()
            except Exception:  # the database may be away for a while
                logger.exception("Kabar gagal diperiksa; dicoba lagi semenit lagi.")
            close_old_connections()
            stopped.wait(MINUTE - time.time() % MINUTE)


def run():
    """(names of the parts that failed, what became of the mails)."""
    now = timezone.now()
    end_due_posts(timezone.localdate(now))
    begin_lost_tasks_again()
    failed = tell_due(now)
    write_digests(now)
    once(f"rapikan:{timezone.localdate(now)}", tidy)
    outcome = deliver()
    if settle().failed:  # last: pages are right without it, and nobody's mail waits for it
        failed = [*failed, "nilai tersimpan"]
    if not keep_chain(now):
        failed = [*failed, "jejak audit"]
    return failed, outcome
