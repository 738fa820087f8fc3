"""The one way to leave a trace. One mechanism for all apps: explicit calls where a consequence
happens, since rows written in bulk or by a conditional UPDATE pass any automatic hook unseen."""

from apps.audit.chain import link_after_commit
from apps.audit.models import Entry
from apps.regions.codes import timezone_label


def record(
    action: str, obj, *, actor, role="", region=None, before=None, after=None, reason=""
) -> Entry:
    """Append one entry inside the caller's transaction.

    ``actor`` is None for the command line. Only changed keys of ``before``/``after`` are kept.
    """
    entry = _entry(
        action,
        obj,
        actor=actor,
        role=role,
        region=region,
        before=before,
        after=after,
        reason=reason,
    )
    entry.save(force_insert=True)
    link_after_commit(entry.pk)
    return entry


def record_many(traces, *, actor, role_in, reason="") -> None:
    """The same for the many records of one imported file, in few statements.

    ``traces`` have action, subject, region, before and after; ``role_in(region)`` names the role
    the actor acts in there.
    """
    entries = Entry.objects.bulk_create(
        [
            _entry(
                item.action,
                item.subject,
                actor=actor,
                role=role_in(item.region),
                region=item.region,
                before=item.before,
                after=item.after,
                reason=reason,
            )
            for item in traces
        ],
        batch_size=1000,
    )
    if entries:
        link_after_commit(entries[0].pk)


def columns_of(row, without=()) -> dict:
    """What the trail keeps of a row: its columns but the key and those of ``without``; another
    row that it points to by that one's words (1 query each where it is not loaded)."""
    return {
        field.name: str(getattr(row, field.name) or "")
        if field.is_relation
        else getattr(row, field.name)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in without
    }


def _entry(action, obj, *, actor, role, region, before, after, reason) -> Entry:
    before, after = dict(before or {}), dict(after or {})
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return Entry(
        zone=zone_of(actor, region),
        actor=actor,
        role=role,
        region=region,
        action=action[:60],
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(obj)[:255],
        before={key: _plain(before.get(key)) for key in changed if key in before},
        after={key: _plain(after.get(key)) for key in changed if key in after},
        reason=reason,
    )


def zone_of(actor, region=None) -> str:
    """The clock of the actor's post, else of the region it is about. What the scope does not know
    yet is not asked for: that would fix the scope before the change that is being recorded."""
    own = vars(actor) if actor is not None else {}
    own = getattr(own.get("_wrapped"), "__dict__", own)  # request.user is a lazy one
    scope = own.get("scope")
    post = scope.main_post if scope else None
    if post is not None and post.region_code:
        return timezone_label(post.region_code)
    return timezone_label(region.code) if region is not None else "WIB"


def _plain(value):
    """What JSON can hold; dates, amounts and objects as their text."""
    plain = value is None or isinstance(value, str | int | bool | list | dict)
    return value if plain else str(value)
