"""The register's pages: found, narrowed, added, changed, ended, and taken away as a file."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from apps.audit.models import Entry
from apps.documents.models import Document
from apps.regulations.models import Agreement, Institution, Regulation
from tests.makers import pdf_upload

NEW = {
    "kind": "perwali",
    "number": "12",
    "year": "2025",
    "subject": "Grand Design Pembangunan Kependudukan",
    "enacted_on": "24 Juli 2025",
    "topics": "GDPK, Kampung KB",
}


@pytest.fixture(autouse=True)
def _now(today):
    pass


def shown(response) -> list[str]:
    return [str(row) for row, *_ in response.context["page"].object_list]


def errors(response) -> dict:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


# --- lists -----------------------------------------------------------------------------------


def test_the_list_tells_what_is_in_force(register, client_of, operator_makassar):
    Regulation.objects.filter(pk=register.makassar.pk).update(valid_until=date(2025, 12, 31))
    response = client_of(operator_makassar).get("/regulasi/")
    page = response.content.decode()
    assert shown(response) == [
        "Perwali Kota Makassar Nomor 7 Tahun 2024",
        "Perpres Nomor 153 Tahun 2014",
    ]
    assert "2 regulasi tercatat, 1 berlaku hari ini" in page
    assert "Berakhir 31 Desember 2025" in page


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {"7", "3", "9", "153"}),
        ("jenis=perbup", {"3"}),
        ("jenis=entah", {"7", "3", "9", "153"}),
        ("wilayah=73.71", {"7"}),
        ("wilayah=73", {"7", "3", "9"}),
        ("wilayah=63.71", {"7", "3", "9", "153"}),
        ("wilayah=nasional", {"153"}),
        ("topik=gdpk", {"7", "9", "153"}),
        ("topik=GDPK&wilayah=73", {"7", "9"}),
        ("berlaku=31 Desember 2022", {"9", "153"}),
        ("berlaku=2010-01-01", set()),
        ("berlaku=kemarin", {"7", "3", "9", "153"}),
        ("wilayah=%00&halaman=xyz", {"7", "3", "9", "153"}),
    ],
)
def test_filters(register, client_of, verifikator_sulsel, query, numbers):
    response = client_of(verifikator_sulsel).get(f"/regulasi/?{query}")
    assert {row.number for row, *_ in response.context["page"].object_list} == numbers


def test_a_date_that_cannot_be_read_is_told_and_kept(register, client_of, operator_bone):
    page = client_of(operator_bone).get("/regulasi/?berlaku=kemarin").content.decode()
    assert 'value="kemarin"' in page
    assert "Tulis tanggal sebagai hari, bulan, tahun" in page


def test_the_nation_filters_by_province(register, client_of, pusat, regions):
    response = client_of(pusat).get("/regulasi/?wilayah=63")
    assert shown(response) == ["Perwali Kota Banjarmasin Nomor 5 Tahun 2024"]
    assert response.context["regions"] == [regions.kalsel, regions.sulsel]


@pytest.mark.parametrize("rows", [1, 40])
def test_queries_of_the_lists(
    client_of,
    verifikator_sulsel,
    regions,
    make_regulation,
    make_agreement,
    make_office,
    django_assert_num_queries,
    rows,
):
    """Session, person and posts; then regions, count, rows, what is in force; the bell."""
    for number in range(rows):
        make_regulation(regions.makassar, number=f"a{number}")
        make_agreement(regions.makassar, title=f"b{number}")
        make_office(
            regions.makassar,
            name=f"c{number}",
            valid_from=date(2001, 1, 1 + number % 28),
            valid_until=date(2002, 1, 1),
        )
    client = client_of(verifikator_sulsel)
    for path in ("/regulasi/", "/regulasi/kesepakatan/", "/regulasi/kelembagaan/"):
        client.get(path)
        with django_assert_num_queries(QUERIES):
            assert len(client.get(path).context["page"].object_list) == min(rows, 25)


QUERIES = 11


# --- files -----------------------------------------------------------------------------------


def test_files_hold_the_rows_of_the_list(register, client_of, operator_makassar, regions):
    Regulation.objects.filter(pk=register.makassar.pk).update(subject="=1+1")
    client = client_of(operator_makassar)
    text = client.get("/regulasi/unduh.csv?wilayah=73.71").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["jenis"], row["nomor"], row["kode_wilayah"], row["topik"]) == (
        "perwali",
        "7",
        "73.71",
        "gdpk, stunting",
    )
    assert row["tentang"] == "'=1+1"
    book = load_workbook(io.BytesIO(client.get("/regulasi/unduh.xlsx").content))
    assert [line[1] for line in book.active.values] == ["nomor", "7", "153"]


def test_files_of_agreements_and_offices(
    client_of, operator_bone, regions, make_agreement, make_office
):
    make_agreement(regions.bone, parties="Pemkab Bone\nKampus")
    make_office(regions.bone, "digabung", other_affairs="Kesehatan")
    client = client_of(operator_bone)
    agreements = client.get("/regulasi/kesepakatan/unduh.csv").content.decode("utf-8-sig")
    offices = client.get("/regulasi/kelembagaan/unduh.csv").content.decode("utf-8-sig")
    (agreement,) = csv.DictReader(io.StringIO(agreements))
    (office,) = csv.DictReader(io.StringIO(offices))
    assert (agreement["para_pihak"], agreement["berlaku_mulai"]) == (
        "Pemkab Bone; Kampus",
        "2024-01-01",
    )
    assert (office["wilayah"], office["bentuk"]) == (
        "Kabupaten Bone",
        "Digabung dengan urusan lain",
    )


# --- writing ---------------------------------------------------------------------------------


def test_an_officer_records_a_regulation_of_the_own_region(client_of, operator_makassar, regions):
    client = client_of(operator_makassar)
    response = client.post("/regulasi/tambah/", NEW | {"region": regions.makassar.pk})
    row = Regulation.objects.get()
    assert response.url == f"/regulasi/{row.pk}/"
    assert (row.region, row.enacted_on, row.topics) == (
        regions.makassar,
        date(2025, 7, 24),
        "gdpk, kampung-kb",
    )
    page = client.get(response.url).content.decode()
    assert "Perwali Kota Makassar Nomor 12 Tahun 2025" in page
    assert "GDPK, Kampung KB" in page


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"valid_until": "1 Juli 2025"},
            {"valid_until": ["Tanggal akhir tidak boleh sebelum tanggal ditetapkan"]},
        ),
        (
            {"valid_from": "2 Agustus 2025", "valid_until": "1 Agustus 2025"},
            {"valid_until": ["Tanggal akhir tidak boleh sebelum tanggal mulai berlaku"]},
        ),
        (
            {"kind": "perbup"},
            {"kind": ["Jenis ini ditetapkan kabupaten; pilih wilayah yang sesuai"]},
        ),
        ({"kind": "uu"}, {"kind": ["Pilih jenis dari daftar"]}),
        ({"year": "dua"}, {"year": ["Isi tahun dengan angka"]}),
        (
            {"enacted_on": "31 Februari 2025"},
            {"enacted_on": ["Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023"]},
        ),
        (
            {"topics": "?!"},
            {
                "topics": [
                    "Tulis topik dengan huruf dan angka, dipisah koma, misalnya gdpk, stunting"
                ]
            },
        ),
        ({"number": ""}, {"number": ["Isi nomor"]}),
    ],
)
def test_bad_input_is_told_at_its_field(client_of, operator_makassar, regions, changed, told):
    response = client_of(operator_makassar).post(
        "/regulasi/tambah/", NEW | {"region": regions.makassar.pk} | changed
    )
    assert errors(response) == told
    assert not Regulation.objects.exists()


def test_another_region_cannot_be_chosen(client_of, operator_makassar, regions):
    response = client_of(operator_makassar).post(
        "/regulasi/tambah/", NEW | {"region": regions.bone.pk}
    )
    assert errors(response) == {"region": ["Pilih wilayah dari daftar"]}


def test_twice_the_same_is_told(register, client_of, operator_makassar, regions):
    again = NEW | {"region": regions.makassar.pk, "number": "Nomor 07", "year": "2024"}
    response = client_of(operator_makassar).post("/regulasi/tambah/", again)
    assert errors(response) == {
        "__all__": ["Regulasi dengan jenis, nomor, dan tahun ini sudah tercatat."]
    }


def test_changing_what_somebody_changed_meanwhile(register, client_of, operator_makassar):
    address = f"/regulasi/{register.makassar.pk}/ubah/"
    sent = NEW | {"number": "7", "year": "2024", "enacted_on": "15 Januari 2024", "revision": 1}
    client = client_of(operator_makassar)
    assert client.post(address, sent | {"subject": "Satu"}).status_code == 302
    second = client.post(address, sent | {"subject": "Dua"})
    assert second.status_code == 409
    assert "Dua" in second.content.decode()
    register.makassar.refresh_from_db()
    assert register.makassar.subject == "Satu"


def test_changing_it_into_another_one_is_told(
    register, client_of, operator_makassar, make_regulation, regions
):
    other = make_regulation(regions.makassar, number="8")
    sent = NEW | {"number": "7", "year": "2024", "enacted_on": "15 Januari 2024", "revision": 1}
    response = client_of(operator_makassar).post(f"/regulasi/{other.pk}/ubah/", sent)
    assert errors(response) == {
        "__all__": ["Regulasi dengan jenis, nomor, dan tahun ini sudah tercatat"]
    }


def test_ending_with_what_revoked_it(
    register, client_of, operator_makassar, make_regulation, regions
):
    new = make_regulation(regions.makassar, number="8", year=2026)
    client = client_of(operator_makassar)
    address = f"/regulasi/{register.makassar.pk}/akhiri/"
    sent = {"until": "14 Januari 2026", "revoked_by": new.pk, "reason": "Diganti", "revision": 1}
    assert client.post(address, sent).url == f"/regulasi/{register.makassar.pk}/"
    page = client.get(f"/regulasi/{register.makassar.pk}/").content.decode()
    assert "Dicabut 14 Januari 2026" in page
    assert "Perwali Kota Makassar Nomor 8 Tahun 2026" in page
    assert Entry.objects.get().reason == "Diganti"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"until": "14 Januari 2024"},
            {"until": ["Hari terakhir tidak boleh sebelum mulai berlaku"]},
        ),
        ({"until": ""}, {"until": ["Isi hari terakhir berlaku, misalnya 31 Desember 2025"]}),
        ({"reason": ""}, {"reason": ["Isi alasan"]}),
    ],
)
def test_a_wrong_end_is_told(register, client_of, operator_makassar, changed, told):
    sent = {"until": "14 Januari 2026", "reason": "Habis", "revision": 1} | changed
    response = client_of(operator_makassar).post(f"/regulasi/{register.makassar.pk}/akhiri/", sent)
    assert errors(response) == told


def test_rows_of_the_nation_are_read_by_all_and_changed_by_nobody_here(register, cast, client_of):
    for who in ("operator_bone", "pusat", "pengamat_makassar", "admin"):
        client = client_of(cast[who])
        assert client.get(f"/regulasi/{register.nation.pk}/").status_code == 200
        for page in ("ubah", "akhiri", "naskah"):
            assert client.get(f"/regulasi/{register.nation.pk}/{page}/").status_code == 403


def test_an_agreement_and_an_office_are_recorded(client_of, operator_bone, regions, make_agreement):
    client = client_of(operator_bone)
    mou = make_agreement(regions.bone, valid_until=date(2025, 12, 31))
    sent = {
        "region": regions.bone.pk,
        "kind": "pks",
        "title": "Pendampingan",
        "parties": "Pemkab Bone\nKampus",
        "own_number": "1/2026",
        "valid_from": "2 Januari 2026",
        "valid_until": "31 Desember 2026",
        "parent": mou.pk,
    }
    response = client.post("/regulasi/kesepakatan/tambah/", sent)
    assert Agreement.objects.filter(kind="pks", own_key="1/2026").exists()
    assert "berlaku lebih lama daripada nota" in client.get(response.url).content.decode()
    wrong = client.post("/regulasi/kesepakatan/tambah/", sent | {"kind": "mou", "own_number": "2"})
    assert errors(wrong) == {"parent": ["Hanya PKS yang punya nota kesepahaman induk"]}
    office = {
        "region": regions.bone.pk,
        "name": "Dinas PPKB",
        "form": "mandiri",
        "valid_from": "2 Januari 2017",
    }
    client.post("/regulasi/kelembagaan/tambah/", office)
    assert Institution.objects.get().form == "mandiri"
    twice = client.post("/regulasi/kelembagaan/tambah/", office | {"name": "Dinas lain"})
    assert errors(twice) == {
        "__all__": [
            "Masih ada perangkat daerah yang belum diakhiri. Akhiri yang lama lebih dahulu."
        ]
    }


def test_the_file_of_a_regulation(
    register, client_of, operator_makassar, pengamat_makassar, verifikator_kalsel
):
    address = f"/regulasi/{register.makassar.pk}/naskah/"
    client = client_of(operator_makassar)
    missing = client.post(address, {})
    assert list(errors(missing)) == ["file"]
    client.post(address, {"file": pdf_upload("Perwali 7.pdf")})
    register.makassar.refresh_from_db()
    document = Document.objects.get()
    assert register.makassar.document == document
    assert client_of(pengamat_makassar).get(f"/berkas/{document.uuid}/").status_code == 200
    assert client_of(verifikator_kalsel).get(f"/berkas/{document.uuid}/").status_code == 404
    assert "Perwali 7.pdf" in client.get(f"/regulasi/{register.makassar.pk}/").content.decode()
    shelf = client.get("/dokumen/?jenis=regulasi").content.decode()
    assert "Perwali 7.pdf" in shelf
    assert "Naskah regulasi" in shelf
    assert "Perwali 7.pdf" not in client.get("/dokumen/?jenis=tanpa").content.decode()
    page = client.get(f"/dokumen/{document.uuid}/").content.decode()
    assert "Naskah pada daftar regulasi" in page
    assert f'href="/regulasi/{register.makassar.pk}/"' in page


def test_only_web_addresses_become_links(register, client_of, operator_makassar):
    for source, is_link in (("https://jdih.contoh.go.id/7", True), ("javascript:alert(1)", False)):
        Regulation.objects.filter(pk=register.makassar.pk).update(source=source)
        page = (
            client_of(operator_makassar).get(f"/regulasi/{register.makassar.pk}/").content.decode()
        )
        assert (f'href="{source}"' in page) is is_link
