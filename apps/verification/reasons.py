"""The coded reasons the portal starts with; administrators change and add to them."""

from apps.verification.enums import Kind
from apps.verification.models import ReturnReason

# code, kind (empty: for every kind), reason, how to repair it
REASONS = (
    (
        "sk-lampiran",
        Kind.DECREE,
        "Lampiran susunan anggota belum ada",
        "Unggah SK lengkap dengan lampiran",
    ),
    (
        "sk-tanda-tangan",
        Kind.DECREE,
        "Tanda tangan atau cap tidak jelas",
        "Pindai ulang halaman tanda tangan, atau unggah salinan yang disahkan Bagian Hukum",
    ),
    ("sk-nomor", Kind.DECREE, "Nomor SK berbeda dengan berkas", "Salin persis dari kepala SK"),
    (
        "sk-tanggal",
        Kind.DECREE,
        "Tanggal berbeda dengan berkas",
        "Samakan tanggal ditetapkan dan masa berlaku dengan SK",
    ),
    (
        "sk-tidak-terbaca",
        Kind.DECREE,
        "Hasil pindai tidak terbaca",
        "Pindai ulang dengan 200–300 dpi, lalu unggah lagi",
    ),
    (
        "rk-penanggung-jawab",
        Kind.WORK_PLAN,
        "Kegiatan belum ada penanggung jawab",
        "Pilih penanggung jawab dari anggota pada SK",
    ),
    (
        "rk-waktu",
        Kind.WORK_PLAN,
        "Waktu pelaksanaan belum lengkap",
        "Pilih paling sedikit satu triwulan untuk setiap kegiatan",
    ),
    ("rk-keluaran", Kind.WORK_PLAN, "Keluaran tidak terukur", "Isi target dan satuan keluaran"),
    (
        "in-sumber",
        Kind.INDICATOR_SET,
        "Sumber data belum disebut",
        "Tulis nama dan tahun sumber data",
    ),
    (
        "in-target",
        Kind.INDICATOR_SET,
        "Target tidak wajar",
        "Bandingkan dengan capaian tahun lalu dan target provinsi",
    ),
    (
        "an-halaman",
        Kind.BUDGET,
        "Halaman DPA belum disebut",
        "Tulis nomor halaman yang memuat sub kegiatan",
    ),
    (
        "an-bukti",
        Kind.BUDGET,
        "Bukti anggaran belum sesuai",
        "Unggah halaman DPA yang memuat sub kegiatan, bukan SK saja",
    ),
    ("an-nilai", Kind.BUDGET, "Nilai berbeda dengan dokumen", "Samakan nilai dengan DPA atau DPPA"),
    (
        "nihil-alasan",
        Kind.NIL,
        "Alasan belum cukup jelas",
        "Jelaskan sebab dan rencana tindak lanjut",
    ),
)


def load_return_reasons() -> int:
    """Add the reasons that are missing; edited ones stay. Returns how many were added."""
    known = set(ReturnReason.objects.values_list("code", flat=True))
    missing = [
        ReturnReason(code=code, kind=kind, label=label, advice=advice, order=10 * place)
        for place, (code, kind, label, advice) in enumerate(REASONS, start=1)
        if code not in known
    ]
    ReturnReason.objects.bulk_create(missing)
    return len(missing)


def reasons_for(kind: str):
    """The coded reasons in use for a kind of evidence."""
    return ReturnReason.objects.filter(is_active=True, kind__in=("", kind))
