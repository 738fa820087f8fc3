"""The sixteen maturity checks as criteria of a rubric (``poin:<code>``)."""

from functools import partial

from apps.effectiveness import maturity
from apps.effectiveness.formula import EMPTY, FAILED, MET, Result
from apps.effectiveness.repairs import POINT
from apps.effectiveness.situation import Situation

PREFIX = POINT
BASE_OPEN, NOT_GIVEN = "kriteria_dasar", "poin"


def point_given(code: str, at: Situation, parameters: dict) -> dict[int, Result]:
    """Is the point given? Where the kind of evidence it looks at is not met, its status holds."""
    criterion = maturity.CHECKS[code][0]
    found = {}
    for item in at.assessments:
        base = item.results[criterion]
        if not base.is_met:
            reason = "" if base.status == EMPTY else BASE_OPEN
            found[item.pokja_id] = Result(base.status, reason, base.evidence_id, base.item_id)
            continue
        given = maturity.check(code, at.facts[item.pokja_id])
        found[item.pokja_id] = Result(
            MET if given else FAILED,
            "" if given else NOT_GIVEN,
            base.evidence_id,
            base.item_id,
            until=base.until,
        )
    return found


def decide(code: str):
    """The deciding function of one point."""
    return partial(point_given, code)
