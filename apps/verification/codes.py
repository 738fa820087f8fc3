"""The name of a family of versions. Pure: no Django."""

from uuid import UUID, uuid5

# Any fixed UUID would do; a change of it would split every family in two.
_NAMESPACE = UUID("6f0c3b1e-9d0a-5b7e-8f55-2a4c1f7f9b26")


def family_of(kind: str, *parts) -> UUID:
    """The family of an item that exists once for its parts (Pokja id, year, stage …).

    The same for the pages and the importer, so that two people who start the same item at the
    same moment meet at a constraint. Decrees have no such key: their family is a uuid4.
    """
    return uuid5(_NAMESPACE, ":".join([str(kind), *map(str, parts)]))
