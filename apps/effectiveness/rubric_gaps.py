"""What a draft rubric still lacks: each gap is a sentence with its repair, and names its field."""

from typing import NamedTuple

from apps.core.forms import in_sentence
from apps.effectiveness import criteria, maturity
from apps.effectiveness.enums import Criterion
from apps.effectiveness.rubrics import BASE
from apps.pokja.enums import FundSource, PokjaKind

WHOLE = 100
CLASS_LIMITS = 3  # four classes: Dasar, Berkembang, Mandiri, Berkelanjutan


class Gap(NamedTuple):
    """``field``: id of the field on the page of the draft that closes the gap."""

    field: str
    text: str


def gaps_of(plain: dict) -> list[Gap]:
    """The gaps of a rubric given as plain data, in the order of its page.

    Queries: 1 for each criterion that names an indicator."""
    return [
        *_head_gaps(plain),
        *_criteria_gaps(plain["kriteria"]),
        *_source_gaps(plain),
        *_class_gaps(plain),
    ]


def criterion_name(row: dict) -> str:
    """How a criterion of the plain data is called."""
    return row["nama"] or dict(Criterion.choices).get(row["kode"], row["kode"])


def _head_gaps(plain) -> list[Gap]:
    found = []
    if not plain["nama"]:
        found.append(Gap("id_name", "Isi nama rubrik"))
    if plain["tahun_selesai"] is not None and plain["tahun_selesai"] < plain["tahun_mulai"]:
        found.append(
            Gap("id_year_to", f"Tahun akhir tidak boleh sebelum tahun awal {plain['tahun_mulai']}")
        )
    return found


def _criteria_gaps(rows) -> list[Gap]:
    if not rows:
        return [Gap("id_kriteria-0-check", "Tambah paling sedikit satu kriteria")]
    found = []
    for place, row in enumerate(rows):
        found += _criterion_gaps(row, f"id_kriteria-{place}")
    if not any(row["wajib"] for row in rows):
        text = "Tandai paling sedikit satu kriteria sebagai wajib; tanpa itu efektif tidak berarti"
        found.append(Gap("id_kriteria-0-is_required", text))
    if weight_gap := _weight_gap(sum(row["bobot"] for row in rows)):
        found.append(Gap("id_kriteria-0-weight", weight_gap))
    return found


def _weight_gap(total: int) -> str:
    if total == WHOLE:
        return ""
    repair = f"Tambah {WHOLE - total} pada" if total < WHOLE else f"Kurangi {total - WHOLE} dari"
    return f"Jumlah bobot {total}; harus 100. {repair} salah satu kriteria"


def _criterion_gaps(row, prefix) -> list[Gap]:
    name, check = criterion_name(row), row["pemeriksaan"]
    if check in BASE:
        if row["kode"] != check:
            return [Gap(f"{prefix}-check", f"Kriteria {name}: kodenya harus “{check}”")]
    elif row["kode"] in BASE:
        text = f"Kriteria {name}: kode “{row['kode']}” hanya untuk kriteria dasar"
        return [Gap(f"{prefix}-check", text)]
    elif check not in criteria.CHECKS:
        text = f"Kriteria {name}: pemeriksaan “{check}” tidak dikenal. Pilih dari daftar"
        return [Gap(f"{prefix}-check", text)]
    return [
        Gap(_parameter_field(prefix, check, fault), f"Kriteria {name}: {in_sentence(fault)}")
        for fault in criteria.validate_parameters(check, row["parameter"])
    ]


def _parameter_field(prefix: str, check: str, fault: str) -> str:
    """The field of the parameter a fault speaks of; that of the check where it names none."""
    labels = criteria.CHECKS[check].parameters if check in criteria.CHECKS else {}
    named = [name for name, label in labels.items() if label.lower() in fault.lower()]
    return f"{prefix}-p_{named[0]}" if named else f"{prefix}-check"


def _source_gaps(plain) -> list[Gap]:
    field, sources = "id_accepted_sources", plain["sumber_dana"]
    if not sources and any(row["pemeriksaan"] == Criterion.BUDGET for row in plain["kriteria"]):
        text = "Pilih paling sedikit satu sumber dana yang diterima untuk kriteria anggaran"
        return [Gap(field, text)]
    found = [
        Gap(field, f"Sumber dana “{each}” tidak dikenal. Pilih dari daftar")
        for each in sources
        if each not in FundSource.values
    ]
    return found + [
        Gap("id_expected_kinds", f"Jenis Pokja “{each}” tidak dikenal. Pilih dari daftar")
        for each in plain["jenis_diharapkan"]
        if each not in PokjaKind.values
    ]


def _class_gaps(plain) -> list[Gap]:
    found = []
    limits = plain["batas_kelas"]
    rising = all(low < high for low, high in zip([0, *limits], [*limits, 101], strict=True))
    if len(limits) != CLASS_LIMITS:
        found.append(Gap("id_limit_1", "Isi tiga batas kelas kematangan, misalnya 40, 60, 80"))
    elif not rising:
        told = ", ".join(str(each) for each in limits)
        text = f"Batas kelas harus naik, di atas 0 sampai 100; sekarang {told}"
        found.append(Gap("id_limit_1", text))
    unknown = [r["pemeriksaan"] for r in plain["poin"] if r["pemeriksaan"] not in maturity.CHECKS]
    found += [
        Gap("id_limit_1", f"Poin kematangan “{each}” tidak dikenal; hapus dari berkas rubrik")
        for each in unknown
    ]
    if not sum(row["poin"] for row in plain["poin"]):
        found.append(Gap("id_poin-sk_terpenuhi", "Beri nilai pada paling sedikit satu poin"))
    return found + [
        Gap(f"id_bunyi-{row['pemeriksaan']}", f"Tulis bunyi poin “{row['pemeriksaan']}”")
        for row in plain["poin"]
        if row["poin"] and not row["bunyi"]
    ]
