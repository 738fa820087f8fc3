"""What a letter says, on paper: the same words in PDF and DOCX, on the right paper."""

import io
from dataclasses import replace
from datetime import date

import docx
import pikepdf
import pypdfium2
import pytest

from apps.campaign import papers
from apps.campaign.builtin import template_for
from apps.campaign.enums import Addressee, LetterKind
from apps.campaign.letters import Sheet, letter, message
from apps.campaign.queries import audiences_for, rows_for
from apps.papers.enums import OnBehalf
from apps.papers.words import BLANK
from tests import makers

TASKS = "https://pokja.uji.test/tugas/"
LONG_NAME = "Kabupaten Pangkajene dan Kepulauan Spermonde Timur Laut Bagian Administrasi Baru"


@pytest.fixture
def sheet(letterhead, signer, texts, today):
    return Sheet(
        template=template_for(LetterKind.REMINDER),
        letter_date=date(2026, 3, 12),
        letterhead=letterhead,
        signer=signer,
        nature="Segera",
        copies="{kepala_daerah}\nSekretaris Daerah {daerah}",
        address=TASKS,
    )


@pytest.fixture
def row(pokja, verifikator_sulsel):
    return row_of(verifikator_sulsel, "73.71")


def row_of(user, code, year=2026):
    rows = rows_for(user, audiences_for(user)[0].regions(user), year)
    return next(row for row in rows if row.region.code == code)


def pdf_text(body: bytes) -> list[str]:
    """The words of each page, on one line."""
    document = pypdfium2.PdfDocument(body)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return [" ".join(text.split()) for text in texts]


def docx_of(body: bytes):
    return docx.Document(io.BytesIO(body))


def docx_text(body: bytes) -> list[str]:
    return [line.text for line in docx_of(body).paragraphs if line.text]


def test_the_letter_has_every_part_of_its_anatomy(row, sheet):
    made = letter(row, sheet, "400/1")
    assert made == {
        "paper": "a4",
        "letterhead": {
            "lines": ["KEMENTERIAN CONTOH", "PERWAKILAN SULAWESI SELATAN"],
            "address": "Jalan Contoh 1",
            "contact": "Telepon (0411) 000",
        },
        "place_date": "Makassar, 12 Maret 2026",
        "number": "400/1",
        "nature": "Segera",
        "attachment": "–",
        "subject": "Pengingat kelengkapan bukti Pokja Bangga Kencana Tahun 2026",
        "to": [
            "Kepala perangkat daerah yang membidangi pengendalian penduduk dan keluarga berencana",
            "Kota Makassar",
            "di tempat",
        ],
        "opening": [
            "Menindaklanjuti penilaian efektivitas Kelompok Kerja (Pokja) Bangga Kencana Tahun "
            "2026, dengan hormat kami sampaikan bahwa menurut catatan portal masih terdapat 4 "
            "butir bukti Kota Makassar yang belum lengkap, yaitu:"
        ],
        "groups": [
            {
                "name": "Pokja Bangga Kencana",
                "items": [
                    {
                        "fact": "SK penetapan belum ada",
                        "fix": "Ajukan penetapan kepada Wali Kota, lalu unggah SK",
                        "due": "",
                    },
                    {
                        "fact": "Rencana kerja 2026 belum ada",
                        "fix": "Susun rencana bersama anggota Pokja, lalu isi kegiatan untuk tiap "
                        "triwulan",
                        "due": "",
                    },
                    {
                        "fact": "Indikator belum dipilih",
                        "fix": "Pilih indikator Bangga Kencana yang menjadi tugas Pokja",
                        "due": "",
                    },
                    {
                        "fact": "Anggaran operasional belum dialokasikan",
                        "fix": "Isi nilai dan unggah DPA; bila belum dianggarkan, usulkan pada "
                        "perubahan APBD 2026",
                        "due": "",
                    },
                ],
            }
        ],
        "closing": [
            "Batas waktu pengisian tahun 2026 belum ditetapkan. Mohon Bapak/Ibu menugaskan "
            f"petugas untuk melengkapinya melalui {TASKS}. Bila bukti memang tidak ada, mohon "
            "dinyatakan pada portal beserta alasannya.",
            "Atas perhatian dan kerja sama Bapak/Ibu, kami sampaikan terima kasih.",
        ],
        "signature": {
            "lines": ["Kepala Perwakilan,"],
            "name": "Nama Contoh",
            "rank": "Pembina",
            "nip": "NIP 19690514 199503 1 002",
        },
        "copies": ["Wali Kota Makassar", "Sekretaris Daerah Kota Makassar"],
        "is_sample": False,
    }


def test_what_nobody_typed_is_left_to_be_written_by_hand(row, sheet):
    made = letter(row, replace(sheet, letterhead=None, signer=None), "")
    assert (made["number"], made["letterhead"], made["place_date"]) == (
        BLANK,
        None,
        f"{BLANK}, 12 Maret 2026",
    )
    assert made["signature"] == {
        "lines": [f"{BLANK},"],
        "name": BLANK,
        "rank": "",
        "nip": f"NIP {BLANK}",
    }


@pytest.mark.parametrize(
    ("on_behalf", "principal", "lines"),
    [
        (OnBehalf.ON_BEHALF, "Kepala Perwakilan", ["a.n. Kepala Perwakilan", "Ketua Tim,"]),
        (OnBehalf.TASKED, "", ["Plt. Ketua Tim,"]),
        (OnBehalf.DAILY, "", ["Plh. Ketua Tim,"]),
    ],
)
def test_variants_of_the_signature(row, sheet, signer, on_behalf, principal, lines):
    signer.on_behalf, signer.principal, signer.position = on_behalf, principal, "Ketua Tim"
    assert letter(row, sheet, "")["signature"]["lines"] == lines


def test_a_letter_to_the_head_of_the_region(row, sheet):
    made = letter(row, replace(sheet, addressee=Addressee.HEAD), "")
    assert made["to"] == ["Wali Kota Makassar", "di tempat"]


def test_different_due_days_stand_at_each_item(pokja, verifikator_sulsel, sheet, make_period):
    make_period(date(2026, 3, 1))
    make_period(date(2026, 4, 30), kind="budget")
    row = row_of(verifikator_sulsel, "73.71")
    dues = [item["due"] for item in letter(row, sheet, "")["groups"][0]["items"]]
    assert dues == ["1 Maret 2026", "1 Maret 2026", "1 Maret 2026", "30 April 2026"]


def test_pdf_and_docx_say_the_same(row, sheet):
    made = letter(row, sheet, "400/1")
    (page,) = pdf_text(papers.letters_pdf([made], "Surat"))
    lines = docx_text(papers.letter_docx(made, "Surat"))
    told = [line.replace("\t", " ") for line in lines]
    # The PDF numbers its list itself, the DOCX by its style.
    assert [line for line in told if line not in page] == []
    assert told[0] == "KEMENTERIAN CONTOH"
    assert told[-2:] == ["1. Wali Kota Makassar", "2. Sekretaris Daerah Kota Makassar"]


def test_the_docx_is_made_of_styles_and_a_list(row, sheet):
    body = papers.letter_docx(letter(row, sheet, "400/1"), "Surat pengingat 2026")
    document = docx_of(body)
    numbered = [line.text for line in document.paragraphs if line.style.name == "List Number"]
    assert len(numbered) == 4
    assert document.core_properties.title == "Surat pengingat 2026"
    assert document.core_properties.language == "id-ID"


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("f4", (215, 330))])
def test_the_paper_is_the_one_chosen(row, sheet, paper, size):
    made = letter(row, replace(sheet, paper=paper), "")
    section = docx_of(papers.letter_docx(made, "Surat")).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == size
    with pikepdf.open(io.BytesIO(papers.letters_pdf([made], "Surat"))) as pdf:
        box = [round(float(side) / 72 * 25.4) for side in pdf.pages[0].mediabox[2:]]
    assert tuple(box) == size


def test_the_pdf_is_tagged_and_speaks_indonesian(row, sheet):
    with pikepdf.open(io.BytesIO(papers.letters_pdf([letter(row, sheet, "")], "Judul"))) as pdf:
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("id", True)
        assert str(pdf.docinfo["/Title"]) == "Judul"


def test_sample_letters_say_so_on_every_page(row, sheet):
    made = letter(row, replace(sheet, is_sample=True), "")
    (page,) = pdf_text(papers.letters_pdf([made], "Surat"))
    footer = docx_of(papers.letter_docx(made, "Surat")).sections[0].footer.paragraphs[0].text
    assert papers.SAMPLE_MARK in page
    assert footer == papers.SAMPLE_MARK


def test_twelve_items_of_a_long_named_region_break_well(
    regions, pokja, make_region, verifikator_sulsel, sheet
):
    region = make_region("73.99", LONG_NAME, regions.sulsel)
    for number in range(3):
        makers.make_pokja(region, code=f"panjang-{number}", name=f"Pokja Contoh {number}")
    made = letter(row_of(verifikator_sulsel, "73.99"), sheet, "400/1")
    pages = pdf_text(papers.letters_pdf([made, made], "Surat"))
    assert sum(len(group["items"]) for group in made["groups"]) == 12
    assert LONG_NAME in pages[0]
    # Each letter takes two pages, and the signature comes with the last words of the text.
    assert len(pages) == 4
    assert pages[1].startswith("– 2 – Atas perhatian dan kerja sama Bapak/Ibu")
    assert "NIP 19690514 199503 1 002" in pages[1]
    assert (pages[0], pages[1]) == (pages[2], pages[3])


def test_nobodys_words_become_code(regions, pokja, verifikator_sulsel, sheet):
    hostile = '#read("/etc/passwd") $x$ *tebal* ]) #panic() <b>&amp;'
    makers.make_pokja(regions.makassar, code="nakal", name=hostile)
    made = letter(row_of(verifikator_sulsel, "73.71"), sheet, '#panic("nomor")')
    text = " ".join(pdf_text(papers.letters_pdf([made], "Surat")))
    assert hostile in text
    assert '#panic("nomor")' in text
    assert f"Pokja {hostile}" in docx_text(papers.letter_docx(made, "Surat"))


def test_signs_a_word_file_cannot_hold_are_left_out(row, sheet):
    made = letter(row, sheet, "400\x00/1\x0b")
    assert "Nomor\t:\t400/1" in docx_text(papers.letter_docx(made, "Surat"))


def test_the_message_lists_what_is_missing_until_when_and_where(row, sheet):
    assert message(row, sheet) == (
        "Yth. Bapak/Ibu pengelola Pokja Bangga Kencana Kota Makassar,\n\n"
        "Menurut catatan portal, 4 butir bukti Pokja tahun 2026 belum lengkap:\n"
        "*Pokja Bangga Kencana*\n"
        "1. SK penetapan belum ada\n"
        "2. Rencana kerja 2026 belum ada\n"
        "3. Indikator belum dipilih\n"
        "4. Anggaran operasional belum dialokasikan\n\n"
        "Batas waktu pengisian tahun 2026 belum ditetapkan.\n"
        f"Isian dan panduan ada di {TASKS}. Bila ada kendala, mohon kabari kami.\n\n"
        "Terima kasih.\nPERWAKILAN SULAWESI SELATAN"
    )


def test_the_link_of_another_year_opens_that_year(pokja, verifikator_sulsel, sheet):
    row = row_of(verifikator_sulsel, "73.71", year=2025)
    assert f"{TASKS}?tahun=2025" in message(row, sheet)
