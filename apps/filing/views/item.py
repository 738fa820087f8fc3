"""One address for a piece of evidence, whoever asks: it leads to where that person works on it."""

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.accounts.access import fetch, login_required
from apps.accounts.enums import Act, Role
from apps.evidence.kinds import adapter_for
from apps.evidence.queries import pokja_of, year_of
from apps.verification.enums import Kind
from apps.verification.models import Evidence

CHECKING = {Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL, Role.ADMIN}


@login_required
@require_GET
def item(request, item_pk):
    """The checking screen for those who judge, the step for officers, else the Pokja's year."""
    user = request.user
    evidence = fetch(Evidence.objects.select_related("region"), user, pk=item_pk)
    if user.scope.roles_in(evidence.region) & CHECKING:
        return redirect("checking:item", evidence.pk)
    pokja, year = pokja_of(evidence)[0], year_of(evidence)
    if not user.scope.can(Act.EDIT, evidence.region):
        return redirect("filing:pokja_year", pokja.pk, year)
    step = adapter_for(evidence).step
    if evidence.kind == Kind.NIL:
        return redirect("filing:nil" if evidence.is_open else "filing:step", pokja.pk, year, step)
    return redirect(f"{reverse('filing:step', args=[pokja.pk, year, step])}?bukti={evidence.pk}")
