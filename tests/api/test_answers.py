"""What comes back: rows, pages, links, ETag, and one sentence for everything that is wrong."""

import json

from django.db import OperationalError
from django.test import Client

from apps.api.auth import PER_MINUTE
from tests.api.conftest import ask, rows_of

LISTS = ("penilaian", "wilayah", "pokja", "sk", "rencana-kerja", "indikator", "anggaran")


def wrong(answer, status: int) -> str:
    """The sentence of a refusal, which must be JSON of the promised form."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"].startswith("application/json")
    assert answer["Cache-Control"] == "private, no-cache"
    body = json.loads(answer.content)
    assert list(body) == ["galat"]
    return body["galat"]


def test_rows_say_what_the_files_say_and_where_they_stand(country, caller, cast):
    api = caller(cast["operator_makassar"])
    (decree,) = rows_of(api("sk/"))
    assert decree | {"id_bukti": 0, "diubah_pada": ""} == {
        "nomor": "SK/73.71-bk",
        "tanggal_ditetapkan": "2026-01-14",
        "kode_pokja": "73.71-bk",
        "peran": "membentuk",
        "sk_induk": None,
        "tentang": "Pembentukan Pokja Bangga Kencana",
        "penanda_tangan_jabatan": "Wali Kota Makassar",
        "penanda_tangan_status": "Definitif",
        "penanda_tangan_nama": "Nama Contoh",
        "berlaku_mulai": "2026-01-14",
        "berlaku_sampai": "2028-12-31",
        "dasar_masa_berlaku": "tertulis",
        "berkas": "SK Pokja.pdf",
        "kode_wilayah": "73.71",
        "status": "terverifikasi",
        "versi": 1,
        "id_bukti": 0,
        "diubah_pada": "",
    }
    assert decree["diubah_pada"] == "2026-03-12T10:00:00+07:00"
    (line,) = rows_of(api("anggaran/"))
    assert (line["pagu_pokja"], line["realisasi"]) == ("40000000.00", "0.01")
    assert (line["tahap"], line["status"], line["dasar"]) == ("murni", "diajukan", None)
    (target,) = rows_of(api("indikator/"))
    assert (target["kode_indikator"], target["target"], target["tw1"]) == ("tfr", "2.1", None)
    (pokja,) = rows_of(api("pokja/"))
    assert (pokja["jenis"], pokja["status"]) == ("bangga_kencana;stunting", "aktif")
    (region,) = rows_of(api("wilayah/"))
    assert (region["kode_wilayah"], region["kode_induk"], region["zona_waktu"]) == (
        "73.71",
        "73",
        "WITA",
    )


def test_the_newest_version_by_itself_or_the_one_in_a_status(country, caller, cast):
    api = caller(cast["operator_makassar"])
    versions = {
        status: [(row["versi"], row["status"]) for row in rows_of(api(f"rencana-kerja/?{status}"))]
        for status in ("", "status=terverifikasi", "status=draf", "status=diajukan")
    }
    assert versions == {
        "": [(2, "draf")],
        "status=terverifikasi": [(1, "terverifikasi")],
        "status=draf": [(2, "draf")],
        "status=diajukan": [],
    }


COUNTS = {
    "sk/?tahun=2026": 2,
    "sk/?tahun=2025": 0,
    "anggaran/?tahun=2026&wilayah=63.71": 1,
    "anggaran/?wilayah=63": 1,
    "pokja/?wilayah=73": 3,
    "pokja/?wilayah=73.08&status=aktif&tahun=2026": 1,
    "pokja/?status=dilebur": 0,
    "wilayah/?tingkat=kota": 2,
    "wilayah/?wilayah=73": 3,
    "indikator/?diubah_sejak=2026-03-12": 2,
    "indikator/?diubah_sejak=2026-03-12T10:00:00%2B07:00": 2,
    "indikator/?diubah_sejak=2026-03-12T10:00:01+07:00": 0,
    "indikator/?diubah_sejak=13/3/2026": 0,
    "penilaian/?tahun=&wilayah=&tanggal=": 4,
}


def test_filters(country, caller, cast):
    api = caller(cast["pusat"])
    assert {address: len(rows_of(api(address))) for address in COUNTS} == COUNTS


def test_pages_lead_on_until_all_was_read(country, caller, cast):
    api, address, seen, links = caller(cast["pusat"]), "pokja/?ukuran=3", [], []
    while address:
        answer = api(address)
        body = json.loads(answer.content)
        seen += [row["kode_pokja"] for row in body["hasil"]]
        links.append(answer.get("Link", ""))
        assert (body["jumlah"], body["ukuran"]) == (4, 3)
        following = body["berikut"]
        address = following and following.removeprefix("http://testserver/api/v1/")
    assert len(seen) == len(set(seen)) == 4
    assert links == [
        '<http://testserver/api/v1/pokja/?ukuran=3&halaman=2>; rel="next"',
        '<http://testserver/api/v1/pokja/?ukuran=3&halaman=1>; rel="prev"',
    ]


def test_who_has_the_answer_gets_no_second_one(country, caller, cast):
    api = caller(cast["verifikator_sulsel"])
    for name in LISTS:
        first = api(f"{name}/")
        etag = first["ETag"]
        assert etag.startswith('"')
        assert first["Vary"].count("Authorization") == 1
        for known in (etag, f"W/{etag}", f'"lain", {etag}', "*"):
            again = api(f"{name}/", **{"If-None-Match": known})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
        assert api(f"{name}/", **{"If-None-Match": '"lain"'}).status_code == 200
    before = api("pokja/")["ETag"]
    type(country.makassar).objects.filter(pk=country.makassar.pk).update(name="Nama lain")
    assert api("pokja/", **{"If-None-Match": before}).status_code == 200


HOSTILE = {
    "tahun=1999": 400,
    "tahun=99999999999999999999999999999999": 400,
    "tahun=%D9%A2%D9%A0%D9%A2%D9%A6": 400,  # Arabic digits
    "tahun=2026%00": 400,
    "tahun=2026&tahun=2025": 400,
    "thn=2026": 400,
    "%00=1": 400,
    "tanggal=31/2/2026": 400,
    "tanggal=%00": 400,
    "wilayah=7371": 400,
    "wilayah=73.1": 400,
    "wilayah=%00": 400,
    "wilayah=" + "9" * 5000: 400,
    "wilayah=99.99": 404,
    "ukuran=0": 400,
    "ukuran=501": 400,
    "ukuran=-1": 400,
    "halaman=0": 400,
    "halaman=1e3": 400,
    "halaman=999999": 404,
    "halaman=999999999": 404,
    "&".join(f"a{at}=1" for at in range(1000)): 400,
    "&".join(f"a{at}=1" for at in range(5001)): 400,
    "%ff%fe=%ff": 400,
}
OF_EVIDENCE = (
    "diubah_sejak=kemarin",
    "diubah_sejak=0001-01-01T00:00:00%2B14:00",
    "diubah_sejak=9999-12-31T23:59:59-14:00",
    "diubah_sejak=2026-03-12T",
    "status=verified",
    "status=%00",
    "tanggal=2026-03-12",
)


def test_what_cannot_be_read_is_told(country, caller, cast):
    api = caller(cast["pusat"])
    for query, status in HOSTILE.items():
        sentence = wrong(api(f"penilaian/?{query}"), status)
        assert sentence.endswith(".")
        assert len(sentence) < 300
    for query in OF_EVIDENCE:
        wrong(api(f"sk/?{query}"), 400)


def test_reading_is_all_there_is(today, token_of, cast):
    secret = token_of(cast["admin"])
    for name in LISTS:
        for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            answer = ask(f"{name}/", secret, method=method)
            wrong(answer, 405)
            assert set(answer["Allow"].split(", ")) == {"GET", "HEAD"}
        head = ask(f"{name}/", secret, method="HEAD")
        assert (head.status_code, head.content) == (200, b"")
        assert head["ETag"] == ask(f"{name}/", secret)["ETag"]


def test_addresses_that_are_not_there_answer_in_json(caller, cast):
    api = caller(cast["admin"])
    for address in ("", "skp/", "sk/1/", "%00/", "../../admin/"):
        wrong(api(address), 404)
    wrong(Client().get("/api/v1/sk/", headers={"Host": "lain.test"}), 400)
    charset = "application/x-www-form-urlencoded; charset=hex"
    wrong(Client().get("/api/v1/sk/", headers={"Content-Type": charset}), 400)


def test_a_fault_of_the_portal_is_no_page_and_no_trace(caller, cast, monkeypatch):
    monkeypatch.setattr("apps.api.lists.PokjaList.count", lambda self: 1 / 0)
    sentence = wrong(caller(cast["pusat"])("pokja/"), 500)
    assert sentence == "Portal sedang bermasalah. Coba beberapa menit lagi."


def test_a_database_that_is_away_is_told_as_everywhere(caller, cast, monkeypatch):
    def away(self):
        raise OperationalError("connection refused")

    api = caller(cast["pusat"])
    monkeypatch.setattr("apps.api.lists.PokjaList.count", away)
    answer = api("pokja/")
    assert answer.status_code == 503
    assert answer.json()["galat"].startswith("Portal sedang tidak dapat mengakses datanya.")
    assert int(answer["Retry-After"]) > 0


def test_a_token_asks_so_often_in_a_minute(today, caller, cast, settings, monkeypatch):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    monkeypatch.setattr("apps.api.auth.PER_MINUTE", 3)
    first, second = caller(cast["pusat"]), caller(cast["pusat"])
    assert [first("pokja/").status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = first("pokja/")
    assert "paling banyak" in wrong(refused, 429)
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert second("pokja/").status_code == 200  # another token of the same person
    assert PER_MINUTE == 120
