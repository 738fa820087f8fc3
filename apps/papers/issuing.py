"""A paper gets its code: once for what it tells, whoever fetches it."""

import json
from datetime import date

from django.db import IntegrityError, transaction

from apps.audit.services import record
from apps.papers.codes import canonical, fingerprint, new_code
from apps.papers.enums import PaperKind
from apps.papers.models import IssuedPaper
from apps.papers.offices import role_over

ATTEMPTS = 5  # a code that is taken by chance: one in 10^12 times the papers there are


def issue(
    *,
    kind: PaperKind,
    region,
    pokja=None,
    year: int,
    per: date | None = None,
    title: str,
    told: dict,
    user=None,
) -> IssuedPaper:
    """The row of this paper: the one there is for the same subject and facts, else a new one.

    ``told``: the facts as printed, plain JSON with at least ``status``, one sentence. It is shown
    to anybody with the code: no names of people. ``per``: the day the facts are those of, None for
    "as they stand". ``region`` None is the whole country. Raises ValueError without a status and
    TypeError for facts JSON cannot hold.
    """
    if not str(told.get("status") or "").strip():
        raise ValueError("told['status'] must be a sentence")
    kind, title = PaperKind(kind), title[:200]
    told = json.loads(canonical(told))
    print_of = fingerprint(
        {
            "kind": str(kind),
            "region": region and region.pk,
            "pokja": pokja and pokja.pk,
            "year": year,
            "per": per and per.isoformat(),
            "title": title,
            "told": told,
        }
    )
    facts = {"kind": kind, "region": region, "pokja": pokja, "year": year, "per": per}
    return _stored(print_of, facts | {"title": title, "told": told}, user)


def _stored(print_of: str, facts: dict, user) -> IssuedPaper:
    """Two at once meet at the unique print: the later one finds the earlier one's row."""
    by = user if user is not None and user.is_authenticated else None
    for _ in range(ATTEMPTS):
        try:
            return _found_or_made(print_of, facts | {"code": new_code(), "issued_by": by})
        except IntegrityError as error:  # the code, not the print: another code
            taken = error
    raise taken


@transaction.atomic
def _found_or_made(print_of: str, values: dict) -> IssuedPaper:
    paper, is_new = IssuedPaper.objects.get_or_create(sha256=print_of, defaults=values)
    paper.region = values["region"]  # the print holds it: the same row, read already
    if is_new:
        _record(paper)
    return paper


def _record(paper: IssuedPaper) -> None:
    by = paper.issued_by
    record(
        "Menerbitkan rapor",
        paper,
        actor=by,
        role=role_over(by, paper.region) if by else "",
        region=paper.region,
        after={"kode": paper.code, "tahun": paper.year, "status": paper.told["status"]},
    )
