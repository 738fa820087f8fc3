"""A person who was invited and has not come yet; the two people of a post that changes hands."""

from datetime import date

from django.contrib.auth.hashers import make_password

from apps.accounts import invitations
from apps.accounts.enums import Channel, Role
from apps.accounts.models import Assignment, Invitation, User
from apps.regions.models import Region

OLD_HOLDER, NEW_HOLDER = "petugas.wajo.lama", "petugas.wajo"


def add_newcomers(people: dict[str, User], today: date) -> None:
    """Once: an open invitation for Kabupaten Gowa, an old and a new officer of Kabupaten Wajo."""
    places = {region.code: region for region in Region.objects.filter(code__in=("73.06", "73.13"))}
    if Invitation.objects.exists():
        return
    invitations.invite(
        invitations.Person("Nur Aeni (contoh)", "OPD KB Kabupaten Gowa"),
        Role.OPERATOR,
        places["73.06"],
        channel=Channel.CODE,
        actor=people["koordinator.sulsel"],
    )
    old = _person(OLD_HOLDER, "Baharuddin (contoh)", places["73.13"])
    _person(NEW_HOLDER, "Andi Nurlela (contoh)", places["73.13"])
    Assignment.objects.create(
        user=old,
        role=Role.OPERATOR,
        region=places["73.13"],
        started_on=date(today.year - 3, 1, 2),
    )


def _person(username: str, name: str, region: Region) -> User:
    return User.objects.create(
        username=username,
        full_name=name,
        office=f"OPD KB {region.full_name}",
        email="",
        password=make_password(None),
    )
