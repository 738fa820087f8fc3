"""A second public rubric, shipped as a draft: it counts nowhere until somebody publishes it.

"Empat indikator utama" of May 2022 needs no code of its own: each criterion names a check and its
parameters. An administrator may change or delete it; what is gone does not come back.
"""

from django.db import transaction
from django.utils import timezone

from apps.audit.models import Entry
from apps.audit.services import record
from apps.effectiveness.builtin import POINTS, WEIGHT
from apps.effectiveness.models import Rubric, RubricCriterion, RubricPoint
from apps.pokja.enums import FundSource

CODE = "empat-indikator-utama"
LOADED = "Memuat draf rubrik bawaan"
SOURCE = (
    "Deputi Bidang Pengendalian Penduduk BKKBN, wartakencana.com, 27 Mei 2022: Dorong Advokasi "
    "Kebijakan Daerah, BKKBN Integrasikan Pokja Bangga Kencana"
)
DESCRIPTION = (
    "Empat indikator utama Pokja efektif menurut Deputi Bidang Pengendalian Penduduk (2022): "
    "peningkatan skor IPBK, memiliki GDPK, indikator Bangga Kencana dalam dokumen rencana "
    "pembangunan daerah, dan kelembagaan PPKB yang utuh. Bobot, jenis regulasi, dan nama dokumen "
    "adalah usulan portal; sumbernya tidak menyebut angka. Draf ini tidak dipakai menilai sebelum "
    "diterbitkan."
)
# code, name, check, parameters, rule in words
CRITERIA = (
    (
        "ipbk_naik",
        "Skor IPBK meningkat",
        "indikator_naik",
        {"indicator": "ipbk", "by": "region"},
        "Capaian IPBK terverifikasi tahun ini lebih baik daripada tahun sebelumnya; dilaporkan "
        "oleh Pokja mana pun di wilayahnya.",
    ),
    (
        "gdpk",
        "Memiliki GDPK",
        "regulasi_berlaku",
        {"kinds": ["perda", "pergub", "perbup", "perwali"], "topic": "gdpk", "level": "own"},
        "Peraturan daerah atau peraturan kepala daerah tentang GDPK berlaku pada tanggal acuan.",
    ),
    (
        "indikator_dokumen",
        "Indikator dalam dokumen perencanaan",
        "dokumen_memuat_indikator",
        {"documents": ["RPJMD", "RPJPD", "RKPD", "Renstra", "Renja"], "minimum": 1},
        "Paling sedikit satu indikator Bangga Kencana bertarget pada tahun ini menurut dokumen "
        "perencanaan daerah.",
    ),
    (
        "kelembagaan",
        "Kelembagaan PPKB utuh",
        "kelembagaan",
        {"forms": ["mandiri"]},
        "Perangkat daerah yang menangani urusan PPKB berdiri sendiri pada tanggal acuan.",
    ),
)


@transaction.atomic
def load_draft_rubric() -> int:
    """Add the draft once in the life of a database; returns 1 then, else 0."""
    label = Rubric._meta.label_lower
    known = Entry.objects.filter(object_type=label, action=LOADED).exists()
    if known or Rubric.objects.filter(code=CODE).exists():
        return 0
    rubric = Rubric.objects.create(
        code=CODE,
        name="Empat indikator utama (2022)",
        year_from=timezone.localdate().year,
        accepted_sources=list(FundSource.values),
        source=SOURCE,
        description=DESCRIPTION,
    )
    RubricCriterion.objects.bulk_create(
        RubricCriterion(
            rubric=rubric,
            criterion=code,
            name=name,
            check_code=check,
            parameters=parameters,
            weight=WEIGHT,
            rule=rule,
            order=place,
        )
        for place, (code, name, check, parameters, rule) in enumerate(CRITERIA, start=1)
    )
    RubricPoint.objects.bulk_create(
        RubricPoint(rubric=rubric, check_code=code, words=words, order=place)
        for place, (code, words) in enumerate(POINTS, start=1)
    )
    record(LOADED, rubric, actor=None, after={"kode": CODE, "sumber": SOURCE})
    return 1
