"""Is this paper genuine? For anybody who holds one: no sign-in, and nobody's name."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from apps.accounts import throttle
from apps.papers import words
from apps.papers.codes import read_code
from apps.papers.forms import CodeForm
from apps.papers.models import IssuedPaper
from apps.papers.registry import has_changed

GUESSING = "periksa:"  # misses are counted beside the sign-ins, by address alone
MISSES = 30
TOO_MANY = 429


class TooManyMisses(Exception):
    """This address has guessed too often to be answered for a while."""


@require_safe
def form(request):
    """One field; a code that is there leads to its page, one that is not is told here."""
    asked = CodeForm(request.GET if "kode" in request.GET else None)
    if not asked.is_valid():
        return _page(request, "papers/form.html", {"form": asked})
    try:
        paper = _paper(request, asked.cleaned_data["kode"])
    except TooManyMisses:
        return _refused(request, asked)
    if paper is not None:
        return redirect("papers:check", paper.code)
    asked.add_error("kode", words.UNKNOWN)
    return _page(request, "papers/form.html", {"form": asked})


@require_safe
def check(request, paper_code):
    """What the portal knows of the paper with this code: the address in its QR."""
    try:
        paper = _paper(request, paper_code)
    except TooManyMisses:
        return _refused(request, CodeForm({"kode": paper_code}))
    if paper is None:
        asked = CodeForm({"kode": paper_code})
        asked.add_error("kode", words.UNKNOWN)
        return _page(request, "papers/form.html", {"form": asked}, 404)
    context = {
        "noun": words.noun(paper.kind),
        "sentence": words.genuine(paper),
        "status": paper.told["status"].rstrip(". "),
        "rows": words.rows(paper),
        "has_changed": has_changed(paper),
    }
    return _page(request, "papers/check.html", context)


def _paper(request, typed: str) -> IssuedPaper | None:
    """The paper of that code. Only misses are counted: a room full of people behind one address
    may look at their papers, and guesses stop soon. Raises TooManyMisses."""
    address = throttle.client_address(request)
    if throttle.count(GUESSING, address) >= MISSES:
        raise TooManyMisses
    papers = IssuedPaper.objects.select_related("region", "pokja__region")
    code = read_code(typed)
    paper = papers.filter(code=code).first() if code else None
    if paper is None:
        throttle.note(GUESSING, address)
    return paper


def _refused(request, asked: CodeForm):
    asked.add_error(None, words.TOO_MANY)
    response = _page(request, "papers/form.html", {"form": asked}, TOO_MANY)
    response["Retry-After"] = str(int(throttle.WINDOW.total_seconds()))
    return response


def _page(request, template: str, context: dict, status: int = 200):
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
