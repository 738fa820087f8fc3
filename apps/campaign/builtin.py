"""The texts the portal starts with; administrators change them."""

from apps.campaign.enums import LetterKind
from apps.campaign.models import LetterTemplate

_GREETING = "Yth. Bapak/Ibu pengelola Pokja Bangga Kencana {daerah},"
_HOW = "Isian dan panduan ada di {tautan}."
DEFAULTS = {
    LetterKind.COVER: {
        "subject": "Pengisian bukti Pokja Bangga Kencana Tahun {tahun}",
        "nature": "Biasa",
        "opening": (
            "Dalam rangka penilaian efektivitas Kelompok Kerja (Pokja) Bangga Kencana Tahun "
            "{tahun}, setiap provinsi dan kabupaten/kota menyampaikan empat bukti melalui Portal "
            "Pokja Bangga Kencana: SK, rencana kerja, indikator Bangga Kencana, dan anggaran "
            "operasional.\n"
            "Menurut catatan portal, yang masih perlu disampaikan {daerah} sebanyak {jumlah} "
            "butir, yaitu:"
        ),
        "closing": (
            "{batas_waktu} Pengisian dilakukan melalui {tautan}.\n"
            "Atas perhatian dan kerja sama Bapak/Ibu, kami sampaikan terima kasih."
        ),
        "copies": "",
        "message": (
            f"{_GREETING}\n\nMohon disampaikan {{jumlah}} butir bukti Pokja tahun {{tahun}} "
            f"berikut:\n{{daftar}}\n\n{{batas_waktu}}\n{_HOW}\n\nTerima kasih.\n{{instansi}}"
        ),
    },
    LetterKind.REMINDER: {
        "subject": "Pengingat kelengkapan bukti Pokja Bangga Kencana Tahun {tahun}",
        "nature": "Segera",
        "opening": (
            "Menindaklanjuti penilaian efektivitas Kelompok Kerja (Pokja) Bangga Kencana Tahun "
            "{tahun}, dengan hormat kami sampaikan bahwa menurut catatan portal masih terdapat "
            "{jumlah} butir bukti {daerah} yang belum lengkap, yaitu:"
        ),
        "closing": (
            "{batas_waktu} Mohon Bapak/Ibu menugaskan petugas untuk melengkapinya melalui "
            "{tautan}. Bila bukti memang tidak ada, mohon dinyatakan pada portal beserta "
            "alasannya.\n"
            "Atas perhatian dan kerja sama Bapak/Ibu, kami sampaikan terima kasih."
        ),
        "copies": "Sekretaris Daerah {daerah}",
        "message": (
            f"{_GREETING}\n\nMenurut catatan portal, {{jumlah}} butir bukti Pokja tahun {{tahun}} "
            "belum lengkap:\n{daftar}\n\n{batas_waktu}\n"
            f"{_HOW} Bila ada kendala, mohon kabari kami.\n\nTerima kasih.\n{{instansi}}"
        ),
    },
    LetterKind.WARNING: {
        "subject": "Teguran kelengkapan bukti Pokja Bangga Kencana Tahun {tahun}",
        "nature": "Segera",
        "opening": (
            "Berdasarkan catatan Portal Pokja Bangga Kencana sampai dengan tanggal surat ini, "
            "{jumlah} butir bukti {daerah} Tahun {tahun} belum disampaikan atau belum diperbaiki, "
            "yaitu:"
        ),
        "closing": (
            "{batas_waktu} Selama butir di atas belum lengkap, Pokja tersebut belum dapat "
            "dinyatakan efektif dalam penilaian Tahun {tahun}.\n"
            "Mohon perhatian Bapak/Ibu agar kelengkapan dimaksud segera disampaikan melalui "
            "{tautan}. Bila ada kendala, kami siap mendampingi.\n"
            "Demikian disampaikan, atas perhatian Bapak/Ibu kami ucapkan terima kasih."
        ),
        "copies": "{kepala_daerah}\nSekretaris Daerah {daerah}",
        "message": (
            f"{_GREETING}\n\nSampai hari ini {{jumlah}} butir bukti Pokja tahun {{tahun}} belum "
            "kami terima:\n{daftar}\n\n{batas_waktu}\n"
            f"{_HOW} Surat resmi menyusul.\n\nTerima kasih.\n{{instansi}}"
        ),
    },
}


def load_letter_templates() -> int:
    """Add the texts that are missing; returns how many. Edited ones stay as they are."""
    held = set(LetterTemplate.objects.values_list("kind", flat=True))
    rows = [
        LetterTemplate(kind=kind, **text) for kind, text in DEFAULTS.items() if kind not in held
    ]
    return len(LetterTemplate.objects.bulk_create(rows))


def template_for(kind: str) -> LetterTemplate:
    """The stored text of a kind; the built-in one where an installation has none yet."""
    stored = LetterTemplate.objects.filter(kind=kind).first()
    return stored or LetterTemplate(kind=kind, **DEFAULTS[LetterKind(kind)])
