"""What a search finds: hits, in groups."""

from dataclasses import dataclass, field

SHOWN, MOST = 10, 100  # of a group on the page of all groups, and on the page of its own


@dataclass(frozen=True)
class Hit:
    """One line: what it is, a word about it, and where it leads ("" nowhere)."""

    title: str
    detail: str = ""
    url: str = ""
    is_exact: bool = False


@dataclass
class Group:
    """The hits of one sort, the best first. ``total`` counts those that are not shown, too."""

    key: str  # in the address
    label: str
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    more_url: str = ""  # the list of all, where there are more than shown

    @property
    def has_more(self) -> bool:
        return self.total > len(self.hits)
