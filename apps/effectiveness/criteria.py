"""Checks beside the four kinds of evidence: over any fact the portal holds (spec section 5).

A rubric names a check and its parameters as data; here stands which there are, and how a rule is
said in words. How each is decided, for many Pokja at once: ``criteria_register``,
``criteria_indicators``, ``criteria_points``. The four base criteria are decided by ``formula``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from apps.effectiveness import builtin, criteria_points, maturity
from apps.effectiveness.criteria_indicators import (
    OWN_POKJA,
    WHOLE_REGION,
    documents_name_indicators,
    indicator_improved,
)
from apps.effectiveness.criteria_register import (
    ANY,
    OWN,
    PROVINCE,
    agreement_in_force,
    institution_form,
    regulation_in_force,
)
from apps.effectiveness.formula import EMPTY, Result
from apps.effectiveness.rubrics import BASE, CriterionRule, Rules
from apps.effectiveness.situation import Situation, words
from apps.indicators.models import Indicator
from apps.regulations.codes import topic_label, topic_slug
from apps.regulations.enums import AgreementKind, InstitutionForm, RegulationKind

LEVELS = {OWN: "daerah sendiri", PROVINCE: "provinsi", ANY: "daerah, provinsi, atau nasional"}
REPORTERS = {OWN_POKJA: "Pokja ini", WHOLE_REGION: "Pokja mana pun di wilayahnya"}
MOST_INDICATORS = 100


@dataclass(frozen=True)
class Check:
    """A check: its words, what its parameters may be, and how it is decided.

    ``decide(situation, parameters)`` gives a Result for each Pokja id it can tell about, in a
    constant number of queries; a Pokja it leaves out has not filled it in. ``choices`` lists the
    words a parameter takes (value -> label); ``several`` names parameters that take a list,
    ``needed`` those that must be there. ``place`` is the page where the fact is put in (name of
    its URL), ``criterion`` the kind of evidence to be mended where the fact is evidence.
    """

    code: str
    label: str
    decide: Callable[[Situation, dict], dict[int, Result]]
    parameters: dict[str, str]  # name -> label
    choices: dict[str, dict[str, str]] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset()
    place: str = ""
    criterion: str = ""


CHECKS: dict[str, Check] = {
    check.code: check
    for check in (
        Check(
            "regulasi_berlaku",
            "Regulasi tentang suatu topik berlaku",
            regulation_in_force,
            {"kinds": "Jenis regulasi", "topic": "Topik", "level": "Ditetapkan oleh"},
            choices={"kinds": dict(RegulationKind.choices), "level": LEVELS},
            several=frozenset({"kinds"}),
            needed=frozenset({"topic"}),
            place="regulations:list",
        ),
        Check(
            "kesepakatan_berlaku",
            "Nota kesepahaman atau perjanjian kerja sama berlaku",
            agreement_in_force,
            {"kinds": "Jenis kesepakatan", "topic": "Topik", "level": "Dibuat oleh"},
            choices={"kinds": dict(AgreementKind.choices), "level": LEVELS},
            several=frozenset({"kinds"}),
            place="regulations:agreements",
        ),
        Check(
            "indikator_naik",
            "Capaian indikator membaik dari tahun sebelumnya",
            indicator_improved,
            {"indicator": "Kode indikator", "by": "Dilaporkan oleh"},
            choices={"by": REPORTERS},
            needed=frozenset({"indicator"}),
            criterion="indikator",
        ),
        Check(
            "kelembagaan",
            "Bentuk perangkat daerah yang menangani PPKB",
            institution_form,
            {"forms": "Bentuk yang diterima"},
            choices={"forms": dict(InstitutionForm.choices)},
            several=frozenset({"forms"}),
            needed=frozenset({"forms"}),
            place="regulations:institutions",
        ),
        Check(
            "dokumen_memuat_indikator",
            "Dokumen perencanaan memuat target indikator",
            documents_name_indicators,
            {"documents": "Nama dokumen memuat kata", "minimum": "Paling sedikit berapa indikator"},
            several=frozenset({"documents"}),
            needed=frozenset({"documents"}),
        ),
        *(
            Check(
                f"{criteria_points.PREFIX}{code}",
                f"Poin kematangan: {label}",
                criteria_points.decide(code),
                {},
                criterion=maturity.CHECKS[code][0],
            )
            for code, label in builtin.POINTS
        ),
    )
}


def add_extra(
    assessments: list,
    active,
    year: int,
    on: date,
    rules: Rules,
    known: datetime | None = None,
) -> None:
    """Fill ``extra`` of every assessment: one Result for each criterion beside the four.

    ``active`` is the queryset of the Pokja assessed; their four results must be there. A check
    that is not known, or whose parameters are wrong, leaves every Pokja "belum mengisi".
    """
    situation = Situation(assessments, active, year, on, known)
    for rule in rules.extra:
        check = CHECKS.get(rule.check)
        sound = check is not None and not _faults(check, rule.parameters)
        found = check.decide(situation, rule.parameters) if sound else {}
        for item in assessments:
            item.extra[rule.code] = found.get(item.pokja_id, Result(EMPTY))


# --- parameters ------------------------------------------------------------------------------


def validate_parameters(check: str, parameters) -> list[str]:
    """What is wrong with the parameters of a check (its code), as sentences; at most 1 query."""
    if check in BASE:
        return ["Kriteria dasar tidak memakai parameter"] if parameters else []
    if check not in CHECKS:
        return [f"Pemeriksaan “{check}” tidak dikenal"]
    found = _faults(CHECKS[check], parameters)
    if not found and check == "indikator_naik":
        code = parameters["indicator"]
        if not Indicator.objects.filter(code=code).exists():
            found.append(f"Kode indikator “{code}” tidak ada dalam katalog")
    return found


def _faults(check: Check, parameters) -> list[str]:
    """Wrong parameters as far as they can be told without the database."""
    if not isinstance(parameters, dict):
        return ["Parameter harus berupa pasangan nama dan nilai"]
    found = [
        f"Parameter “{name}” tidak dikenal pada pemeriksaan ini"
        for name in parameters
        if name not in check.parameters
    ]
    for name, label in check.parameters.items():
        found += _value_faults(check, name, label, parameters.get(name))
    return found


def _value_faults(check: Check, name: str, label: str, value) -> list[str]:
    if value in (None, "", []):
        return [f"Isi {label.lower()}"] if name in check.needed else []
    if name in check.several:
        given = words(value) if isinstance(value, str | list | tuple) else None
    else:
        given = [str(value)] if isinstance(value, str | int) else None
    if not given or isinstance(value, bool):
        return [f"{label}: nilainya tidak terbaca"]
    if choices := check.choices.get(name):
        return [
            f"{label}: “{word}” tidak dikenal. Pilihan: {', '.join(choices)}"
            for word in given
            if word not in choices
        ]
    return _own_faults(name, label, given)


def _own_faults(name: str, label: str, given: list[str]) -> list[str]:
    if name == "topic":
        try:
            slug = topic_slug(given[0])
        except ValueError as error:
            return [str(error)]
        return [] if slug == given[0] else [f"{label}: tulis “{slug}”"]
    if name == "minimum":
        number = given[0]
        sound = number.isascii() and number.isdecimal() and 1 <= int(number) <= MOST_INDICATORS
        return [] if sound else [f"{label}: isi angka 1 sampai {MOST_INDICATORS}"]
    return []


# --- words -----------------------------------------------------------------------------------


def words_of(rule: CriterionRule) -> str:
    """A criterion's rule in words: those the rubric gives, else made from check and parameters."""
    if rule.words:
        return rule.words
    if rule.is_base:
        return builtin.RULES[rule.check]
    check = CHECKS.get(rule.check)
    if check is None:
        return f"Pemeriksaan “{rule.check}” tidak dikenal portal ini."
    told = [
        f"{label.lower()}: {_shown(check, name, rule.parameters[name])}"
        for name, label in check.parameters.items()
        if rule.parameters.get(name)
    ]
    return f"{check.label} ({'; '.join(told)})." if told else f"{check.label}."


def _shown(check: Check, name: str, value) -> str:
    if name == "topic":
        return topic_label(str(value))
    choices = check.choices.get(name, {})
    given = words(value) if name in check.several else [str(value)]
    return ", ".join(choices.get(word, word) for word in given)
