"""What is read from the text of a decree: every form of the domain, and what must not be read."""

import time

import pytest

from apps.decrees.reading import candidates
from apps.documents.lines import lines_of
from apps.documents.reader import read_file
from tests import textpages
from tests.decrees.specimens import SPECIMENS
from tests.textpages import LEFT, RIGHT

ENDLESS = "berlaku sampai dengan keputusan bupati nomor dicabut tahun " * 9
FIELDS = (
    "number",
    "issued_on",
    "title",
    "signer_position",
    "signer_status",
    "valid_until",
    "validity_basis",
)


@pytest.fixture
def read(tmp_path):
    """read(pages) or read(number="…", …): the candidates of a decree on paper, by field."""

    def candidates_of(pages=None, **parts):
        path = tmp_path / "sk.pdf"
        path.write_bytes(textpages.text_pdf(pages or textpages.decree(**parts)))
        found = candidates(
            (number, lines_of(page["words"], page["ratio"]))
            for number, page in enumerate(read_file(str(path)), start=1)
        )
        return {candidate.field: candidate for candidate in found}

    return candidates_of


def values(found) -> dict:
    merged = {}
    for candidate in found.values():
        merged |= candidate.values
    return merged


def test_thirty_decrees_of_differing_forms_are_read_right(read):
    """The five fields (number, date, title, signer, validity) right in 9 of 10, few wrong."""
    whole, wrong = [], []
    for name, parts, *expected in SPECIMENS:
        got = values(read(**parts))
        told = [
            (field, got.get(field), value) for field, value in zip(FIELDS, expected, strict=True)
        ]
        wrong += [(name, *fault) for fault in told if fault[1] not in (None, fault[2])]
        whole += [name] if all(got == value for _, got, value in told) else []
    assert len(SPECIMENS) == 30
    assert len(whole) >= 27, wrong
    assert len(wrong) <= 3, wrong


@pytest.mark.parametrize(("name", "parts", "expected"), [row[:3] for row in SPECIMENS[:12]])
def test_every_form_of_a_number_comes_as_printed(read, name, parts, expected):
    assert read(**parts)["number"].values == {"number": expected}


def test_a_candidate_tells_its_spot_and_words(read):
    found = read()
    number = found["number"]
    assert (number.line.page, number.quote) == (1, "NOMOR : 188.45/412/I/2025")
    assert 0.3 < number.line.x0 < number.line.x1 < 0.7
    assert 0.05 < number.line.y0 < number.line.y1 < 0.2
    assert found["issued_on"].line.page == 2
    assert found["signer_name"].values == {"signer_name": "Drs. ANDI CONTOH, M.Si."}
    assert all(candidate.clear for candidate in found.values())


@pytest.mark.parametrize("printed", ["NOMOR : 188.45/    /HK/2025", "NOMOR : 188.45/...../HK/2025"])
def test_a_blank_serial_is_offered_with_a_remark(read, printed):
    number = read(number=printed)["number"]
    assert number.values["number"].startswith("188.45/")
    assert "belum tertulis" in number.remark
    assert number.clear is False


@pytest.mark.parametrize("printed", ["NOMOR :", "NOMOR : ..............", "NOMOR     TAHUN 2025"])
def test_a_number_not_written_yet_is_told_and_not_offered(read, printed):
    number = read(number=printed, annex=False)["number"]
    assert number.values == {}
    assert "belum tertulis" in number.remark


def test_slips_of_a_scan_are_offered_as_read_and_told(read):
    number = read(number="NOMOR : 188.4S/4l2/I/2O25")["number"]
    assert number.values == {"number": "188.4S/4l2/I/2O25"}
    assert "tertukar" in number.remark
    issued = read(place=papers_place("pada tanggal l4 Januari 2O25"))["issued_on"]
    assert issued.values == {"issued_on": "14 Januari 2025"}
    assert "l4 Januari 2O25" in issued.remark


def papers_place(day, town="Ditetapkan di Watampone"):
    return (("r", town), ("r", day))


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("pada tanggal : 7 Januari 2025", "7 Januari 2025"),
        ("Pada Tanggal 07 JANUARI 2025", "7 Januari 2025"),
        ("pada tanggal 7/1/2025", "7 Januari 2025"),
        ("pada tanggal, 7 Nopember 2025", "7 November 2025"),
        ("pada tanggal 28 Pebruari 2025", "28 Februari 2025"),
        ("pada tanggal 7 Desernber 2025", "7 Desember 2025"),
        ("pada tanggal dua puluh satu Mei dua ribu dua puluh enam", "21 Mei 2026"),
        ("pada tanggal 3.XII.2025", "3 Desember 2025"),
    ],
)
def test_days_in_every_way_of_writing(read, printed, day):
    assert read(place=papers_place(printed))["issued_on"].values == {"issued_on": day}


@pytest.mark.parametrize(
    "printed",
    ["pada tanggal            Januari 2025", "pada tanggal", "pada tanggal ........ 2025"],
)
def test_a_day_not_written_yet_is_told_and_not_offered(read, printed):
    issued = read(place=papers_place(printed))["issued_on"]
    assert issued.values == {}
    assert "belum tertulis" in issued.remark


@pytest.mark.parametrize("printed", ["pada tanggal 31 Februari 2025", "pada tanggal 45-13-2025"])
def test_a_day_that_does_not_exist_is_not_offered(read, printed):
    assert "issued_on" not in values(read(place=papers_place(printed)))


def test_an_annex_that_says_otherwise_is_told(read):
    pages = textpages.decree()
    pages[-1][1:2] = [[(RIGHT, "NOMOR : 188.45/421/I/2025")], [(RIGHT, "TANGGAL : 9 Januari 2025")]]
    found = read(pages)
    assert found["number"].values == {"number": "188.45/412/I/2025"}
    assert "188.45/421/I/2025" in found["number"].remark
    assert found["issued_on"].values == {"issued_on": "7 Januari 2025"}
    assert "9 Januari 2025" in found["issued_on"].remark


def test_a_number_of_the_annex_helps_out_and_says_so(read):
    pages = textpages.decree(number="")
    pages[-1][1] = [(RIGHT, "NOMOR : 188.45/421/I/2025")]
    number = read(pages)["number"]
    assert number.values == {"number": "188.45/421/I/2025"}
    assert "lampiran" in number.remark


def test_numbers_of_laws_and_addresses_are_not_taken(read):
    pages = textpages.decree(number="", annex=False)
    pages[0][:0] = [("c", "Jalan Ahmad Yani No. 12 Telepon 0481"), ("c", "SALINAN")]
    assert "number" not in read(pages)


def test_the_title_ends_before_a_post_of_two_lines(read):
    pages = textpages.decree(issuer="KEPALA DINAS KESEHATAN")
    place = pages[0].index(("c", "KEPALA DINAS KESEHATAN,"))
    pages[0][place : place + 1] = [("c", "KEPALA DINAS KESEHATAN"), ("c", "KABUPATEN BONE,")]
    title = read(pages)["title"].values["title"]
    assert title == "Pembentukan Kelompok Kerja Kampung Keluarga Berkualitas Kabupaten Bone"


def test_a_change_names_its_parent_and_keeps_its_own_number(read):
    found = read(
        title=(
            "PERUBAHAN KEDUA ATAS KEPUTUSAN BUPATI BONE",
            "NOMOR 188.45/97/II/2023 TENTANG",
            "PEMBENTUKAN POKJA KAMPUNG KB",
        )
    )
    assert found["number"].values == {"number": "188.45/412/I/2025"}
    assert found["parent_number"].values == {
        "role": "amend",
        "parent_number": "188.45/97/II/2023",
    }
    assert found["title"].values["title"].startswith("Perubahan Kedua atas Keputusan Bupati Bone")


def test_a_revocation_names_its_parent(read):
    title = ("PENCABUTAN KEPUTUSAN BUPATI BONE", "NOMOR 85 TAHUN 2013 TENTANG POKJA KB")
    parent = read(title=title)["parent_number"]
    assert parent.values == {"role": "revoke", "parent_number": "85 TAHUN 2013"}


def test_a_new_decree_that_also_revokes_is_only_told_of(read):
    dictum = (
        "mulai berlaku; pada saat Keputusan ini berlaku,",
        "Keputusan Bupati Bone Nomor 188.45/97/II/2023 dicabut.",
    )
    parent = read(dictum=dictum)["parent_number"]
    assert parent.values == {}
    assert "188.45/97/II/2023" in parent.remark


@pytest.mark.parametrize(
    ("post", "position", "status"),
    [
        (("BUPATI BONE,",), "Bupati Bone", "definitif"),
        (("Pj. BUPATI BONE,",), "Bupati Bone", "pj"),
        (("PJS BUPATI BONE,",), "Bupati Bone", "pjs"),
        (("Penjabat Sementara BUPATI BONE",), "Bupati Bone", "pjs"),
        (("Plh. BUPATI BONE,",), "Bupati Bone", "plh"),
        (("Plt. BUPATI BONE,",), "Bupati Bone", "plt"),
        (("a.n. BUPATI BONE", "SEKRETARIS DAERAH,"), "Sekretaris Daerah", "an"),
        (("An. BUPATI BONE", "Pj. SEKRETARIS DAERAH,"), "Sekretaris Daerah", "an"),
        (
            ("a.n. BUPATI BONE", "SEKRETARIS DAERAH", "u.b.", "ASISTEN PEMERINTAHAN,"),
            "Asisten Pemerintahan",
            "an",
        ),
        (("LURAH MACANANG,",), "Lurah Macanang", "definitif"),
    ],
)
def test_signers_and_how_they_hold_the_post(read, post, position, status):
    found = read(post=post)["signer_position"]
    assert found.values == {"signer_position": position, "signer_status": status}
    assert read(post=post)["signer_name"].values == {"signer_name": "Drs. ANDI CONTOH, M.Si."}


def test_an_electronic_signature_does_not_hide_the_name(read):
    pages = textpages.decree()
    place = pages[1].index(("r", "ttd"))
    pages[1][place : place + 1] = [("r", "Ditandatangani secara elektronik oleh:")]
    assert read(pages)["signer_name"].values == {"signer_name": "Drs. ANDI CONTOH, M.Si."}


def test_the_clerk_who_certifies_a_copy_is_not_the_signer(read):
    pages = textpages.decree(name="", annex=False)
    pages[1] += [
        "Salinan sesuai dengan aslinya",
        "KEPALA BAGIAN HUKUM,",
        [(LEFT, "SITI CONTOH, S.H.")],
    ]
    found = read(pages)
    assert found["signer_position"].values["signer_position"] == "Bupati Bone"
    assert "signer_name" not in found


@pytest.mark.parametrize(
    ("dictum", "until", "basis"),
    [
        ("berlaku sampai dengan tanggal 30 Juni 2026.", "30 Juni 2026", "tertulis"),
        (
            "berlaku terhitung mulai 1 Februari 2025 s/d 31 Januari 2028.",
            "31 Januari 2028",
            "tertulis",
        ),
        ("berlaku sampai dengan bulan Juni 2026.", "30 Juni 2026", "tertulis"),
        ("berlaku untuk masa bakti 5 (lima) tahun.", "6 Januari 2030", "tertulis"),
        ("berlaku sampai ada keputusan pencabutan.", "", "sampai_dicabut"),
        ("berlaku selama satu Tahun Anggaran 2025.", "", "tahun_anggaran"),
    ],
)
def test_how_long_a_decree_holds(read, dictum, until, basis):
    found = read(dictum=(dictum,))["valid_until"]
    assert found.values == {"valid_until": until, "validity_basis": basis}


def test_the_sentence_on_costs_is_no_validity(read):
    found = read(dictum=("mulai berlaku pada tanggal ditetapkan.",))["valid_until"]
    assert found.values["validity_basis"] == "sampai_dicabut"
    assert "tidak menyebut batas waktu" in found.remark


def test_a_later_beginning_is_offered(read):
    dictum = ("berlaku sejak tanggal 1 Februari 2025 sampai dengan", "31 Januari 2028.")
    assert read(dictum=dictum)["valid_from"].values == {"valid_from": "1 Februari 2025"}
    assert "valid_from" not in read()


@pytest.mark.parametrize(
    "pages",
    [
        [],
        [(1, [])],
        [(1, [[0, 0, 1, 1, ""]])],
        [(1, [[0, 0, 1, 1, "Rapat koordinasi tanggal 7 Januari 2025 Nomor 5"]])],
        [
            (
                1,
                [
                    [0, i / 5000, 1, (i + 1) / 5000, "keputusan nomor tanggal " * 20]
                    for i in range(500)
                ],
            )
        ],
        [(1, [[0, i / 600, 1, (i + 1) / 600, ENDLESS] for i in range(500)])],
    ],
)
def test_papers_that_are_no_decree_offer_no_number_and_take_little_time(pages):
    started = time.process_time()
    assert "number" not in values({item.field: item for item in candidates(pages)})
    assert time.process_time() - started < 3


def test_in_a_scan_a_lone_one_may_be_a_roman_one():
    rows = ["KEPUTUSAN BUPATI BONE", "NOMOR : 188.45/412/1/2025", "TENTANG", "POKJA KAMPUNG KB"]
    pages = [(1, [[0.3, n / 20, 0.7, n / 20 + 0.02, row] for n, row in enumerate(rows)])]
    told = {item.field: item.remark for item in candidates(pages, recognised=True)}
    assert "Romawi" in told["number"]
    assert {item.field: item.remark for item in candidates(pages)}["number"] == ""


def test_a_number_parted_by_the_ocr_is_put_together():
    rows = [
        [0.3, 0.10, 0.50, 0.12, "NOMOR: 188.45"],
        [0.45, 0.10, 0.65, 0.12, "/ 462 / Tamben / 2010"],
        [0.4, 0.14, 0.60, 0.16, "TENTANG"],
    ]
    [number] = candidates([(1, rows)])
    assert number.values == {"number": "188.45 / 462 / Tamben / 2010"}


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("(Drs. ANDI CONTOH, M.Si.)", "Drs. ANDI CONTOH, M.Si."),
        ("H. A. CONTOH", "H. A. CONTOH"),
        ("Nama Pejabat (contoh)", "Nama Pejabat (contoh)"),
    ],
)
def test_names_in_every_dress(read, printed, name):
    assert read(name=printed)["signer_name"].values == {"signer_name": name}


def test_the_head_of_the_next_page_is_no_name(read):
    pages = textpages.decree(annex=False)
    pages[1:] = [[*papers_place("pada tanggal 7 Januari 2025"), ("r", "BUPATI BONE,")]]
    pages.append(["PEMERINTAH KABUPATEN BONE", "Sekretariat Daerah"])
    assert "signer_name" not in read(pages)
