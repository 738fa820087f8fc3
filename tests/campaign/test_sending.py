"""Letters are made, kept and taken; messages and notices go out once a day; nothing forged."""

import io
import re
import zipfile
from datetime import UTC, date, datetime

import docx
import pypdfium2
import pytest

from apps.audit.models import Entry
from apps.campaign.models import CampaignMessage, Mailing
from apps.notices.models import Notice
from tests.campaign.conftest import BOTH, MAKASSAR, TYPED, chosen

NUMBER = "Nomor surat"


def errors_of(answer):
    return re.findall(r'<a href="#[^"]+">([^<]+)</a>', answer.text.split("errsum", 1)[-1])


def body_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.fixture
def made(pokja, sender, letterhead, signer):
    """Letters to Makassar and Bone; Bone's has a number of its own."""
    own = {
        f"nomor_{region.pk}": "400.13/13/2026"
        for region in [pokja.region.parent.members.get(code="73.08")]
    }
    answer = sender.client.post(BOTH, TYPED | own | {"signer": signer.pk})
    assert answer.status_code == 302
    return Mailing.objects.get()


def test_a_letter_for_each_chosen_region_is_made_and_kept(made, sender):
    rows = made.messages.order_by("region__code")
    assert [(row.region.code, row.number, row.day, row.missing) for row in rows] == [
        ("73.08", "400.13/13/2026", date(2026, 3, 12), 1),
        ("73.71", "400.13/12/2026", date(2026, 3, 12), 4),
    ]
    assert [row.content["signature"]["nip"] for row in rows] == ["NIP 19690514 199503 1 002"] * 2
    page = sender.client.get(f"/kampanye/surat/{made.pk}/").text
    assert "2 surat pengingat tahun 2026 siap diunduh" in page
    assert "nomor 400.13/12/2026" in sender.client.get("/kampanye/").text


def test_what_was_made_is_on_record(made, sender):
    entries = Entry.objects.filter(action="Membuat surat").order_by("region__code")
    assert [(each.actor, each.role, each.region.code, each.after["nomor"]) for each in entries] == [
        (sender.user, "verifier", "73.08", "400.13/13/2026"),
        (sender.user, "verifier", "73.71", "400.13/12/2026"),
    ]


def test_one_pdf_holds_all_letters(made, sender):
    answer = sender.client.get(f"/kampanye/surat/{made.pk}/unduh/pdf/")
    document = pypdfium2.PdfDocument(answer.content)
    assert answer["Content-Disposition"] == 'attachment; filename="Surat-pengingat-2026.pdf"'
    assert (answer["Content-Type"], len(document)) == ("application/pdf", 2)
    document.close()


def test_a_zip_holds_one_docx_for_each_region(made, sender):
    answer = sender.client.get(f"/kampanye/surat/{made.pk}/unduh/docx/")
    archive = zipfile.ZipFile(io.BytesIO(body_of(answer)))
    assert answer.streaming
    assert archive.testzip() is None
    assert archive.namelist() == [
        "Surat-pengingat-7308-Bone-2026.docx",
        "Surat-pengingat-7371-Kota-Makassar-2026.docx",
    ]
    lines = [line.text for line in docx.Document(archive.open(archive.namelist()[0])).paragraphs]
    assert "Kabupaten Bone" in lines
    assert "Nomor\t:\t400.13/13/2026" in lines


@pytest.mark.parametrize(
    ("form", "ending", "kind"),
    [
        ("pdf", "pdf", "application/pdf"),
        (
            "docx",
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_the_letter_of_one_region_is_one_file_and_on_record(made, sender, form, ending, kind):
    answer = sender.client.get(f"/kampanye/surat/{made.pk}/unduh/{form}/?wilayah=73.08")
    name = f"Surat-pengingat-7308-Bone-2026.{ending}"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert (answer["Content-Type"], answer["Cache-Control"]) == (kind, "private, no-store")
    entry = Entry.objects.get(action="Mengunduh surat")
    assert (entry.actor, entry.region.code, entry.after) == (
        sender.user,
        "73.08",
        {"bentuk": form, "daerah": "73.08"},
    )


@pytest.mark.parametrize(
    "path", ["unduh/exe/", "unduh/pdf/?wilayah=63.71", "unduh/pdf/?wilayah=%00"]
)
def test_what_is_not_in_a_mailing_is_not_there(made, sender, path):
    assert sender.client.get(f"/kampanye/surat/{made.pk}/{path}").status_code == 404
    assert not Entry.objects.filter(action="Mengunduh surat").exists()


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("koordinator_sulsel", 200),
        ("verifikator2_sulsel", 200),
        ("admin", 200),
        ("pusat", 404),
        ("verifikator_kalsel", 404),
        ("operator_makassar", 403),
        ("pengamat_makassar", 403),
    ],
)
def test_letters_with_their_nip_are_for_the_office_that_made_them(
    request, made, client_of, person, status
):
    client = client_of(request.getfixturevalue(person))
    assert client.get(f"/kampanye/surat/{made.pk}/").status_code == status
    assert client.get(f"/kampanye/surat/{made.pk}/unduh/pdf/").status_code == status


def test_a_letter_stays_as_it_was_made(made, sender, signer, letterhead):
    first = sender.client.get(f"/kampanye/surat/{made.pk}/unduh/pdf/").content
    type(signer).objects.update(name="Orang Lain")
    type(letterhead).objects.update(institution="Instansi Lain")
    assert sender.client.get(f"/kampanye/surat/{made.pk}/unduh/pdf/").content == first


def test_the_file_carries_the_moment_of_the_letter_not_of_its_download(made, sender):
    Mailing.objects.filter(pk=made.pk).update(at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    file = sender.client.get(f"/kampanye/surat/{made.pk}/unduh/pdf/").content
    told = pypdfium2.PdfDocument(file).get_metadata_dict()["CreationDate"]
    assert told.startswith("D:20260301093000")


# --- input that is wrong ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"number": "4" * 300}, "Nomor surat paling banyak 80 huruf, sekarang 300"),
        ({"number": "400\n/12"}, "Nomor surat ditulis dalam satu baris"),
        ({"number": "400\t12"}, "Nomor surat ditulis dalam satu baris"),
        (
            {"letter_date": "kemarin"},
            "Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023",
        ),
        ({"letter_date": ""}, "Isi tanggal surat"),
        ({"letter_date": "12 Maret 2062"}, "Periksa tahun pada tanggal surat, 12 Maret 2062"),
        (
            {"finish_by": "11 Maret 2026"},
            "Isi tanggal antara tanggal surat, 12 Maret 2026, dan satu tahun sesudahnya",
        ),
        ({"paper": "a3"}, "Pilih kertas dari daftar"),
        ({"signer": "999999"}, "Pilih penanda tangan dari daftar"),
        ({"addressee": ""}, "Pilih ditujukan kepada"),
        ({"nature": ""}, "Isi sifat"),
        ({"copies": "\n".join("abcdefghijkl")}, "Tembusan paling banyak 10, sekarang 12"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(pokja, sender, change, told):
    answer = sender.client.post(MAKASSAR, TYPED | change)
    assert (answer.status_code, errors_of(answer)[:1]) == (200, [told])
    assert "<title>Galat: " in answer.text
    assert (Mailing.objects.count(), CampaignMessage.objects.count()) == (0, 0)


def test_an_unknown_name_in_the_copies_is_told(pokja, sender):
    answer = sender.client.post(MAKASSAR, TYPED | {"copies": "{bupati}"})
    assert errors_of(answer)[0].startswith("{bupati} tidak dikenal. Yang dapat dipakai: {daerah}, ")


def test_the_signer_of_another_office_cannot_be_chosen(pokja, sender, regions, signer):
    signer.province = regions.kalsel
    signer.save()
    answer = sender.client.post(MAKASSAR, TYPED | {"signer": signer.pk})
    assert errors_of(answer)[:1] == ["Pilih penanda tangan dari daftar"]


@pytest.mark.parametrize(
    "address",
    [
        "tahun=2026&provinsi=73&wilayah=63.71",
        "tahun=2026&provinsi=73&wilayah=73.71&wilayah=63.71",
        "tahun=2026&provinsi=73&wilayah=73",
        "tahun=2026&provinsi=73&wilayah=%00",
        "tahun=2026&provinsi=63&wilayah=63.71",
        "tahun=1999&provinsi=73&wilayah=73.71",
        "tahun=abc&provinsi=73&wilayah=73.71",
        "tahun=2026&provinsi=73&jenis=ancaman&wilayah=73.71",
    ],
)
def test_forged_regions_years_and_kinds_are_not_there_and_leave_nothing(pokja, sender, address):
    from django.http import QueryDict

    fields = dict(QueryDict(address).lists())
    before = Entry.objects.count()
    assert sender.client.get(f"/kampanye/siapkan/?{address}").status_code == 404
    assert sender.client.post(f"/kampanye/siapkan/?{address}", TYPED).status_code == 404
    for path in ("whatsapp", "pemberitahuan"):
        assert sender.client.post(f"/kampanye/{path}/", fields).status_code == 404
    assert (CampaignMessage.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize("path", ["siapkan", "whatsapp", "pemberitahuan"])
def test_with_no_region_chosen_the_list_says_what_to_do(pokja, sender, path):
    query = {"tahun": "2026", "provinsi": "73", "jenis": "pengingat"}
    send = sender.client.get if path == "siapkan" else sender.client.post
    answer = send(f"/kampanye/{path}/", query, follow=True)
    assert answer.redirect_chain == [("/kampanye/?tahun=2026&provinsi=73", 302)]
    assert "Pilih paling sedikit satu daerah" in answer.text


# --- messages and notices --------------------------------------------------------------------


def test_the_officers_are_told_once_a_day(pokja, sender, operator_makassar, client_of):
    address = "/kampanye/pemberitahuan/"
    first = sender.client.post(address, chosen("73.71", "73.08"), follow=True).text
    assert "Pemberitahuan dikirim ke petugas Kota Makassar." in first
    assert "Kabupaten Bone belum punya akun petugas. Gunakan surat atau WhatsApp." in first
    second = sender.client.post(address, chosen("73.71"), follow=True).text
    assert "Kota Makassar sudah diberi tahu hari ini, jadi tidak dikirim lagi." in second
    notice = Notice.objects.get()
    assert (notice.user, notice.event, notice.url) == (
        operator_makassar,
        "campaign",
        "/tugas/?tahun=2026",
    )
    assert notice.text == (
        "Pengingat dari provinsi: Kota Makassar kurang 4 butir tahun 2026. "
        "Batas waktu pengisian tahun 2026 belum ditetapkan."
    )
    assert [row.region.code for row in CampaignMessage.objects.all()] == ["73.71"]


def test_another_kind_or_another_day_is_told_again(pokja, sender, operator_makassar, time_machine):
    address = "/kampanye/pemberitahuan/"
    sender.client.post(address, chosen("73.71"))
    sender.client.post(address, chosen("73.71", jenis="teguran"))
    time_machine.move_to("2026-03-12T16:30:00Z", tick=False)  # 13 March in Makassar
    sender.client.force_login(sender.user)
    sender.client.post(address, chosen("73.71"))
    assert Notice.objects.count() == 3


def test_sent_messages_are_noted_once_a_day(pokja, sender):
    address = "/kampanye/whatsapp/"
    first = sender.client.post(address, chosen("73.71", "73.08"), follow=True).text
    assert "Dicatat: pesan WhatsApp dikirim ke Kabupaten Bone dan Kota Makassar." in first
    again = sender.client.post(address, chosen("73.71"), follow=True).text
    assert "Pesan ke Kota Makassar sudah dicatat hari ini." in again
    assert Mailing.objects.count() == 1


def test_the_text_stands_in_a_field_to_be_copied(pokja, sender):
    page = sender.client.get(MAKASSAR).text
    text = re.search(r'<textarea[^>]*id="p-73\.71"[^>]*>(.*?)</textarea>', page, re.S)[1]
    assert "1. SK penetapan belum ada" in text
    assert "http://testserver/tugas/" in text
    assert 'href="https://wa.me/?text=Yth.' in page


def test_the_portal_address_of_the_settings_goes_first(pokja, sender, settings):
    settings.PORTAL_URL = "https://pokja.uji.test/"
    assert "https://pokja.uji.test/tugas/" in sender.client.get(MAKASSAR).text


def test_the_national_office_writes_to_provinces(pokja, pusat, client_of, regions):
    client = client_of(pusat)
    answer = client.post(
        "/kampanye/siapkan/?tahun=2026&provinsi=nasional&jenis=teguran&wilayah=73",
        TYPED | {"addressee": "head", "copies": "{kepala_daerah}"},
    )
    content = CampaignMessage.objects.get().content
    assert (answer.status_code, Mailing.objects.get().office) == (302, None)
    assert content["to"][0] == "Gubernur Sulawesi Selatan"
    assert content["subject"] == "Teguran kelengkapan bukti Pokja Bangga Kencana Tahun 2026"


@pytest.mark.parametrize("count", [24, 100])
def test_preparing_costs_the_same_for_24_and_100_regions(
    count, sender, regions, make_region, texts, today, django_assert_num_queries
):
    from tests import makers

    codes = [f"73.{number + 100}" for number in range(count)]
    for number, code in enumerate(codes):
        region = make_region(code, f"Kabupaten Uji {number}", regions.sulsel)
        makers.make_pokja(region, code=f"uji-{number}")
    address = "/kampanye/siapkan/?tahun=2026&provinsi=73&" + "&".join(
        f"wilayah={code}" for code in codes
    )
    sender.client.get(address)
    with django_assert_num_queries(COST):
        assert sender.client.get(address).status_code == 200


COST = 31
