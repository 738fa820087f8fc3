"""The second look: what is to be marked, a new draw, a draw with its result."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.access import fetch, login_required, require_role
from apps.accounts.enums import Role
from apps.core.formats import format_date
from apps.regions.models import Region
from apps.reviews import drawing, queries, results, words
from apps.reviews.forms import PROVINCES, DrawForm
from apps.reviews.models import Sample

PER_PAGE = 20
VERIFYING = (Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL)
USUAL_SIZE = 10
USUAL_DAYS = 30


def places_of(user) -> dict:
    """{code: province, or None for the Pokja of the provinces} this person may draw from."""
    regions = Region.objects.for_user(user).provinces().order_by("code")
    places = {region.code: region for region in regions if drawing.may_draw(user, region)}
    return {PROVINCES: None} | places if drawing.may_draw(user, None) else places


@login_required
@require_GET
def samples(request):
    """One's own items to mark first, then the draws of the province."""
    user = request.user
    require_role(user, *VERIFYING)
    page = Paginator(results.samples_for(user), PER_PAGE).get_page(request.GET.get("halaman"))
    looks = queries.looks_to_mark(user)
    return render(
        request,
        "reviews/samples.html",
        {
            "heading": f"{len(looks)} berkas menunggu tinjauan kedua Anda"
            if looks
            else "Tidak ada berkas yang menunggu tinjauan kedua Anda",
            "looks": looks,
            "page": page,
            "lines": [
                (row, results.line_of(row), drawing.may_read(user, row, row.takes_part))
                for row in page
            ],
            "may_draw": user.scope.has_role(*drawing.DRAWING),
        },
    )


@login_required
@require_http_methods(["GET", "POST"])
def draw(request):
    """Ask for a draw: place, period, how many, by whom."""
    user = request.user
    require_role(user, *drawing.DRAWING)
    places = places_of(user)
    people = drawing.people_by_place(places)
    today = timezone.localdate()
    usual = {
        "mulai": format_date(today - timedelta(days=USUAL_DAYS)),
        "sampai": format_date(today),
        "jumlah": USUAL_SIZE,
    }
    form = DrawForm(request.POST or None, places, people, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            return _drawn(request, form)
        except drawing.NothingToDraw as nothing:
            form.add_error(None, str(nothing))
    return render(request, "reviews/draw.html", {"form": form})


def _drawn(request, form):
    kept = form.cleaned_data
    plan = drawing.Plan(
        form.region,
        kept["mulai"],
        kept["sampai"],
        kept["jumlah"],
        kept["jenis"],
        form.verifier,
    )
    sample = drawing.draw_sample(plan, actor=request.user)
    count = min(sample.asked, len(sample.pool))
    told = f"{count} berkas ditarik"
    if count < sample.asked:
        told += f"; hanya {count} yang dapat ditinjau dari {sample.asked} yang diminta"
    messages.success(request, f"{told}. Pemeriksa kedua diberi tahu.")
    return redirect("reviews:sample", sample.pk)


def _sample(request, pk) -> Sample:
    require_role(request.user, *VERIFYING)
    rows = Sample.objects.select_related("region", "drawn_by", "closed_by")
    return fetch(rows, request.user, pk=pk)


@login_required
@require_GET
def sample(request, sample_pk):
    """While it is open only how far it is; the result once all is marked or it was closed."""
    held = _sample(request, sample_pk)
    items = results.items_of(held)
    takes_part = request.user.pk in {item.verifier_id for item in items}
    if not drawing.may_read(request.user, held, takes_part):
        raise PermissionDenied("Tinjauan ini hanya untuk koordinator dan pemeriksanya.")
    found = results.agreement_of(held, items) if held.is_closed else None
    marked = [item for item in items if item.marked_at]
    return render(
        request,
        "reviews/sample.html",
        {
            "sample": held,
            "zone": held.zone,
            "heading": results.heading_of(len(marked), len(items), found),
            "drawn": words.drawn_sentence(held, len(items)),
            "period": words.period_text(held),
            "items": items,
            "progress": results.progress(items),
            "own": [
                item
                for item in items
                if item.verifier_id == request.user.pk and not (item.marked_at or held.is_closed)
            ],
            "found": found,
            "left_out": len(items) - len(marked),
            "disagreements": [item for item in marked if not item.agrees],
            "kinds": results.kind_lines(found) if found else [],
            "values": results.value_lines(found) if found else [],
            "manages": drawing.may_draw(request.user, held.region),
            "repeats": results.repeats(held, items),
        },
    )


@login_required
@require_POST
def close(request, sample_pk):
    """End a draw before all is marked."""
    held = _sample(request, sample_pk)
    drawing.close(held, actor=request.user)
    messages.success(
        request, "Tinjauan ditutup. Hasilnya dihitung dari berkas yang sudah ditandai."
    )
    return redirect("reviews:sample", held.pk)
