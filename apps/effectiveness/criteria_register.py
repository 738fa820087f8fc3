"""Checks over the register: a regulation or an agreement in force, the form of the office.

Each gives Pokja id -> Result; ``item_id`` is the id of the register row it rests on. Queries: 1
each, however many Pokja.
"""

from apps.effectiveness.formula import FAILED, MET, Result
from apps.effectiveness.situation import Situation, words
from apps.regulations.models import Agreement, Institution, Regulation

OWN, PROVINCE, ANY = "own", "province", "any"
NATION = None  # the region of a row that holds for the nation
EXPIRED, REVOKED, TO_COME, OTHER_FORM = "kedaluwarsa", "dicabut", "belum_berlaku", "bentuk"


def regulation_in_force(at: Situation, parameters: dict) -> dict[int, Result]:
    """A regulation of these kinds about this topic is in force."""
    return _decided(at, parameters.get("level") or OWN, _papers(at, Regulation, parameters))


def agreement_in_force(at: Situation, parameters: dict) -> dict[int, Result]:
    """An agreement of this kind about this topic is in force."""
    return _decided(at, parameters.get("level") or OWN, _papers(at, Agreement, parameters))


def institution_form(at: Situation, parameters: dict) -> dict[int, Result]:
    """The office that handles PPKB has one of the accepted forms."""
    by_region = _by_region(_recorded(at, at.of_regions(Institution.objects.all())))
    accepted = words(parameters.get("forms"))
    found = {}
    for item in at.assessments:
        if rows := by_region.get(item.region_id):
            result = _judged(rows, at)
            row = next(row for row in rows if row.pk == result.item_id)
            if result.is_met and row.form not in accepted:
                result = Result(FAILED, OTHER_FORM, item_id=row.pk)
            found[item.pokja_id] = result
    return found


def _papers(at: Situation, model, parameters):
    """Rows of the wanted kinds and topic, of the regions at hand and of the nation."""
    rows = model.objects.all()
    if kinds := words(parameters.get("kinds")):
        rows = rows.filter(kind__in=kinds)
    if topic := parameters.get("topic"):
        rows = rows.about(topic)
    return _recorded(at, at.of_regions(rows, with_nation=True))


def _recorded(at: Situation, rows):
    """Rows the portal had by the moment whose knowledge counts."""
    if at.known is not None:
        rows = rows.filter(created_at__lte=at.known)
    return rows.order_by("id")


def _decided(at: Situation, level: str, rows) -> dict[int, Result]:
    by_region = _by_region(rows)
    found = {}
    for item in at.assessments:
        places = {
            OWN: [item.region_id],
            PROVINCE: [item.province_id],
            ANY: dict.fromkeys([item.region_id, item.province_id, NATION]),
        }[level]
        held = [row for place in places for row in by_region.get(place, ())]
        if held:
            found[item.pokja_id] = _judged(held, at)
    return found


def _by_region(rows) -> dict:
    found: dict = {}
    for row in rows:
        found.setdefault(row.region_id, []).append(row)
    return found


def _judged(rows: list, at: Situation) -> Result:
    """What the best of some rows is worth: in force (the one that lasts longest), over, to come."""
    ends = {row.pk: row.until_known(at.known) for row in rows}
    started = [row for row in rows if row.starts_on <= at.on]
    holding = [row for row in started if ends[row.pk] is None or ends[row.pk] >= at.on]
    if holding:
        last = max(holding, key=lambda row: (ends[row.pk] is None, ends[row.pk] or at.on, row.pk))
        return Result(MET, item_id=last.pk, until=ends[last.pk])
    if not started:
        first = min(rows, key=lambda row: (row.starts_on, row.pk))
        return Result(FAILED, TO_COME, item_id=first.pk)
    over = max(started, key=lambda row: (ends[row.pk], row.pk))
    reason = REVOKED if getattr(over, "revoked_by_id", None) else EXPIRED
    return Result(FAILED, reason, item_id=over.pk, until=ends[over.pk])
