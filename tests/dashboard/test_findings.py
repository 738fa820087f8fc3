import pytest

from apps.dashboard import findings
from apps.dashboard.tallies import Share
from tests.dashboard.makers import counts, item

PLAIN = "Pokja efektif dari tahun ke tahun"


@pytest.mark.parametrize(
    ("letters", "heading"),
    [
        ((), "Belum ada Pokja di Bone pada tahun 2026"),
        (("tttt", "bbbb"), "1 dari 2 Pokja di Bone sudah efektif"),
        (("tttb", "bbbb"), "Belum satu pun dari 2 Pokja di Bone efektif"),
        (("tttt", "tttt"), "Semua 2 Pokja di Bone sudah efektif"),
        (("tttt",), "Satu-satunya Pokja di Bone sudah efektif"),
        (("tttm",), "Satu-satunya Pokja di Bone belum efektif"),
    ],
)
def test_the_heading_says_how_many_are_effective(letters, heading):
    assert findings.effective_pokja("Bone", counts(*letters), 2026) == heading


def test_without_a_rubric_the_heading_says_so():
    assert findings.effective_pokja("Bone", counts("tttt", rated=False), 2017) == (
        "Pokja di Bone tahun 2017 tidak dapat dinilai"
    )


def test_the_nation_is_told_in_percent_from_twenty_pokja():
    few, many = counts("tttt", "bbbb"), counts(*["tttt"] * 9, *["bbbb"] * 11)
    assert findings.effective_nation(many, 38, 2026) == "45% Pokja di 38 provinsi sudah efektif"
    assert findings.effective_nation(few, 38, 2026) == (
        "1 dari 2 Pokja di 38 provinsi sudah efektif"
    )


@pytest.mark.parametrize(
    ("letters", "sentence"),
    [
        (("tttb", "ttbb"), "Anggaran paling sering kurang: 2 Pokja belum memenuhi."),
        (
            ("ttbb",),
            "Indikator dan anggaran paling sering kurang: masing-masing 1 Pokja belum memenuhi.",
        ),
        (("bttt",), "SK paling sering kurang: 1 Pokja belum memenuhi."),
        (("bbbb",), "Keempat kriteria sama sering kurang: masing-masing 1 Pokja belum memenuhi."),
        (("tttt",), "Semua Pokja memenuhi keempat kriteria."),
        # waiting does not meet anything yet
        (("tttm",), "Anggaran paling sering kurang: 1 Pokja belum memenuhi."),
    ],
)
def test_the_weakest_criterion_is_named(letters, sentence):
    assert findings.weakest(counts(*letters)) == sentence


def test_the_queue_says_what_it_could_add():
    assert findings.queue_gain(counts("ttmm", "tttm")) == (
        "Dengan menyelesaikan antrean verifikasi, paling banyak 3 kriteria bertambah."
    )
    assert findings.queue_gain(counts("tttb")) == ""


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (Share(44, 100), Share(51, 100), "naik 7 poin dari 2025"),
        (Share(51, 100), Share(44, 100), "turun 7 poin dari 2025"),
        (Share(44, 100), Share(44, 100), "sama dengan 2025"),
        (Share(2, 5), Share(3, 5), "2 dari 5 pada 2025"),
        (None, Share(3, 5), ""),
    ],
)
def test_a_change_is_told_in_points_or_in_counts(before, now, told):
    assert findings.change(before, now, 2025) == told


@pytest.mark.parametrize(
    ("values", "heading"),
    [
        (
            [Share(21, 100), Share(29, 100), None, Share(44, 100), Share(51, 100)],
            "Pokja efektif naik dari 21% menjadi 51% dalam lima tahun",
        ),
        (
            [None, None, None, Share(51, 100), Share(40, 100)],
            "Pokja efektif turun dari 51% menjadi 40%",
        ),
        ([Share(51, 100), Share(51, 100)], "Pokja efektif tetap 51%"),
        ([Share(1, 5), Share(3, 5)], "Pokja efektif naik dari 1 dari 5 menjadi 3 dari 5"),
        ([Share(1, 2), Share(2, 4)], "Pokja efektif: 1 dari 2, kini 2 dari 4"),
        ([None, Share(3, 5)], PLAIN),
        ([None, None], PLAIN),
    ],
)
def test_the_trend_is_a_finding_only_with_two_years(values, heading):
    assert findings.trend("Pokja efektif", values, PLAIN) == heading


def test_a_criterion_lags_only_where_one_is_the_lowest():
    assert findings.criteria_trend(counts("tttb")) == "Anggaran tertinggal dari tiga kriteria lain"
    assert findings.criteria_trend(counts("ttbb")) == "Pokja yang memenuhi tiap kriteria"


@pytest.mark.parametrize(
    ("own", "province", "heading"),
    [
        (Share(10, 20), Share(81, 100), "50% kriteria terpenuhi, di bawah angka provinsi (81%)"),
        (
            Share(9, 12),
            Share(50, 100),
            "9 dari 12 kriteria terpenuhi, di atas angka provinsi (50%)",
        ),
        (Share(10, 20), Share(50, 100), "50% kriteria terpenuhi, sama dengan angka provinsi (50%)"),
        (Share(0, 0), Share(1, 4), "Kriteria terpenuhi"),
    ],
)
def test_a_kabupaten_is_set_against_its_province(own, province, heading):
    assert findings.against_province(own, province) == heading


@pytest.mark.parametrize(
    ("letters", "fields", "reason"),
    [
        ("tttt", {}, "Efektif"),
        ("bbbb", {"reason": "draf"}, "Belum ada isian"),
        ("tttm", {}, "Tinggal menunggu verifikasi anggaran"),
        ("ttmm", {}, "Tinggal menunggu verifikasi indikator dan anggaran"),
        ("xttb", {"reason": "kedaluwarsa"}, "SK kedaluwarsa; anggaran belum diisi"),
        (
            "tpmb",
            {},
            "Rencana kerja dikembalikan; indikator menunggu verifikasi; anggaran belum diisi",
        ),
        ("tttb", {"effective": True}, "Efektif"),
        ("tttt", {"rated": False}, "Tidak dapat dinilai"),
    ],
)
def test_a_pokja_has_one_line_of_reason(letters, fields, reason):
    assert findings.pokja_reason(item(letters, **fields)) == reason


def test_titles_of_areas_give_percent_from_twenty_only():
    assert findings.share_of_regions(Share(1, 5)) == "1 dari 5 Pokja efektif"
    assert findings.share_of_regions(Share(5, 20)) == "5 dari 20 Pokja efektif (25%)"


def test_who_is_not_ranked_gets_no_rank_sentence():
    assert findings.rank_sentence(None, 24, "Aceh") == ""
    assert findings.rank_sentence(2, 24, "Aceh") == "Peringkat 2 dari 24 kabupaten/kota di Aceh."


def test_silence_is_told_in_full():
    assert findings.silent_regions(7) == "7 kabupaten/kota belum mengirim apa pun"
    assert findings.silent_regions(0) == ""
    assert findings.nothing_sent(24, 2026) == "Belum ada isian tahun 2026 dari 24 kabupaten/kota"
