"""What all rows of the register share: from when until when they hold, and who sees them."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from apps.core.scoping import ScopedQuerySet
from apps.regulations.codes import parse_topics, topic_label


class RegisterQuerySet(ScopedQuerySet):
    def for_user(self, user):
        """Rows of the user's regions, and those of the nation."""
        scope = getattr(user, "scope", None)
        if scope is None:
            return self.none()
        if scope.sees_all:
            return self.all()
        return self.filter(scope.rows(self.model) | Q(region=None))

    def in_force_on(self, day: date):
        """Rows in force on a day. Without any date a regulation holds from the year after its
        own on: all that is known is that it began within that year."""
        lasts = Q(valid_until=None) | Q(valid_until__gte=day)
        return self.filter(self.model.started_by(day), lasts)

    def about(self, topic: str):
        """Rows that carry a topic (its slug)."""
        padded = Concat(Value(", "), F("topics"), Value(","))
        return self.annotate(padded_topics=padded).filter(padded_topics__contains=f", {topic},")


class Register(models.Model):
    """From when until when a row holds, and since when the portal knows it.

    ``ended_at``: when the end was recorded by hand, with ``planned_until`` as the end before that;
    so a look back at what was known on a day does not know of an end recorded later.
    """

    region_path = "region"

    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    ended_at = models.DateTimeField("akhir dicatat pada", null=True, editable=False)
    planned_until = models.DateField("akhir semula", null=True, editable=False)
    created_at = models.DateTimeField("dicatat pada", auto_now_add=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = models.Manager.from_queryset(RegisterQuerySet)()

    class Meta:
        abstract = True

    def until_known(self, known: datetime | None) -> date | None:
        """The last day as it was known at a moment; None for open."""
        later = known is not None and self.ended_at is not None and self.ended_at > known
        return self.planned_until if later else self.valid_until

    @classmethod
    def started_by(cls, day: date) -> Q:
        """The filter for rows that began on or before a day."""
        return Q(valid_from__lte=day)

    @property
    def starts_on(self) -> date:
        """The first day it holds."""
        return self.valid_from

    def is_over(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day

    @property
    def place(self) -> str:
        return self.region.full_name if self.region else "Nasional"


class WithPaper(Register):
    """A register row about a paper: topics, the file, where it was found."""

    topics = models.CharField("topik", max_length=420, blank=True)
    document = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name="naskah",
    )
    source = models.CharField("sumber", max_length=300, blank=True)

    class Meta:
        abstract = True

    def clean(self):
        try:
            self.topics = parse_topics(self.topics)
        except ValueError as error:
            raise ValidationError({"topics": str(error)}) from error

    @property
    def topic_list(self) -> list[str]:
        return [slug for slug in self.topics.split(", ") if slug]

    @property
    def topic_words(self) -> list[str]:
        return [topic_label(slug) for slug in self.topic_list]

    @property
    def source_url(self) -> str:
        """The source where it is an address that a page may link to; else empty."""
        return self.source if self.source.startswith(("https://", "http://")) else ""
