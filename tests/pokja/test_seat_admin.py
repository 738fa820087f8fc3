"""Seats in the administration: within the scope, claimed by revision, holders never overlap."""

from datetime import date

import pytest

from apps.audit.models import Entry
from apps.pokja.models import RosterRequirement, Seat
from tests.makers import make_pokja
from tests.pokja.seats import START, make_seat, spans

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)


@pytest.fixture
def seat(regions):
    return make_seat(make_pokja(regions.bone, "bone"), ("Andi", START, None))


@pytest.fixture
def address(seat):
    return f"/admin/pokja/seat/{seat.pk}/change/"


def form(seat, *holders, revision=1, **changes):
    data = {
        "position": seat.position,
        "institution": seat.institution,
        "sector": seat.sector,
        "home_post": "",
        "group": "",
        "started_on": "2025-01-01",
        "ended_on": "",
        "seen_revision": str(revision),
        "holders-TOTAL_FORMS": str(len(holders)),
        "holders-INITIAL_FORMS": str(sum(bool(row[0]) for row in holders)),
    }
    for at, (pk, name, first, last) in enumerate(holders):
        data |= {
            f"holders-{at}-id": pk or "",
            f"holders-{at}-seat": seat.pk,
            f"holders-{at}-name": name,
            f"holders-{at}-started_on": first,
            f"holders-{at}-ended_on": last,
        }
    return data | changes


def test_a_seat_and_its_holders_are_mended_on_record(client_of, admin, seat, address):
    holder = seat.holders.get().pk
    data = form(
        seat,
        (holder, "Andi", "2025-01-01", "2025-06-30"),
        (None, "Budi", "2025-07-01", ""),
        position="Pengarah",
    )
    assert client_of(admin).post(address, data).status_code == 302
    stored = Seat.objects.get()
    assert (stored.position, stored.revision) == ("Pengarah", 2)
    assert spans(seat) == [("Andi", START, date(2025, 6, 30)), ("Budi", JULY, None)]
    entry = Entry.objects.get(action="Mengubah anggota")
    assert (entry.before["position"], entry.after["position"]) == ("Ketua", "Pengarah")


def test_two_holders_on_one_day_are_refused(client_of, admin, seat, address):
    data = form(
        seat,
        (seat.holders.get().pk, "Andi", "2025-01-01", "2025-07-01"),
        (None, "Budi", "2025-07-01", ""),
    )
    response = client_of(admin).post(address, data)
    assert "menjabat pada hari yang sama" in response.content.decode()
    assert spans(seat) == [("Andi", START, None)]


def test_a_seat_somebody_changed_meanwhile_is_not_overwritten(client_of, admin, seat, address):
    Seat.objects.update(revision=2)
    response = client_of(admin).post(address, form(seat, position="Pengarah"))
    assert (response.status_code, Seat.objects.get().position) == (409, "Ketua")


@pytest.mark.parametrize(("who", "status"), [("koordinator_sulsel", 200), ("pusat", 403)])
def test_staff_change_members_where_their_post_allows(
    request, client_of, seat, address, who, status
):
    user = request.getfixturevalue(who)
    user.is_staff = True
    user.save()
    client = client_of(user)
    assert client.get(address).status_code == 200
    response = client.post(address, form(seat, position=""))
    assert response.status_code == status


def test_staff_of_another_province_find_nothing(client_of, verifikator_kalsel, seat, address):
    verifikator_kalsel.is_staff = True
    verifikator_kalsel.save()
    assert client_of(verifikator_kalsel).get(address).status_code == 404


def test_a_requirement_asks_for_a_sector_or_an_institution(client_of, admin):
    url = "/admin/pokja/rosterrequirement/add/"
    data = {"code": "x", "label": "X", "sector": "", "institution": "", "order": "1"}
    both = {"sector": "media", "institution": "Radio"}
    client = client_of(admin)
    for wrong in (data, data | both):
        assert "Isi unsur atau instansi, salah satu." in client.post(url, wrong).content.decode()
    assert client.post(url, data | {"institution": "Bappeda"}).status_code == 302
    assert RosterRequirement.objects.get().institution == "Bappeda"
