"""What one Pokja is worth in one year, as the pages are given it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from apps.effectiveness import formula
from apps.effectiveness.formula import Result
from apps.effectiveness.rubrics import Rules

CRITERIA = ("sk", "rencana_kerja", "indikator", "anggaran")


@dataclass
class Assessment:
    """What one Pokja is worth in one year, seen on ``on``."""

    pokja_id: int
    code: str
    name: str
    region_id: int
    region_code: str
    region_name: str
    region_level: str
    province_id: int
    year: int
    on: date
    results: dict[str, Result]
    kinds: list[str] = field(default_factory=list)
    extra: dict[str, Result] = field(default_factory=dict)  # criteria beside the four
    # None where the year has no usable rubric: "tidak dapat dinilai"
    rules: Rules | None = None
    effective: bool | None = None
    score: int | None = None
    index: Decimal | None = None
    frozen: object = None  # the FrozenScore this was read from, in a closed year

    @property
    def by_rubric(self) -> dict[str, Result]:
        """The criteria of the year's rubric in its order; the four where there is none. To be read
        only: where these are the four, they are ``results``."""
        if self.rules is None or (not self.extra and tuple(self.results) == self.rules.codes):
            return self.results
        found = self.results | self.extra if self.extra else self.results
        return {code: found[code] for code in self.rules.weights}

    @property
    def met(self) -> int:
        return sum(result.is_met for result in self.by_rubric.values())

    @property
    def possible(self) -> int:
        """How many criteria the rubric has."""
        return len(self.results) if self.rules is None else len(self.rules.weights)

    @property
    def statuses(self) -> list[Result]:
        return [self.results[name] for name in CRITERIA]

    def judge(self, rules: Rules) -> None:
        """Effective and score, from the results and the rubric."""
        self.rules = rules
        results = self.by_rubric
        self.effective = formula.is_effective(results, rules.required)
        self.score = formula.score(results, rules.weights)
