"""What one request to a step is about: the version, the card, what stands around the form."""

from django.http import Http404

from apps.budgets.enums import Stage
from apps.discussion.queries import open_threads_for
from apps.evidence.kinds import BY_STEP, adapter_for
from apps.filing.cards import cards_for, reader_of
from apps.filing.editors import EDITORS
from apps.filing.requirements import step_bar
from apps.filing.siblings import free_stages, siblings_for
from apps.filing.views.actions import item_of
from apps.filing.views.base import page_context, year_crumbs
from apps.reviews.queries import card_for
from apps.verification.citations import HOLDERS, document_of
from apps.verification.enums import Kind
from apps.verification.pins import last_sent, pages_with

NEW = "baru"
COPYABLE = ("rencana-kerja", "indikator")


class Page:
    """What one request to a step is about."""

    def __init__(self, request, pokja, year, step, assessment):
        self.request, self.pokja, self.year, self.step = request, pokja, year, step
        self.adapter = BY_STEP[step]
        self.assessment = assessment
        self.cards = self._cards()
        self.card = next(card for card in self.cards if card.step == step)
        self.item = self._item()

    def _cards(self):
        return cards_for(
            self.pokja, self.assessment, reader_of(self.request.user, self.pokja.region)
        )

    def refresh(self) -> None:
        """After a save: the cards as they stand now."""
        self.cards = self._cards()

    def _item(self):
        """The version to write or to show: the one named by the address, else the current one."""
        posted = self.request.method == "POST"
        values = self.request.POST if posted else self.request.GET
        named = values.get("bukti", "")
        if named:
            if not (named.isascii() and named.isdecimal() and len(named) < 19):
                raise Http404("Bukti tidak dikenal")
            item = item_of(self.request, self.pokja, self.year, int(named))
            if item.kind != self.adapter.kind:
                raise Http404("Bukti ini bukan bagian langkah ini")
            return item
        if posted or (values.get("sk") == NEW and self.step == "sk"):
            return None
        if self.step == "anggaran" and self.stage:
            return self._of_stage()
        item = self.card.item
        return None if item is not None and item.kind == Kind.NIL else item

    @property
    def stage(self) -> str:
        """The stage of a new budget that the address asks for."""
        asked = self.request.GET.get("tahap", "")
        return asked if asked in Stage.values else ""

    def _of_stage(self):
        held = [
            item.evidence
            for item in self.siblings
            if item.title == f"Anggaran {Stage(self.stage).label.lower()}"
        ]
        return item_of(self.request, self.pokja, self.year, held[0].pk) if held else None

    @property
    def slot(self) -> int:
        """What is typed here belongs to this version; 0 for one that does not exist yet."""
        return self.item.pk if self.item is not None else 0

    @property
    def siblings(self):
        if not hasattr(self, "_siblings"):
            self._siblings = siblings_for(self.step, self.pokja, self.year, self.request.user)
        return self._siblings

    @property
    def nil(self):
        """A declaration of nothing that stands in the place of an item."""
        item = self.card.item
        return item if item is not None and item.kind == Kind.NIL else None

    def editor(self, **options):
        return EDITORS[self.step](
            self.pokja, self.year, self.request.user, self.item, stage=self.stage, **options
        )

    @property
    def pinned(self) -> list:
        """Pages of the file, old or new, with the spots the last return speaks of."""
        if self.item is None or self.item.kind not in HOLDERS or not self.item.is_open:
            return []
        return pages_with(last_sent(self.item), document_of(self.item))

    @property
    def may_copy(self) -> bool:
        """Last year's plan and indicators are a start where nothing stands yet."""
        return self.step in COPYABLE and self.item is None and self.nil is None

    def gaps(self):
        """What the saved draft lacks; None where nothing is saved."""
        if self.item is None:
            return None
        return adapter_for(self.item).gaps(self.item, self.year)

    def context(self, **more) -> dict:
        crumbs = year_crumbs(self.pokja, self.year, self.adapter.label)
        return page_context(
            self.request,
            self.pokja,
            self.year,
            crumbs=crumbs,
            adapter=self.adapter,
            step=self.step,
            item=self.item,
            card=self.card,
            nil=self.nil,
            steps=step_bar(self.pokja, self.year, self.cards, self.step),
            siblings=self.siblings,
            stages=free_stages(self.siblings) if self.step == "anggaran" else [],
            pinned=self.pinned,
            reply=card_for(self.item, self.request.user) if self.item else None,
            open_threads=open_threads_for(self.item) if self.item else 0,
            **more,
        )
