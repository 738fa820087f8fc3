"""Reading what others share: the list, one item, its file; and what stays closed."""

import pytest

from apps.audit.models import Entry
from apps.evidence.services import cancel
from apps.examples.models import Share
from apps.examples.services import share, stop
from tests import makers
from tests.filing.pages import words

pytestmark = pytest.mark.django_db
READERS = [
    "operator_makassar",
    "operator_bone",
    "operator_sulsel",
    "verifikator_kalsel",
    "operator_banjarmasin",
    "pengamat_makassar",
    "pusat",
    "admin",
]


def addresses(found):
    base = f"/contoh/{found.pk}/"
    return [base, f"{base}berkas/", f"{base}hal-1.webp", f"{base}hal-2.webp"]


def titles(response):
    assert response.status_code == 200
    return [row.evidence.title for row in response.context["page"].object_list]


@pytest.mark.parametrize("person", READERS)
def test_everybody_with_a_post_reads_what_is_shared(shelf, cast, client_of, person):
    client = client_of(cast[person])
    assert [client.get(path).status_code for path in addresses(shelf.share)] == [200] * 4
    assert titles(client.get("/contoh/")) == [shelf.plan.title, shelf.decree.title]


def test_somebody_without_a_post_reads_nothing(shelf, make_user, client_of):
    client = client_of(make_user())
    assert client.get("/contoh/").status_code == 403
    assert [client.get(path).status_code for path in addresses(shelf.share)] == [404] * 4


def test_the_item_tells_what_it_says_and_shows_the_pages_by_its_own_addresses(
    shelf, cast, client_of
):
    response = client_of(cast["operator_banjarmasin"]).get(f"/contoh/{shelf.share.pk}/")
    text, html = words(response), response.content.decode()
    assert "Kota Makassar, Sulawesi Selatan" in text
    assert shelf.decree.decree.number in text
    assert "Wali Kota Makassar" in text
    assert f"/contoh/{shelf.share.pk}/hal-2.webp" in html
    assert str(shelf.document.uuid) not in html
    assert "Berhenti membagikan" not in text
    assert "Operator Makassar" not in text  # who filled in and who verified stays inside
    assert "Verifikator" not in text


def test_a_plan_shows_its_rows(shelf, cast, client_of):
    text = words(client_of(cast["operator_bone"]).get(f"/contoh/{shelf.far.pk}/"))
    assert "Rapat koordinasi" in text
    assert "Dinas PPKB" in text
    assert client_of(cast["operator_bone"]).get(addresses(shelf.far)[1]).status_code == 404


def test_the_documents_own_addresses_stay_closed(shelf, cast, client_of):
    uuid = shelf.document.uuid
    client = client_of(cast["operator_bone"])
    assert client.get(addresses(shelf.share)[1]).status_code == 200
    closed = [
        f"/berkas/{uuid}/",
        f"/berkas/{uuid}/hal-1.webp",
        f"/dokumen/{uuid}/",
        f"/pokja/{shelf.decree.decree.coverage.get().pokja_id}/2026/",
        f"/verifikasi/{shelf.decree.pk}/",
        f"/bukti/{shelf.decree.pk}/",
        f"/contoh/bagikan/{shelf.decree.pk}/",
    ]
    assert [client.get(path).status_code for path in closed] == [404] * len(closed)


def test_lists_search_and_zip_stay_as_they_were(shelf, cast, client_of):
    client = client_of(cast["operator_bone"])
    number = shelf.decree.decree.number
    for path in ("/dokumen/", f"/dokumen/?cari={number}", "/pokja/"):
        text = words(client.get(path))
        assert shelf.document.original_name not in text
        assert "Kota Makassar" not in text
    assert client.get("/dokumen/unduh.zip?wilayah=73.71&tahun=2026").status_code == 404
    found = words(client.get(f"/cari/?q={number}"))
    assert "Pembentukan Pokja" not in found


def test_the_moment_it_is_stopped_every_address_is_gone(shelf, cast, client_of):
    reader = client_of(cast["operator_bone"])
    tag = reader.get(addresses(shelf.share)[3])["ETag"]
    assert reader.get(addresses(shelf.share)[3], headers={"if-none-match": tag}).status_code == 304
    owner = client_of(cast["operator_makassar"])
    response = owner.post(f"/contoh/{shelf.share.pk}/berhenti/", follow=True)
    assert "tidak lagi dibagikan" in words(response)
    assert [reader.get(path).status_code for path in addresses(shelf.share)] == [404] * 4
    kept = reader.get(addresses(shelf.share)[3], headers={"if-none-match": tag})
    assert kept.status_code == 404
    assert titles(reader.get("/contoh/")) == [shelf.plan.title]
    assert owner.post(f"/contoh/{shelf.share.pk}/berhenti/").status_code == 302  # again: told so
    assert reader.post(f"/contoh/{shelf.share.pk}/berhenti/").status_code == 404


def test_cancelled_verification_is_gone_as_well(shelf, cast, client_of):
    shelf.decree.refresh_from_db()
    cancel(
        shelf.decree,
        actor=cast["koordinator_sulsel"],
        revision=shelf.decree.revision,
        note="Salah",
    )
    client = client_of(cast["operator_bone"])
    assert [client.get(path).status_code for path in addresses(shelf.share)] == [404] * 4


def test_no_browser_keeps_a_page_or_file_without_asking(shelf, cast, client_of):
    client = client_of(cast["operator_bone"])
    kept = [client.get(path)["Cache-Control"] for path in addresses(shelf.share)[1:]]
    assert kept == ["private, no-store", "private, no-cache", "private, no-cache"]
    policy = client.get(addresses(shelf.share)[1])["Content-Security-Policy"]
    assert policy == "sandbox; default-src 'none'"


def test_who_opened_the_file_is_on_record_with_the_role_they_hold(shelf, cast, client_of):
    client_of(cast["operator_banjarmasin"]).get(addresses(shelf.share)[1])
    entry = Entry.objects.get(action="Membuka berkas yang dibagikan")
    assert (entry.actor, entry.role) == (cast["operator_banjarmasin"], "operator")
    assert (entry.region, entry.object_id) == (shelf.decree.region, str(shelf.document.pk))
    owner = client_of(cast["operator_makassar"])
    assert "Membuka berkas yang dibagikan" in words(owner.get(f"/dokumen/{shelf.document.uuid}/"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("jenis=sk", ["decree"]),
        ("jenis=rencana-kerja", ["plan"]),
        ("jenis=anggaran", []),
        ("pokja=gdpk", ["decree"]),
        ("provinsi=63", ["plan"]),
        ("provinsi=73.71", ["plan", "decree"]),  # no province: left out
        ("milik=saya", ["decree"]),
        ("jenis=x&pokja=%00&provinsi=%C2%B2&milik=1&halaman=q", ["plan", "decree"]),
    ],
)
def test_filters_narrow_the_list(shelf, cast, client_of, query, expected):
    response = client_of(cast["operator_makassar"]).get(f"/contoh/?{query}")
    assert titles(response) == [getattr(shelf, name).title for name in expected]


def test_only_the_region_has_the_button_to_stop(shelf, cast, client_of):
    stops = f"/contoh/{shelf.share.pk}/berhenti/"
    for person, shown in (("operator_makassar", True), ("verifikator_sulsel", True)):
        assert (stops in client_of(cast[person]).get("/contoh/").content.decode()) is shown
    for person in ("operator_bone", "pengamat_makassar", "pusat"):
        assert stops not in client_of(cast[person]).get("/contoh/").content.decode()
        assert client_of(cast[person]).post(stops).status_code == 403


def test_sharing_warns_of_names_first(shelf, cast, client_of):
    stop(shelf.share, actor=cast["operator_makassar"])
    client = client_of(cast["operator_makassar"])
    path = f"/contoh/bagikan/{shelf.decree.pk}/"
    text = words(client.get(path))
    assert "Nama orang ikut terlihat" in text
    assert "SK Contoh.pdf" in text
    assert Share.objects.running().filter(evidence=shelf.decree).count() == 0
    done = client.post(path, follow=True)
    assert "kini dapat dibaca petugas daerah lain" in words(done)
    again = client.post(path, follow=True)
    assert "sudah dibagikan" in words(again)
    assert client.get(path)["Location"] == done.redirect_chain[-1][0]


def test_what_is_not_verified_is_not_offered(shelf, cast, client_of, regions):
    officer = cast["operator_makassar"]
    plan = makers.make_plan(makers.make_pokja(regions.makassar, "makassar-2"), officer)
    client = client_of(officer)
    response = client.get(f"/contoh/bagikan/{plan.pk}/")
    assert "belum dapat dibagikan" in words(response)
    assert "berstatus draf" in words(response)
    assert client.post(f"/contoh/bagikan/{plan.pk}/").status_code == 409
    assert client.get("/contoh/bagikan/999999/").status_code == 404


def test_empty_lists_say_what_to_do(shelf, cast, client_of):
    stop(shelf.share, actor=cast["operator_makassar"])
    stop(shelf.far, actor=cast["operator_banjarmasin"])
    client = client_of(cast["operator_makassar"])
    assert "Belum ada contoh yang dibagikan" in words(client.get("/contoh/"))
    assert "Wilayah Anda belum membagikan contoh" in words(client.get("/contoh/?milik=saya"))
    assert "Tidak ada contoh yang cocok" in words(client.get("/contoh/?jenis=anggaran"))


def test_the_list_costs_the_same_for_two_and_for_thirty(
    shelf, cast, client_of, regions, item_of, django_assert_num_queries
):
    client = client_of(cast["pengamat_makassar"])
    client.get("/contoh/")
    with django_assert_num_queries(9):
        client.get("/contoh/")
    for number in range(28):
        pokja = makers.make_pokja(regions.makassar, f"makassar-{number}", kinds=("gdpk", "pjpk"))
        item = item_of(regions.makassar, pokja=pokja)
        share(item, actor=cast["operator_makassar"])
    with django_assert_num_queries(9):
        response = client.get("/contoh/")
    assert len(titles(response)) == 25
    assert "GDPK, PJPK" in words(response)
    assert len(titles(client.get("/contoh/?halaman=2"))) == 5
