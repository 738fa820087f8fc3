"""Which list, year, kind and regions an address or a form names, checked against the scope."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from apps.accounts.access import require_role
from apps.campaign.builtin import template_for
from apps.campaign.enums import KIND_SLUGS, SLUG_OF, LetterKind
from apps.campaign.letters import Sheet
from apps.campaign.queries import SENDERS, Audience, Row, audiences_for, rows_for
from apps.core.context import is_sample
from apps.deadlines.queries import local_today
from apps.papers.offices import letterhead_of
from apps.regions.models import Region

YEARS_BACK = 2
FOREIGN = "Daerah ini tidak ada pada daftar Anda."


def years() -> list[int]:
    this_year = timezone.localdate().year
    return list(range(this_year, this_year - YEARS_BACK - 1, -1))


def audience_of(request, query) -> tuple[Audience, list[Audience]]:
    """The list asked for and all this person has; 403 for the wrong role, 404 for a foreign one."""
    require_role(request.user, *SENDERS)
    lists = audiences_for(request.user)
    asked = query.get("provinsi", "")
    found = next((each for each in lists if asked in ("", each.key)), None)
    if found is None:
        raise Http404(FOREIGN)
    return found, lists


def office_day(office: Region | None):
    """Today where the office is; in Jakarta for the national one."""
    return local_today(office) if office else timezone.localdate()


@dataclass
class Choice:
    """The regions somebody ticked for a year, and the kind of text."""

    audience: Audience
    year: int
    kind: LetterKind
    regions: list[Region]
    rows: list[Row]  # without those that are complete by now

    @property
    def complete(self) -> list[str]:
        """Names of chosen regions that lack nothing (any more)."""
        open_ones = {row.region.pk for row in self.rows}
        return [region.full_name for region in self.regions if region.pk not in open_ones]

    def query(self, kind: LetterKind | None = None) -> str:
        """The address part that chooses the same again."""
        return urlencode(
            [
                ("tahun", self.year),
                ("provinsi", self.audience.key),
                ("jenis", SLUG_OF[kind or self.kind]),
                *(("wilayah", region.code) for region in self.regions),
            ]
        )

    @property
    def list_address(self) -> str:
        return f"{reverse('campaign:list')}?{urlencode(_list_query(self))}"


def _list_query(choice: Choice) -> dict:
    return {"tahun": choice.year, "provinsi": choice.audience.key}


def choice_of(request, query) -> Choice:
    """What ``query`` chooses; 404 for a year, kind or region that is not the person's to name."""
    audience, _ = audience_of(request, query)
    year = query.get("tahun") or str(years()[0])
    slug = query.get("jenis") or "pengingat"
    if year not in map(str, years()) or slug not in KIND_SLUGS:
        raise Http404("Tahun atau jenis surat ini tidak ada.")
    held = {region.code: region for region in audience.regions(request.user)}
    codes = set(query.getlist("wilayah"))
    if not codes <= held.keys():
        raise Http404(FOREIGN)
    regions = [region for code, region in held.items() if code in codes]
    rows = [row for row in rows_for(request.user, regions, int(year)) if row.missing]
    return Choice(audience, int(year), KIND_SLUGS[slug], regions, rows)


def sheet_for(request, choice: Choice, **fields) -> Sheet:
    """What the letters and messages of a choice have in common, as of today unless told."""
    office = choice.audience.office
    day = fields.pop("letter_date", None) or office_day(office)
    root = settings.PORTAL_URL.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
    return Sheet(
        template=template_for(choice.kind),
        letter_date=day,
        letterhead=letterhead_of(request.user, office, day),
        institution=request.user.office or "Portal Pokja Bangga Kencana",
        address=root + reverse("inbox:tasks"),
        is_sample=is_sample(),
        **fields,
    )
