"""What the pages and notices of replies and second looks say. No query."""

from apps.core.formats import (
    PERCENT_FROM,
    format_date,
    format_datetime,
    format_number,
    format_percent,
    local_time,
)
from apps.reviews.enums import Outcome, State
from apps.reviews.formula import Share
from apps.verification.enums import Action

DECISION = {
    Action.RETURN: "Dikembalikan",
    Action.VERIFY: "Disetujui",
    Action.CANCEL: "Verifikasi dibatalkan",
}
# Inside a sentence: "pengembalian SK 188 …".
DECISION_NOUN = {
    Action.RETURN: "pengembalian",
    Action.VERIFY: "verifikasi",
    Action.CANCEL: "pembatalan verifikasi",
}
FOLLOWS = {
    Outcome.QUEUED: "Berkas kembali ke antrean verifikasi dan tidak perlu dikirim ulang.",
    Outcome.BEGUN: (
        "Petugas sudah mulai mengubah berkas ini, jadi berkas tetap padanya. Petugas mengirimnya "
        "kembali bila sudah siap."
    ),
    Outcome.MOVED_ON: (
        "Berkas sudah berubah status sejak keputusan itu. Jawaban ini tercatat, dan tidak ada "
        "yang dipindahkan."
    ),
    Outcome.TO_CANCEL: (
        "Verifikasi tidak batal dengan sendirinya: koordinator atau Pusat membatalkannya dari "
        "halaman berkas, lalu petugas mengirim versi yang benar."
    ),
    Outcome.TO_SEND: (
        "Pembatalan tidak hapus dengan sendirinya: petugas membuka versi baru dan mengirimnya, "
        "lalu provinsi memeriksanya kembali."
    ),
}
# What an officer or coordinator is told before: what follows if the dispute is upheld.
WOULD_FOLLOW = {
    Action.RETURN: (
        "Bila sanggahan diterima, berkas kembali ke antrean tanpa perlu dikirim ulang, selama "
        "isiannya belum mulai diubah."
    ),
    Action.VERIFY: (
        "Bila sanggahan diterima, koordinator atau Pusat membatalkan verifikasi dari halaman "
        "berkas, lalu petugas mengirim versi yang benar."
    ),
    Action.CANCEL: (
        "Bila sanggahan diterima, petugas membuka versi baru dan mengirimnya, lalu provinsi "
        "memeriksanya kembali."
    ),
}

AGREED = "Tanggapan tersimpan."
SENT_TO = {  # by whether it is the province's own
    False: "Sanggahan terkirim. Koordinator provinsi menjawabnya.",
    True: "Sanggahan terkirim. Pusat menjawabnya.",
}

NOT_YOURS = (
    "Keputusan ini Anda buat sendiri, jadi sanggahannya dijawab orang lain: koordinator lain, "
    "atau Pusat bila provinsi tidak mempunyai koordinator lain."
)
NOT_ANSWERING = (
    "Sanggahan ini dijawab oleh koordinator provinsi; oleh Pusat untuk Pokja tingkat provinsi "
    "dan bila koordinator sendiri yang memutuskan."
)
NEEDS_REASON = "Tulis alasan sanggahan, paling sedikit 20 huruf"
OFFICERS_ONLY = "Tanggapan atas keputusan diberikan oleh petugas daerah itu sendiri."


def decision_sentence(decision, zone: str) -> str:
    """Dikembalikan 4 Maret 2026 pukul 10.32 WITA oleh Muh. Ilham."""
    by = f" oleh {decision.actor}" if decision.actor else ""
    return f"{DECISION[decision.action]} {format_datetime(decision.at, zone)}{by}"


def window_sentence(window, zone: str) -> str:
    """Until when a reply is taken: told before and after."""
    day = format_date(window.last_day)
    if window.is_over:
        return f"Masa sanggah berakhir {day} pukul 23.59 {zone}. Keputusan ini tetap berlaku."
    if window.is_early:
        return (
            f"Keputusan ini baru dibuat dan masih dapat ditarik oleh pemeriksa. Anda dapat "
            f"menanggapinya mulai {format_datetime(window.opens_at, zone)} sampai {day}."
        )
    return f"Masa sanggah sampai {day} pukul 23.59 {zone} ({days_left_text(window)})."


def short_day(moment, zone: str) -> str:
    """4 Maret 2026, on the clock of a zone."""
    return format_date(local_time(moment, zone))


def days_left_text(window) -> str:
    return f"{window.days_left} hari lagi" if window.days_left else "hari terakhir"


def objection_notice(objection) -> str:
    item = objection.evidence
    return (
        f"{item.region.full_name} menyanggah {DECISION_NOUN[objection.decision.action]} "
        f"{item.title}."
    )


def answer_notice(objection) -> str:
    item = objection.evidence
    told = f"{objection.get_state_display()} atas {item.title}, {item.region.full_name}."
    return f"{told} {FOLLOWS[objection.outcome]}" if objection.outcome else told


def faster_sentence(objection, zone: str) -> str:
    """What became of a dispute meanwhile, for the slower of two people."""
    if objection.state == State.WITHDRAWN:
        at = format_datetime(objection.withdrawn_at, zone)
        return f"{objection.withdrawn_by} menarik kembali sanggahan ini pada {at}."
    if objection.answered_at:
        at = format_datetime(objection.answered_at, zone)
        return f"{objection.answered_by} menjawab pada {at}: {objection.get_state_display()}."
    return ""


# --- second looks ----------------------------------------------------------------------------


def look_notice(count: int, place: str) -> str:
    return f"Anda diminta meninjau ulang {count} berkas terverifikasi, {place}."


def period_text(sample) -> str:
    return f"{format_date(sample.since)} sampai {format_date(sample.until)}"


def agreement_heading(share: Share) -> str:
    """Kesepakatan 9 dari 10 berkas, 90%."""
    if not share.whole:
        return "Tinjauan ditutup sebelum ada berkas yang ditandai"
    part, whole = format_number(share.part), format_number(share.whole)
    return f"Kesepakatan {part} dari {whole} berkas, {format_percent(share.part, share.whole)}"


def share_text(share: Share) -> str:
    """3 dari 4; from twenty upwards with its percentage: 21 dari 24, 87%."""
    counts = f"{format_number(share.part)} dari {format_number(share.whole)}"
    if share.whole < PERCENT_FROM:
        return counts
    return f"{counts}, {format_percent(share.part, share.whole)}"


def nothing_to_draw(verified: int) -> str:
    """Why no item can be drawn, with the repair."""
    if not verified:
        return "Tidak ada berkas yang diverifikasi dalam rentang ini. Perpanjang rentang tanggalnya"
    return (
        f"Ada {format_number(verified)} berkas terverifikasi dalam rentang ini, tetapi semuanya "
        "diputuskan atau ikut diisi oleh pemeriksa yang dipilih. Pilih pemeriksa lain"
    )


def drawn_sentence(sample, drawn: int) -> str:
    """10 dari 42 berkas, ditarik 4 Maret 2026 oleh Nama."""
    at = short_day(sample.drawn_at, sample.zone)
    return (
        f"{format_number(drawn)} dari {format_number(len(sample.pool))} berkas terverifikasi, "
        f"ditarik {at} oleh {sample.drawn_by}"
    )
