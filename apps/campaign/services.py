"""Reminders are made and kept: letters, messages marked as sent, notices on the portal."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.urls import reverse

from apps.accounts.queries import operators_by_region
from apps.audit.services import record, record_many
from apps.campaign import words
from apps.campaign.enums import Channel
from apps.campaign.letters import Sheet, letter, message, values_for
from apps.campaign.models import CampaignMessage, Mailing
from apps.campaign.queries import Audience, Row
from apps.notices.enums import Event
from apps.notices.services import tell
from apps.papers.offices import role_over


@dataclass(frozen=True)
class _Trace:
    action: str
    subject: CampaignMessage
    region: object
    before: dict
    after: dict


# --- letters ---------------------------------------------------------------------------------


@transaction.atomic
def make_letters(
    audience: Audience, rows: list[Row], sheet: Sheet, numbers: dict[int, str], *, actor
) -> Mailing:
    """Set one letter for each row and keep it; ``numbers`` by region id, "" to fill in by hand.

    The letters stay as they were set on this day, whatever is sent in afterwards.
    """
    mailing = _mailing(audience, Channel.LETTER, rows[0].year, sheet, actor)
    made = [
        _message(
            mailing,
            row,
            sheet.letter_date,
            number=numbers.get(row.region.pk, ""),
            content=letter(row, sheet, numbers.get(row.region.pk, "")),
        )
        for row in rows
    ]
    CampaignMessage.objects.bulk_create(made)
    _record("Membuat surat", made, actor)
    return mailing


def _mailing(audience, channel, year, sheet: Sheet, actor) -> Mailing:
    is_letter = channel == Channel.LETTER
    return Mailing.objects.create(
        office=audience.office,
        channel=channel,
        kind=sheet.template.kind,
        year=year,
        letter_date=sheet.letter_date if is_letter else None,
        paper=sheet.paper,
        by=actor,
    )


def _message(mailing, row: Row, day: date, *, number="", content=None) -> CampaignMessage:
    return CampaignMessage(
        mailing=mailing,
        region=row.region,
        year=mailing.year,
        channel=mailing.channel,
        kind=mailing.kind,
        number=number,
        day=day,
        missing=len(row.missing),
        content=content or {},
    )


def _record(action: str, made: list[CampaignMessage], actor) -> None:
    traces = [
        _Trace(
            action,
            item,
            item.region,
            {},
            {"jenis": item.kind, "tahun": item.year, "nomor": item.number, "hari": item.day},
        )
        for item in made
    ]
    record_many(traces, actor=actor, role_in=lambda region: role_over(actor, region))


def record_download(mailing: Mailing, *, form: str, message: CampaignMessage | None, actor) -> None:
    """Somebody took the letters of a mailing, or the one of a region, as ``form``."""
    region = message.region if message else mailing.office
    record(
        "Mengunduh surat",
        mailing,
        actor=actor,
        role=role_over(actor, region),
        region=region,
        after={"bentuk": form, "daerah": region.code if message else "semua"},
    )


# --- messages and notices --------------------------------------------------------------------


@dataclass
class Outcome:
    """Regions reminded, reminded before on this day, and without anybody to tell."""

    done: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)


@transaction.atomic
def mark_sent(audience: Audience, rows: list[Row], sheet: Sheet, *, actor) -> Outcome:
    """Note that the WhatsApp texts of these rows went out today; once a day for a kind."""
    contents = {row.region.pk: {"text": message(row, sheet)} for row in rows}
    made, outcome = _remind_once(audience, Channel.WHATSAPP, rows, sheet, contents, actor)
    _record("Mencatat pesan WhatsApp terkirim", made, actor)
    return outcome


@transaction.atomic
def notify(audience: Audience, rows: list[Row], sheet: Sheet, *, actor) -> Outcome:
    """Tell the officers of these rows on the portal; once a day for a kind, whoever asks."""
    officers = operators_by_region([row.region.pk for row in rows])
    reached = [row for row in rows if row.region.pk in officers]
    texts = {row.region.pk: {"text": _notice(audience, row, sheet)} for row in reached}
    made, outcome = _remind_once(audience, Channel.PORTAL, reached, sheet, texts, actor)
    for item in made:
        people = [each for each in officers[item.region_id] if each.pk != actor.pk]
        address = f"{reverse('inbox:tasks')}?tahun={item.year}"
        tell(people, Event.CAMPAIGN, item.content["text"], address, key=f"kampanye:{item.pk}")
    outcome.nobody = [row.region.full_name for row in rows if row.region.pk not in officers]
    _record("Mengirim pemberitahuan pengingat", made, actor)
    return outcome


def _notice(audience: Audience, row: Row, sheet: Sheet) -> str:
    return words.notice_text(
        sheet.template.get_kind_display(),
        "provinsi" if audience.office else "kantor pusat",
        row.region.full_name,
        len(row.missing),
        row.year,
        values_for(row, sheet)["batas_waktu"],
    )


def _remind_once(audience, channel, rows, sheet, contents, actor):
    """The messages that were new today, and the outcome; the database decides between two."""
    if not rows:
        return [], Outcome()
    mailing = _mailing(audience, channel, rows[0].year, sheet, actor)
    CampaignMessage.objects.bulk_create(
        [_message(mailing, row, row.today, content=contents[row.region.pk]) for row in rows],
        ignore_conflicts=True,
    )
    made = list(mailing.messages.select_related("region__province", "mailing").order_by("pk"))
    new = {item.region_id for item in made}
    outcome = Outcome()
    for row in rows:
        names = outcome.done if row.region.pk in new else outcome.again
        names.append(row.region.full_name)
    if not made:
        mailing.delete()
    return made, outcome
