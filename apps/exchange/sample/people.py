"""The sample accounts. They exist in sample installations only and share one password."""

from functools import cache, partial

from django.contrib.auth.hashers import make_password

from apps.accounts.enums import Role
from apps.accounts.models import Assignment, User
from apps.regions.models import Region

# Printed at start on purpose; contoh refuses to run outside development.
SHARED_PASSWORD = "contoh-pokja-2026"  # noqa: S105 - known to everybody who reads the start page

# username, full name, office, role, Kemendagri code of the region
PEOPLE = (
    ("pusat", "Sri Wahyuni", "Kemendukbangga/BKKBN Pusat", Role.NATIONAL, None),
    (
        "koordinator.sulsel",
        "Hasanuddin Rahim",
        "Perwakilan BKKBN Sulawesi Selatan",
        Role.COORDINATOR,
        "73",
    ),
    ("verifikator.sulsel", "Muh. Ilham", "Perwakilan BKKBN Sulawesi Selatan", Role.VERIFIER, "73"),
    (
        "verifikator2.sulsel",
        "Rosdiana Ahmad",
        "Perwakilan BKKBN Sulawesi Selatan",
        Role.VERIFIER,
        "73",
    ),
    (
        "operator.sulsel",
        "Nurul Fadhilah",
        "Pengelola Pokja Provinsi Sulawesi Selatan",
        Role.OPERATOR,
        "73",
    ),
    ("operator.makassar", "Dewi Lestari", "OPD KB Kota Makassar", Role.OPERATOR, "73.71"),
    ("operator.bone", "Andi Rahmawati", "OPD KB Kabupaten Bone", Role.OPERATOR, "73.08"),
    (
        "pengamat.sulsel",
        "Bappelitbangda Sulsel",
        "Bappelitbangda Provinsi Sulawesi Selatan",
        Role.OBSERVER,
        "73",
    ),
    (
        "verifikator.kalsel",
        "Rahmatullah",
        "Perwakilan BKKBN Kalimantan Selatan",
        Role.VERIFIER,
        "63",
    ),
    ("operator.banjarmasin", "Siti Aisyah", "OPD KB Kota Banjarmasin", Role.OPERATOR, "63.71"),
    (
        "verifikator.kalteng",
        "Yulia Damayanti",
        "Perwakilan BKKBN Kalimantan Tengah",
        Role.VERIFIER,
        "62",
    ),
    (
        "operator.gunungmas",
        "Kristina Natalia",
        "OPD KB Kabupaten Gunung Mas",
        Role.OPERATOR,
        "62.10",
    ),
    (
        "verifikator.sultra",
        "La Ode Arman",
        "Perwakilan BKKBN Sulawesi Tenggara",
        Role.VERIFIER,
        "74",
    ),
    (
        "operator.konkep",
        "Wa Ode Salma",
        "OPD KB Kabupaten Konawe Kepulauan",
        Role.OPERATOR,
        "74.12",
    ),
)
# Who sends for a region, and who judges what a province's kab/kota send: the first named; a second
# verifier looks again.
OFFICERS = {code: name for name, _, _, role, code in PEOPLE if role == Role.OPERATOR}
JUDGES = {code: name for name, _, _, role, code in reversed(PEOPLE) if role == Role.VERIFIER}
# Signs for the offices without a sample account; cannot log in.
CLERK = "petugas.contoh"


def create_people() -> dict[str, User]:
    """Create the accounts that are missing; existing ones keep their password. By username."""
    # Once, and only when it is needed: hashing is slow on purpose.
    password = cache(lambda: make_password(SHARED_PASSWORD))
    regions = {region.code: region for region in Region.objects.with_pokja_level()}
    people = {
        "admin": _person(
            "admin", "Admin Portal", "Tim Portal", password, is_staff=True, is_superuser=True
        ),
        CLERK: _person(
            CLERK,
            "Petugas OPD KB (contoh)",
            "Data contoh",
            partial(make_password, None),
            is_active=False,
        ),
    }
    for username, name, office, role, code in PEOPLE:
        people[username] = _person(username, name, office, password)
        Assignment.objects.get_or_create(
            user=people[username], role=role, region=regions[code] if code else None, ended_on=None
        )
    return people


def _person(username, name, office, password, **flags) -> User:
    user, _ = User.objects.get_or_create(
        username=username,
        defaults={
            "full_name": name,
            "office": office,
            "email": f"{username}@contoh.invalid",
            "password": password,  # called for a new account only
            **flags,
        },
    )
    return user
