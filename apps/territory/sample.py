"""One draft of a split, for the sample installation: it changes nothing."""

from datetime import date

from apps.regions.models import Region
from apps.territory import drafts
from apps.territory.enums import ChangeKind

PROVINCE = "73"
NEW_CODE, NEW_NAME = "77", "Luwu Raya (contoh)"
MOVING = {"73.17": "77.01", "73.22": "77.02", "73.24": "77.03", "73.73": "77.71"}


def add_sample(people: dict, today: date) -> None:
    """Sulawesi Selatan and four of its kab/kota, from the first day of next year on."""
    regions = {region.code: region for region in Region.objects.filter(code__in=MOVING)}
    change = drafts.start_change(
        actor=people["pusat"],
        kind=ChangeKind.SPLIT_PROVINCE,
        region=Region.objects.get(code=PROVINCE),
        target=None,
        in_force_on=date(today.year + 1, 1, 1),
        basis="Data contoh, bukan undang-undang yang berlaku",
        note="Data contoh untuk memperlihatkan langkah-langkahnya. Jangan disahkan.",
    )
    drafts.change_new(
        change,
        actor=people["pusat"],
        revision=change.revision,
        new_code=NEW_CODE,
        new_name=NEW_NAME,
        new_level=change.new_level,
    )
    post = people["verifikator2.sulsel"].assignments.get(ended_on=None)
    drafts.change_share(
        change,
        actor=people["pusat"],
        revision=change.revision,
        regions={regions[old].pk: new for old, new in MOVING.items()},
        posts={post.pk: "move"},
    )
