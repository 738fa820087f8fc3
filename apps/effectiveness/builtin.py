"""The built-in rubric: the four criteria, 25 each, all required (spec section 5)."""

from django.db import transaction
from django.utils import timezone

from apps.effectiveness.enums import Criterion, RubricStatus
from apps.effectiveness.models import Rubric, RubricCriterion, RubricPoint
from apps.pokja.enums import FundSource

CODE = "empat-kriteria"
WEIGHT = 25
RULES = {
    Criterion.DECREE: "SK terverifikasi yang membentuk Pokja ini berlaku pada tanggal acuan.",
    Criterion.PLAN: "Rencana kerja terverifikasi terbaru untuk tahun ini memuat paling sedikit "
    "satu kegiatan.",
    Criterion.INDICATORS: "Himpunan indikator terverifikasi untuk tahun ini memuat paling sedikit "
    "satu indikator katalog dengan target.",
    Criterion.BUDGET: "Pagu Pokja pada tahap anggaran terverifikasi terakhir (murni, pergeseran, "
    "perubahan) dari sumber dana yang diterima lebih dari nol.",
}
POINTS = (
    ("sk_terpenuhi", "SK berlaku"),
    ("sk_kepala_daerah", "Ditandatangani kepala daerah atau atas namanya"),
    ("sk_masa_panjang", "Berlaku paling sedikit 3 tahun atau masih 180 hari"),
    ("sk_lintas_sektor", "Anggota dari unsur pemerintah dan nonpemerintah"),
    ("rk_terpenuhi", "Rencana kerja terverifikasi"),
    ("rk_lengkap", "Setiap kegiatan punya keluaran, target, waktu, dan penanggung jawab"),
    ("rk_indikator", "Setiap kegiatan terhubung ke indikator"),
    ("rk_jadwal", "Realisasi fisik tidak tertinggal dari jadwal"),
    ("in_terpenuhi", "Indikator terverifikasi"),
    ("in_lengkap", "Semua indikator punya capaian awal, target, dan sumber"),
    ("in_dilaporkan", "Capaian triwulan terakhir yang jatuh tempo sudah dilaporkan"),
    ("in_capaian", "Rata-rata capaian paling sedikit 90%"),
    ("an_terpenuhi", "Anggaran terverifikasi"),
    ("an_dokumen", "Dokumen dasar dan halamannya disebut"),
    ("an_apbd", "APBD termasuk sumber dana"),
    ("an_serapan", "Serapan tidak tertinggal dari kalender"),
)


@transaction.atomic
def load_builtin_rubric() -> int:
    """Add the built-in rubric when it is missing; returns 1 then, else 0 (nothing is changed)."""
    rubric, created = Rubric.objects.get_or_create(
        code=CODE,
        defaults={
            "name": "Empat kriteria dasar",
            "year_from": 2015,
            "status": RubricStatus.PUBLISHED,
            "published_at": timezone.now(),
            "accepted_sources": list(FundSource.values),
        },
    )
    if not created:
        return 0
    RubricCriterion.objects.bulk_create(
        RubricCriterion(rubric=rubric, criterion=criterion, weight=WEIGHT, rule=rule, order=place)
        for place, (criterion, rule) in enumerate(RULES.items(), start=1)
    )
    RubricPoint.objects.bulk_create(
        RubricPoint(rubric=rubric, check_code=code, words=words, order=place)
        for place, (code, words) in enumerate(POINTS, start=1)
    )
    return 1
