"""Search in titles, numbers, names of files and the text inside; with the place of the hit."""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from apps.budgets.models import Budget
from apps.core.formats import decree_key
from apps.decrees.models import Decree
from apps.documents.models import PageText, Reading
from apps.documents.reading import folded
from apps.library.filters import WORDS

BEFORE, AFTER = 70, 130  # signs shown around a hit
_SHA256 = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
_PLAIN = re.compile(r"[a-z]+", re.ASCII)


def matching(rows, user, text: str):
    """Documents in which every word is found somewhere, or whose SK has the number."""
    if _SHA256.fullmatch(text):
        return rows.filter(sha256=text.lower())
    found = Q()
    for word in text.split()[:WORDS]:
        found &= _has_word(user, word)
    if number := _number(text):
        decrees = Decree.objects.for_user(user).filter(document=OuterRef("pk"))
        found |= Q(Exists(decrees.filter(number_key__contains=number)))
    return rows.filter(found)


def _has_word(user, word: str) -> Q:
    of_document = Q(document=OuterRef("pk")) | Q(process_document=OuterRef("pk"))
    in_decree = Q(title__icontains=word) | Q(evidence__title__icontains=word)
    if number := _number(word):
        in_decree |= Q(number_key__contains=number)
    decrees = Decree.objects.for_user(user).filter(of_document, in_decree)
    budgets = Budget.objects.for_user(user).filter(
        document=OuterRef("pk"), evidence__title__icontains=word
    )
    texts = Reading.objects.filter(document=OuterRef("pk"), search_text__contains=folded(word))
    return (
        Q(original_name__icontains=word)
        | Q(region__name__icontains=word)
        | Q(Exists(decrees))
        | Q(Exists(budgets))
        | Q(Exists(texts))
    )


def _number(text: str) -> str:
    """The text folded as decree numbers are; empty where it holds no figure."""
    key = decree_key(text)
    return key if any(sign.isdigit() for sign in key) else ""


@dataclass(frozen=True)
class Excerpt:
    """A hit in the text inside: its page, and the words around as (text, is it the hit?)."""

    page: int
    parts: list[tuple[str, bool]]


def excerpts(ids, text: str) -> dict[int, Excerpt]:
    """Document id → the first page with the longest of the words looked for; 1 query."""
    words = sorted(text.split()[:WORDS], key=len, reverse=True)
    if not words or not ids:
        return {}
    longest = folded(words[0])
    rows = PageText.objects.filter(document__in=ids).order_by("document_id", "number")
    if _PLAIN.fullmatch(longest):  # figures stand in the places of lines, too
        rows = rows.alias(written=Cast("lines", TextField()))
        rows = rows.filter(written__icontains=longest)
    found: dict[int, Excerpt] = {}
    for row in rows.iterator(chunk_size=50):
        if row.document_id not in found and (parts := _around(row, words)):
            found[row.document_id] = Excerpt(row.number, parts)
    return found


def _around(row: PageText, words: list[str]) -> list[tuple[str, bool]]:
    text = " ".join(" ".join(line[4] for line in row.lines).split())
    hit = re.search(re.escape(words[0]), text, re.IGNORECASE)
    if hit is None:
        return []
    start, end = max(0, hit.start() - BEFORE), hit.end() + AFTER
    shown = f"{'… ' * (start > 0)}{text[start:end]}{' …' * (end < len(text))}"
    pattern = "|".join(re.escape(word) for word in words)
    parts = re.split(f"({pattern})", shown, flags=re.IGNORECASE)
    return [(part, at % 2 == 1) for at, part in enumerate(parts) if part]
