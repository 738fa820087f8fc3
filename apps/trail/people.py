""" "Siapa melihat dokumen yang memuat orang ini?": asked for by whoever answers for personal data.

A person is in the SK of the seats they hold, in those they signed, and in every document whose
text has the name. Who opened one of these, took a zip with it, or took the list of members with
the name is read out of the audit trail.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from apps.audit.models import Entry
from apps.decrees.models import Decree
from apps.documents.models import Document, Reading
from apps.documents.reading import folded
from apps.pokja.models import Pokja, SeatHolder
from apps.trail.filters import midnight

MOST = 500  # documents or Pokja; a name that is in more is too short a name
OPENED = ("Membuka berkas", "Membuka berkas yang dibagikan")
ZIPPED = "Mengunduh zip dokumen"
LISTED = "Mengunduh daftar anggota"


@dataclass(frozen=True)
class Found:
    """Where a name stands: documents and Pokja in the asker's scope (primary keys)."""

    documents: list[int]
    regions: list[int]
    pokja: list[int]

    @property
    def is_too_much(self) -> bool:
        return len(self.documents) > MOST or len(self.pokja) > MOST


def find(name: str, user) -> Found:
    """4 queries."""
    holders = SeatHolder.objects.for_user(user).filter(name__icontains=name)
    seats = list(holders.values_list("seat__pokja", "seat__decree__decree__document"))
    in_decrees = Decree.objects.for_user(user).filter(signer_name__icontains=name)
    signed = in_decrees.values_list("document", flat=True)[: MOST + 1]
    texts = Reading.objects.for_user(user).filter(search_text__contains=folded(name))
    keys = {
        *(document for _, document in seats),
        *signed,
        *texts.values_list("document", flat=True)[: MOST + 1],
    } - {None}
    documents = Document.objects.for_user(user).filter(pk__in=sorted(keys)[: MOST + 1])
    rows = list(documents.values_list("pk", "region", "region__province"))
    return Found(
        documents=[row[0] for row in rows],
        regions=sorted({each for row in rows for each in row[1:]}),
        pokja=sorted({pokja for pokja, _ in seats}),
    )


def openings(found: Found, user, since: date, until: date):
    """The entries of that time, newest first. A zip counts for every document of its region, or
    of its province, since it is not told which were in it."""
    seen = (
        Q(
            action__in=OPENED,
            object_type=Document._meta.label_lower,
            object_id__in=[str(key) for key in found.documents],
        )
        | Q(action=ZIPPED, region_id__in=found.regions)
        | Q(
            action=LISTED,
            object_type=Pokja._meta.label_lower,
            object_id__in=[str(key) for key in found.pokja],
        )
    )
    within = Q(at__gte=midnight(since), at__lt=midnight(until + timedelta(days=1)))
    return Entry.objects.for_user(user).filter(within, seen).order_by("-id")
