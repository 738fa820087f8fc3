"""The file of follow-ups: one row each, as the list shows them."""

from datetime import date

from apps.discussion.models import FollowUp

HEADERS = (
    "kode_wilayah",
    "wilayah",
    "pokja",
    "bukti",
    "yang_perlu_dilakukan",
    "penanggung_jawab",
    "tenggat",
    "keadaan",
    "lewat_hari",
    "diminta_oleh",
    "diminta_pada",
    "selesai_pada",
    "dinilai_oleh",
)


def cells(follow_up: FollowUp, today: date) -> list:
    """The cells of one row, in the order of HEADERS."""
    return [
        follow_up.region.code,
        follow_up.region.full_name,
        follow_up.pokja.name if follow_up.pokja else "",
        follow_up.evidence.title if follow_up.evidence else "",
        follow_up.task,
        str(follow_up.owner),
        follow_up.due_on,
        follow_up.get_state_display(),
        follow_up.late_days(today) or None,
        str(follow_up.created_by),
        follow_up.created_at,
        follow_up.done_at,
        str(follow_up.judged_by or ""),
    ]
