"""Guide pages, open to everybody: they say nothing of any region."""

from django.http import Http404, HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.effectiveness.rubrics import rules_for
from apps.guides.criteria import GUIDES
from apps.guides.first_steps import ROLES
from apps.guides.score import guide_of
from apps.verification.reasons import reasons_for

CRUMB = ("Panduan", "/panduan/")


@require_safe
def index(request: HttpRequest):
    """Where to begin, one's own role first; the four criteria; the score."""
    roles = sorted(ROLES.values(), key=lambda each: not _is_own(request, each))
    return render(request, "guides/index.html", {"roles": roles, "guides": GUIDES.values()})


def _is_own(request, steps) -> bool:
    return request.user.is_authenticated and request.user.scope.has_role(*steps.roles)


@require_safe
def criterion(request: HttpRequest, step: str):
    """What a criterion asks for, with papers that are accepted and papers that come back."""
    guide = GUIDES.get(step)
    if guide is None:
        raise Http404("Panduan ini tidak ada.")
    rules = rules_for(timezone.localdate().year)
    weight = rules.weights.get(guide.criterion) if rules else None
    return render(
        request,
        "guides/criterion.html",
        {
            "guide": guide,
            "weight": weight,
            "reasons": reasons_for(guide.kind),
            "others": [each for each in GUIDES.values() if each is not guide],
            "crumbs": [CRUMB, (guide.title, "")],
        },
    )


@require_safe
def first_steps(request: HttpRequest, role: str):
    """The first week of a role, as a numbered list with the pages it needs: as links for those
    they are for (or who may be, once signed in), for others by name, as they might be refused."""
    steps = ROLES.get(role)
    if steps is None:
        raise Http404("Panduan ini tidak ada.")
    return render(
        request,
        "guides/first_steps.html",
        {
            "guide": steps,
            "may_follow": not request.user.is_authenticated or _is_own(request, steps),
            "crumbs": [CRUMB, (steps.title, "")],
        },
    )


@require_safe
def scanning(request: HttpRequest):
    """How to make a scan with a phone that can be read."""
    return render(request, "guides/scanning.html", {"crumbs": [CRUMB, ("Memindai", "")]})


@require_safe
def score(request: HttpRequest):
    """How the score is counted."""
    year = timezone.localdate().year
    return render(request, "guides/score.html", {"year": str(year)} | guide_of(year))


@require_safe
def accessibility(request: HttpRequest):
    """What this portal promises to people who read, see or type differently."""
    return render(request, "guides/accessibility.html")
