"""Related rows that a list may have brought along already."""


def related_rows(owner, name: str, *joins: str) -> list:
    """The rows of a reverse relation: those prefetched, else read now with these joins."""
    rows = getattr(owner, name)
    if name in getattr(owner, "_prefetched_objects_cache", {}):
        return list(rows.all())
    return list(rows.select_related(*joins) if joins else rows.all())
