"""People: who holds a seat in a Pokja, who has an account, and the officers' verifiers."""

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from apps.accounts.enums import Act, Role
from apps.accounts.models import Assignment
from apps.pokja.models import SeatHolder
from apps.search.hits import Hit
from apps.search.text import squeezed, words_of


def find(user, typed: str, limit: int) -> tuple[list[Hit], int]:
    """Those whose name holds every word, exact ones first, and how many there are; 4 queries."""
    asked = words_of(typed)
    if not asked:
        return [], 0
    posts, holders = accounts_for(user), holders_for(user)
    for word in asked:
        posts = posts.filter(Q(user__full_name__icontains=word) | Q(user__username__icontains=word))
        holders = holders.filter(name__icontains=word)
    total = posts.count() + holders.count()
    hits = [_account_hit(post, user, asked) for post in posts[:limit]]
    hits += [_holder_hit(holder, asked) for holder in holders[: limit - len(hits)]]
    hits.sort(key=lambda hit: not hit.is_exact)
    return hits, total


def accounts_for(user) -> QuerySet[Assignment]:
    """Current posts in scope, and whoever judges what the person's own regions send. Observers
    see no accounts."""
    scope = user.scope
    if not (scope.sees_all or scope.operator_ids or scope.province_ids):
        return Assignment.objects.none()
    rows = Assignment.objects.filter(ended_on=None, user__is_active=True)
    if not scope.sees_all:
        mine = Q(region__in=scope.operator_ids) | Q(region__province__in=scope.province_ids)
        provinces = {post.province_id for post in scope.posts if post.role == Role.OPERATOR}
        mine |= Q(role__in=(Role.VERIFIER, Role.COORDINATOR), region__in=provinces)
        if provinces & scope.operator_ids:
            mine |= Q(role=Role.NATIONAL)
        rows = rows.filter(mine)
    return rows.select_related("user", "region__province").order_by("user__full_name", "id")


def holders_for(user) -> QuerySet[SeatHolder]:
    """Seats in scope; those held now first."""
    rows = SeatHolder.objects.for_user(user).select_related("seat__pokja__region")
    return rows.order_by(F("ended_on").asc(nulls_first=True), "name", "id")


def _account_hit(post, user, asked) -> Hit:
    person = post.user
    manages = post.region is not None and user.scope.can(Act.MANAGE_ACCOUNTS, post.region)
    where = post.region.full_name if post.region else ""
    title = f"{post.get_role_display()} {where}".strip()
    return Hit(
        title=str(person),
        detail=", ".join(filter(None, (title, person.office))),
        url=reverse("accounts:person", args=[person.pk]) if manages else "",
        is_exact=squeezed(asked) in (_plain(person.full_name), _plain(person.username)),
    )


def _holder_hit(holder, asked) -> Hit:
    seat = holder.seat
    ended = "sudah berakhir" if holder.ended_on else ""
    parts = (seat.position, seat.pokja.name, seat.pokja.region.full_name, ended)
    return Hit(
        title=holder.name,
        detail=", ".join(filter(None, parts)),
        url=reverse("filing:pokja_members", args=[seat.pokja_id]),
        is_exact=squeezed(asked) == _plain(holder.name),
    )


def _plain(name: str) -> str:
    return squeezed(words_of(name))
