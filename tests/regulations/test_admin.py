"""The register in the admin: administrators write, other staff read what is theirs."""

from datetime import date

import pytest

from apps.audit.models import Entry
from apps.regulations.models import Regulation

LIST = "/admin/regulations/regulation/"
NATION = {
    "kind": "perpres",
    "number": "72",
    "year": "2021",
    "subject": "Percepatan Penurunan Stunting",
    "topics": "Stunting",
}


@pytest.fixture
def staff(client_of):
    def enter(user):
        user.is_staff = True
        user.save()
        return client_of(user)

    return enter


def errors(response):
    return {name: list(found) for name, found in response.context["adminform"].errors.items()}


def test_an_administrator_records_rows_of_the_nation(client_of, admin):
    client = client_of(admin)
    assert client.post(f"{LIST}add/", NATION).status_code == 302
    row = Regulation.objects.get()
    assert (row.region, row.number_key, row.topics) == (None, "72", "stunting")
    twice = client.post(f"{LIST}add/", NATION | {"number": "072"})
    assert errors(twice) == {
        "__all__": ["Regulasi dengan jenis, nomor, dan tahun ini sudah tercatat."]
    }
    misplaced = client.post(f"{LIST}add/", NATION | {"kind": "perwali"})
    assert errors(misplaced) == {"kind": ["Jenis ini ditetapkan kota; pilih wilayah yang sesuai"]}


def test_an_end_set_in_the_admin_is_kept_with_its_moment(client_of, admin, today):
    client = client_of(admin)
    client.post(f"{LIST}add/", NATION)
    row = Regulation.objects.get()
    client.post(f"{LIST}{row.pk}/change/", NATION | {"valid_until": "2025-12-31"})
    row.refresh_from_db()
    assert (row.valid_until, row.planned_until, row.revision) == (date(2025, 12, 31), None, 2)
    assert row.ended_at.date() == today
    assert Entry.objects.latest("id").after["valid_until"] == "2025-12-31"


def test_an_end_before_the_beginning_and_a_revocation_without_end(client_of, admin, register):
    client = client_of(admin)
    early = NATION | {"valid_from": "2021-08-05", "valid_until": "2021-08-04"}
    assert errors(client.post(f"{LIST}add/", early)) == {
        "__all__": ["Tanggal akhir tidak boleh sebelum tanggal mulai berlaku."]
    }
    open_end = NATION | {"revoked_by": register.nation.pk}
    assert errors(client.post(f"{LIST}add/", open_end)) == {
        "__all__": ["Regulasi yang dicabut harus punya hari terakhir berlaku."]
    }


def test_other_staff_read_their_rows_and_write_none(staff, operator_makassar, register):
    client = staff(operator_makassar)
    page = client.get(LIST).content.decode()
    assert "Kota Makassar" in page
    assert "Kabupaten Bone" not in page
    assert client.get(f"{LIST}{register.makassar.pk}/change/").status_code == 200
    assert client.get(f"{LIST}{register.bone.pk}/change/").status_code == 404
    for path in (f"{LIST}add/", f"{LIST}import/"):
        assert client.get(path).status_code == 403
    assert client.post(f"{LIST}{register.makassar.pk}/change/", NATION).status_code == 403
    assert client.get(f"{LIST}export/").status_code == 200


def test_an_administrator_may_import(client_of, admin):
    assert client_of(admin).get(f"{LIST}import/").status_code == 200
