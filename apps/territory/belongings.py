"""What belongs to a Pokja and goes along when it comes to another region.

A joint SK stays where it is while one of its Pokja does: it goes on covering both. The whole
family of versions stays together, since the next version takes the region of the last.
"""

from dataclasses import dataclass

from django.db.models import Q

from apps.decrees.models import DecreeCoverage
from apps.documents.models import Document
from apps.verification.models import Evidence


@dataclass(frozen=True)
class Belongings:
    """Ids of the evidence and documents that go along, and the SK that stay, by title."""

    evidence: frozenset[int]
    documents: frozenset[int]
    joint: tuple[str, ...]


def belongings_of(pokja) -> Belongings:
    """Of a list of Pokja of one region; 8 queries, however many."""
    if not pokja:
        return Belongings(frozenset(), frozenset(), ())
    ids, region_id = [each.pk for each in pokja], pokja[0].region_id
    own = Evidence.objects.filter(
        Q(work_plan__pokja__in=ids)
        | Q(indicator_set__pokja__in=ids)
        | Q(budget__pokja__in=ids)
        | Q(nil__pokja__in=ids)
    ).values_list("pk", flat=True)
    decrees = Evidence.objects.filter(decree__coverage__pokja__in=ids)
    families = set(decrees.values_list("family", flat=True))
    covers = DecreeCoverage.objects.filter(decree__evidence__family__in=families)
    staying = dict(
        covers.exclude(pokja__in=ids).values_list(
            "decree__evidence__family", "decree__evidence__title"
        )
    )
    follow = Evidence.objects.filter(family__in=families - set(staying))
    evidence = frozenset(own) | frozenset(follow.values_list("pk", flat=True))
    documents = _documents_of(evidence, region_id)
    return Belongings(evidence, documents, tuple(sorted(staying.values())))


def _documents_of(evidence: frozenset[int], region_id: int) -> frozenset[int]:
    """Documents of the region that only these items use; one that another item, a regulation or
    an agreement rests on stays."""
    here = Document.objects.filter(region=region_id)
    mine, others = set(), set()
    for path in ("decrees", "decree_processes", "budgets"):
        rows = here.exclude(**{path: None}).values_list("pk", f"{path}__evidence")
        for document, item in rows:
            (mine if item in evidence else others).add(document)
    papers = here.exclude(regulations=None, agreements=None)
    return frozenset(mine - others - set(papers.values_list("pk", flat=True)))
