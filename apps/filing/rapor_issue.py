"""The rapor as an issued paper: the facts its code stands for, its head, its signature."""

import json
from datetime import date, datetime
from hashlib import sha256

from apps.core.formats import format_date, local_time
from apps.core.looks import look_of
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.moment import Moment
from apps.effectiveness.queries import assess_one
from apps.filing.judged import Judged, judge
from apps.filing.rapor import Year, paper_name, rapor_of, status_of
from apps.filing.words import TITLES, figure, shown_reason
from apps.papers.enums import PaperKind
from apps.papers.heads import head_and_signature, signature_data
from apps.papers.issuing import issue
from apps.papers.words import BLANK


def issued_rapor(year: Year, user, root: str) -> tuple[dict, datetime]:
    """The whole paper as data, and the moment its code was given: the same facts for the same
    reader are the same file. ``root``: the address of the portal, for the QR code."""
    pokja, assessment, moment = year.pokja, year.assessment, year.moment
    data = rapor_of(year)
    issued = issue(
        kind=PaperKind.POKJA,
        region=pokja.region,
        pokja=pokja,
        year=assessment.year,
        per=moment.per if moment else None,
        title=paper_name(pokja, assessment.year),
        told=_told(assessment, year.judged) | {"isi": _print_of(data)},
        user=user,
    )
    mark = issued.mark(root)
    if not year.is_past:
        data["facts"].append(["Data per tanggal", mark["issued"]])
    signed_on = local_time(issued.issued_at, year.zone).date()
    office = pokja.region.province
    of_year = min(signed_on, date(assessment.year, 12, 31))
    return data | _around(office, of_year, signed_on, mark), issued.issued_at


def _around(office, of_year: date, signed_on: date, mark: dict) -> dict:
    """Head, signature and code. The head is that of the year, since old years keep the name the
    office had then; whoever signs does so on the day of issue, and no paper is dated back. Without
    a signer there are dots for the pen."""
    head, signature = head_and_signature(office, of_year, signed_on)
    empty = signature_data(None)
    empty["lines"] = [f"{BLANK}, {format_date(signed_on)}", *empty["lines"]]
    return {
        "head": head,
        "signature": signature or empty,
        "mark": mark,
        "made": f"Terbit {mark['issued']}",
    }


def _print_of(data: dict) -> str:
    """What the paper says to this reader, as 64 digits: other words make another paper."""
    return sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _told(assessment: Assessment, judged: Judged | None) -> dict:
    """The facts anybody may check by the code: no person, and no draft."""
    met = f"{assessment.met} dari {assessment.possible}"
    titles = dict(TITLES)
    if judged:
        titles |= {rule.code: rule.title for rule in judged.rules.extra}
    found = {
        "status": f"{status_of(assessment)} ({met} kriteria terpenuhi)",
        "terpenuhi": met,
        "kriteria": {
            titles[code]: look_of(result.status, shown_reason(result, drafts_shown=False)).word
            for code, result in assessment.by_rubric.items()
        },
    }
    if judged:
        found["skor"] = judged.now.score
        found["indeks"], found["kelas"] = figure(judged.now.index), judged.now.klass
    return found


def current_told(issued) -> dict | None:
    """The same facts as they are now; None where the Pokja is not scored for the year any more.

    What the paper said beyond them went by who read it, and is taken as it was.
    """
    moment = Moment(issued.per) if issued.per else None
    assessment = assess_one(
        issued.pokja, issued.year, with_index=False, known=moment.known if moment else None
    )
    if assessment is None:
        return None
    told = _told(assessment, judge(issued.pokja, assessment))
    return told | {"isi": issued.told.get("isi", "")}
