import random

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from apps.core.database import refresh_statistics
from apps.effectiveness.stored import settle
from apps.exchange.sample.books import close_last_but_one
from apps.exchange.sample.builder import Builder
from apps.exchange.sample.documents import attach_documents
from apps.exchange.sample.edges import EdgeCases
from apps.exchange.sample.examples import share_examples
from apps.exchange.sample.help import add_help_contacts
from apps.exchange.sample.invited import NEW_HOLDER, OLD_HOLDER, add_newcomers
from apps.exchange.sample.marks import cite_numbers, pin_returned
from apps.exchange.sample.notices import tell_sample
from apps.exchange.sample.people import PEOPLE, SHARED_PASSWORD, create_people
from apps.exchange.sample.periods import add_periods
from apps.exchange.sample.reasons import give_reasons
from apps.exchange.sample.regulations import add_register
from apps.exchange.sample.reviews import add_reviews
from apps.exchange.sample.seats import seat_members
from apps.exchange.sample.talk import add_talk
from apps.exchange.sample.trail import add_trail
from apps.papers.sample import add_papers
from apps.pokja.models import Pokja
from apps.regions.services import mark_sample_installation
from apps.verification.models import Evidence

SEED = 2026


class Command(BaseCommand):
    help = "Menambah data dan akun contoh; hanya untuk pengembangan dan pelatihan."

    def handle(self, **options):
        if not settings.DEBUG:
            raise CommandError(
                "Data contoh hanya untuk pengembangan (DEBUG=1). Portal ini tampak seperti portal "
                "sungguhan, jadi tidak ada yang ditambahkan."
            )
        with transaction.atomic():
            people = create_people()
            if Pokja.objects.exists():
                self.stdout.write("Data Pokja sudah ada; tidak ada yang diubah.")
            else:
                self._fill(people)
            mark_sample_installation()
        settle()
        self.stdout.write("\nAkun contoh (kata sandi semua akun: " + SHARED_PASSWORD + ")")
        for username in ("admin", *(row[0] for row in PEOPLE)):
            self.stdout.write(f"  {username:22} {people[username].scope.label}")

    def _fill(self, people):
        builder = Builder(random.Random(SEED), people, timezone.localdate())  # noqa: S311 - sample
        cases = EdgeCases(builder)
        cases.province("73")
        cases.edges()
        cases.others()
        builder.save()
        refresh_statistics()  # what follows asks for scores
        seat_members(builder, cases.members)
        files = attach_documents(people, cases.year)
        pin_returned()
        cite_numbers()
        give_reasons()
        add_help_contacts()
        add_register(timezone.localdate())
        add_periods(people, timezone.localdate())
        add_trail(people)  # before whatever leaves entries of today: numbers are the order
        add_reviews(people, timezone.localdate())
        add_papers()
        apps.get_app_config("campaign").add_sample(people)
        apps.get_app_config("territory").add_sample(people, timezone.localdate())
        add_talk(people, timezone.localdate())
        share_examples(people, cases.year)
        close_last_but_one(people, timezone.localdate())
        apps.get_app_config("open_data").add_sample(people, timezone.localdate())
        add_newcomers(people, timezone.localdate())
        hands = {"dari": OLD_HOLDER, "kepada": NEW_HOLDER, "oleh": "koordinator.sulsel"}
        call_command("contoh_serah_terima", **hands)
        tell_sample(people)
        self.stdout.write(
            f"Data contoh: {Pokja.objects.count()} Pokja, "
            f"{len(builder.rows[Evidence])} bukti, {files} berkas PDF."
        )
