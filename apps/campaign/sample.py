"""What the campaign page of a sample installation shows. All of it is marked "data contoh"."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Assignment, User
from apps.campaign.builtin import load_letter_templates, template_for
from apps.campaign.enums import LetterKind
from apps.campaign.letters import Sheet
from apps.campaign.models import Mailing
from apps.campaign.queries import Audience, rows_for
from apps.campaign.services import make_letters, mark_sent
from apps.papers.models import Signer
from apps.papers.offices import letterhead_of
from apps.regions.models import Region

SENDERS = {"73": "koordinator.sulsel", "62": "verifikator.kalteng"}  # by province
NEVER_IN = {"73.05", "73.13", "73.26", "62.04", "62.08"}  # their officers have not signed in yet
NO_ACCOUNT = {"73.16", "62.12"}
NUMBER = "B-120/KB.03/CONTOH/{year}"
LAST_WEEK = timedelta(days=7)


def add_sample(people: dict) -> None:
    """For two provinces: officers, and a reminder sent last week."""
    load_letter_templates()
    signed_in = Assignment.objects.filter(role=Role.OPERATOR, user__in=people.values())
    User.objects.filter(assignments__in=signed_in).update(last_login=timezone.now() - LAST_WEEK)
    for code, sender in SENDERS.items():
        province = Region.objects.get(code=code)
        _officers(province)
        _remind(province, people[sender])


def _officers(province: Region) -> None:
    """An officer for each kab/kota without a sample account; nobody can log in as one."""
    regions = province.members.kabkota().exclude(assignments__role=Role.OPERATOR)
    locked, seen = make_password(None), timezone.now() - timedelta(days=20)
    for region in regions.exclude(code__in=NO_ACCOUNT):
        name = f"operator.{region.code}"
        user = User.objects.create(
            username=name,
            full_name=f"Petugas {region.name} (data contoh)",
            office=f"OPD KB {region.name}",
            email=f"{name}@contoh.invalid",
            password=locked,
            last_login=None if region.code in NEVER_IN else seen,
        )
        Assignment.objects.create(user=user, role=Role.OPERATOR, region=region)


def _remind(province: Region, sender: User) -> None:
    """A letter to the first regions that lack something, a message to the next ones."""
    today, audience = timezone.localdate(), Audience(province, province)
    rows = [row for row in rows_for(sender, audience.regions(sender), today.year) if row.missing]
    sheet = Sheet(
        template=template_for(LetterKind.REMINDER),
        letter_date=today - LAST_WEEK,
        letterhead=letterhead_of(sender, province, today),
        signer=Signer.objects.filter(province=province).in_force(today).first(),
        nature="Segera",
        copies=template_for(LetterKind.REMINDER).copies,
        address="https://pokja.contoh.invalid/tugas/",
        is_sample=True,
    )
    number = NUMBER.format(year=today.year)
    numbers = {row.region.pk: number for row in rows[:3]}
    make_letters(audience, rows[:3], sheet, numbers, actor=sender)
    for row in rows[3:5]:
        row.today -= LAST_WEEK
    mark_sent(audience, rows[3:5], sheet, actor=sender)
    Mailing.objects.filter(office=province).update(at=timezone.now() - LAST_WEEK)
