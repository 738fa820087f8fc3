"""Examples: what regions share, one shared item with its file, and sharing one's own.

Every address of a shared item asks anew whether the share is running: it answers 404 from the
moment it is not.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.access import fetch, login_required, require
from apps.accounts.enums import Act, Role
from apps.audit.services import record
from apps.documents.views import send_file, send_page
from apps.evidence.kinds import adapter_for
from apps.evidence.queries import pokja_of
from apps.examples import services
from apps.examples.listing import KINDS, filters_from, finding, page_of
from apps.examples.models import Share
from apps.examples.queries import running_shares
from apps.pokja.enums import PokjaKind
from apps.regions.models import Region
from apps.verification.enums import Kind
from apps.verification.models import Evidence

MOST_PAGES = 40  # images of one document on the page; the rest opens as PDF
OPENED = "Membuka berkas yang dibagikan"
NO_POST = "Contoh antarwilayah terbuka setelah Anda mendapat penugasan."


@require_safe
@login_required
def examples(request):
    """What can be learned from other regions? All that is shared, to be narrowed."""
    if not request.user.scope.may_read_shared:
        raise PermissionDenied(NO_POST)
    provinces = list(Region.objects.provinces().order_by("code"))
    filters = filters_from(request.GET, provinces)
    page = page_of(request.user, filters, request.GET.get("halaman"))
    return render(
        request,
        "examples/list.html",
        {
            "filters": filters,
            "page": page,
            "heading": finding(page.paginator.count, filters),
            "kinds": KINDS.items(),
            "pokja_kinds": PokjaKind.choices,
            "provinces": provinces,
            "shows_mine": not request.user.scope.sees_all,
            "shares_own": request.user.scope.has_role(Role.OPERATOR),
        },
    )


@require_safe
@login_required
def shared(request, share_pk):
    """One shared item as other regions may read it: what it says, its rows, its file."""
    found = _running(request.user, share_pk)
    evidence = found.evidence
    adapter = adapter_for(evidence)
    document = adapter.document(evidence)
    return render(
        request,
        "examples/shared.html",
        {
            "share": found,
            "evidence": evidence,
            "region": evidence.region,
            "zone": evidence.region.timezone_label,
            "label": adapter.label,
            "facts": [fact for fact in adapter.facts(evidence) if fact.value],
            "table": adapter.table(evidence),
            "row_name": adapter.row_name.lower(),
            # an SK names its Pokja, and what it does to them, among its facts
            "pokja": pokja_of(evidence) if evidence.kind != Kind.DECREE else [],
            "document": document,
            "more_pages": range(2, min(document.pages, MOST_PAGES) + 1) if document else (),
            "may_stop": request.user.scope.can(Act.EDIT, evidence.region),
            "crumbs": [
                ("Contoh", reverse("examples:list")),
                (evidence.region.full_name, ""),
            ],
        },
    )


@require_safe
@login_required
def shared_file(request, share_pk):
    """The shared PDF; every reading is on record."""
    return send_file(request, _document(request.user, share_pk), log=_log)


@require_safe
@login_required
def shared_page(request, share_pk, number):
    """One page of it. A browser asks each time: what it kept would outlive the share."""
    document = _document(request.user, share_pk)
    return send_page(request, document, number, kept=False, log=_log)


def _running(user, share_pk) -> Share:
    return fetch(Share.objects.select_related("evidence__region__province"), user, pk=share_pk)


def _document(user, share_pk):
    evidence = _running(user, share_pk).evidence
    document = adapter_for(evidence).document(evidence)
    if document is None:
        raise Http404("Contoh ini tidak memiliki berkas.")
    return document


def _log(document, *, actor) -> None:
    """Who of which role opened it; somebody of another region holds none in that of the file."""
    post = actor.scope.main_post
    roles = sorted(actor.scope.roles_in(document.region)) or [post.role if post else ""]
    record(OPENED, document, actor=actor, role=roles[0], region=document.region)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def share(request, evidence_pk):
    """Before sharing: what others will see. The button shares."""
    rows = Evidence.objects.select_related("region__province")
    evidence = fetch(rows, request.user, pk=evidence_pk)
    require(request.user, Act.EDIT, evidence.region)
    if request.method == "POST":
        found, begun = services.share(evidence, actor=request.user)
        told = "kini dapat dibaca petugas daerah lain" if begun else "sudah dibagikan"
        messages.success(request, f"{evidence.title} {told}.")
        return redirect("examples:shared", found.pk)
    if running := running_shares([evidence.pk]).get(evidence.pk):
        return redirect("examples:shared", running.pk)
    adapter = adapter_for(evidence)
    context = {
        "evidence": evidence,
        "region": evidence.region,
        "label": adapter.label,
        "document": adapter.document(evidence),
        "may_be_shared": services.may_be_shared(evidence),
        "back": reverse("filing:item", args=[evidence.pk]),
    }
    return render(request, "examples/share.html", context)


@require_POST
@login_required
def stop(request, share_pk):
    """Stop sharing; a second click is told that it is done."""
    rows = Share.objects.select_related("evidence__region__province")
    own = rows.filter(request.user.scope.rows(Share), pk=share_pk).first()
    found = own or _running(request.user, share_pk)
    services.stop(found, actor=request.user)
    messages.success(request, f"{found.evidence.title} tidak lagi dibagikan.")
    return redirect(f"{reverse('examples:list')}?milik=saya")
