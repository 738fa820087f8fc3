"""Asking for a follow-up, and the page of one."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import fetch, login_required, require_role
from apps.deadlines.formula import add_working_days, is_working_day
from apps.deadlines.queries import holidays, local_today
from apps.discussion import follow_ups, queries, words
from apps.discussion.forms import CancelForm, DoneForm, FollowUpForm, JudgeForm
from apps.discussion.items import first_pokja, item_address
from apps.discussion.models import FollowUp
from apps.discussion.people import WRITERS, role_of, talkers_of
from apps.discussion.views.talk import item_of, number
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.verification.models import Evidence

SUGGESTED = (3, 10)  # working days


@dataclass(frozen=True)
class About:
    """What a new follow-up is about: an item, a Pokja, or a region as a whole."""

    region: Region
    evidence: Evidence | None = None
    pokja: Pokja | None = None

    @property
    def query(self) -> str:
        """The same in an address."""
        if self.evidence:
            return f"?bukti={self.evidence.pk}"
        return f"?pokja={self.pokja.pk}" if self.pokja else f"?wilayah={self.region.code}"

    @property
    def name(self) -> str:
        if self.evidence:
            return words.item_name(self.evidence)
        where = self.region.full_name
        return f"{self.pokja.name}, {where}" if self.pokja else where


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """``?bukti=``, ``?pokja=`` or ``?wilayah=`` names what it is about; else one chooses."""
    require_role(request.user, *WRITERS)
    about = _about(request)
    if about is None:
        return render(
            request, "discussion/choose_region.html", {"regions": regions_of(request.user)}
        )
    if not role_of(request.user, about.region):
        raise PermissionDenied(follow_ups.READS_ONLY)
    closed = holidays()
    form = _form(request, about, closed)
    if request.method != "POST" or not form.is_valid():
        return render(request, "discussion/ask.html", {"form": form, "about": about})
    made = follow_ups.ask(
        about.region,
        form.cleaned_data["tugas"],
        owner=form.owner,
        due_on=form.cleaned_data["tenggat"],
        actor=request.user,
        token=form.cleaned_data["kunci"],
        evidence=about.evidence,
        pokja=about.pokja or form.chosen_pokja,
    )
    messages.success(request, f"Tindak lanjut tercatat untuk {made.owner}.")
    if not is_working_day(made.due_on, closed):
        following = add_working_days(made.due_on, 1, closed)
        messages.info(request, words.day_off_hint(made.due_on, following))
    return redirect("discussion:follow_up", made.pk)


def regions_of(user) -> list[Region]:
    """Where this person may ask: their own regions; for the national office the provinces."""
    rows = Region.objects.with_pokja_level().for_user(user).order_by("code")
    if user.scope.sees_all:
        rows = rows.provinces()
    return [region for region in rows if role_of(user, region)]


def _about(request) -> About | None:
    """Read the address; 404 for what is not in scope. None where it names nothing and there is
    more than one region to choose from."""
    query, user = request.GET, request.user
    if key := query.get("bukti"):
        evidence = item_of(request, number(key))
        return About(evidence.region, evidence, first_pokja(evidence))
    if key := query.get("pokja"):
        pokja = fetch(Pokja.objects.select_related("region__province"), user, pk=number(key))
        return About(pokja.region, pokja=pokja)
    if code := query.get("wilayah"):
        rows = Region.objects.with_pokja_level().select_related("province")
        return About(fetch(rows, user, code=code[:13].replace("\x00", "")))
    regions = regions_of(user)
    return About(regions[0]) if len(regions) == 1 else None


def _form(request, about: About, closed) -> FollowUpForm:
    today = local_today(about.region)
    pokja = []
    if about.evidence is None and about.pokja is None:
        pokja = Pokja.objects.for_user(request.user).filter(region=about.region).active_on(today)
    return FollowUpForm(
        request.POST if request.method == "POST" else None,
        talkers=talkers_of(about.region),
        pokja=pokja,
        today=today,
        suggested={count: add_working_days(today, count, closed) for count in SUGGESTED},
    )


# --- the page of one -------------------------------------------------------------------------


@login_required
@require_safe
def follow_up(request, follow_pk):
    """What is asked, who does it until when, what happened, and what I can do about it."""
    return follow_up_page(request, one(request, follow_pk))


def one(request, pk) -> FollowUp:
    return fetch(queries.follow_ups_in_scope(request.user), request.user, pk=pk)


def follow_up_page(request, found: FollowUp, **bound):
    """``bound``: a form with mistakes (done, judge_form or cancel_form) in place of a fresh one."""
    user, seen = request.user, {"revision": found.revision}
    evidence = found.evidence
    if evidence:
        evidence.region = found.region
    forms = {
        "done": DoneForm(initial=seen) if follow_ups.may_finish(found, user) else None,
        "judge_form": None,
        "cancel_form": None,
    }
    if found.is_done and not follow_ups.judge_refusal(found, user):
        forms["judge_form"] = JudgeForm(initial=seen)
    if found.is_open and not follow_ups.cancel_refusal(found, user):
        forms["cancel_form"] = CancelForm(initial=seen, auto_id="batal-%s")
    today = local_today(found.region)
    return render(
        request,
        "discussion/follow_up.html",
        {
            "found": found,
            "zone": found.region.timezone_label,
            "lateness": words.lateness(found, today),
            "is_late": found.late_days(today) > 0,
            "events": queries.story_of(found),
            "item_url": item_address(evidence, found.pokja, user)
            if evidence and found.pokja
            else "",
            "is_own": found.owner_id == user.pk,
            "form": next(iter(bound.values()), None),
            **forms,
            **bound,
        },
    )
