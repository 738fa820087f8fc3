"""What is no password here: everybody's words, places, dates, numbers of persons."""

import csv
import gzip
from pathlib import Path

import pytest
from django.contrib.auth import password_validation
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings

from apps.accounts import passwords
from apps.exchange.sample.people import SHARED_PASSWORD
from tests.conftest import PASSWORD


def is_taken(password, user=None):
    try:
        validate_password(password, user)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "password",
    [
        SHARED_PASSWORD,
        PASSWORD,
        "sandi-baru-sekali",
        "kuda baterai jendela",
        "Tr0ub4dor&3xyzw",
        "vqhtwkzmrlpx",
        "saya-suka-makan-73",
        "0812-kecap-payung-kilat",
    ],
)
def test_what_is_long_and_nobodys_word_is_taken(password):
    assert is_taken(password)


@pytest.mark.parametrize(
    "password",
    [
        "BKKBNbkkbn2026",
        "pokja-bkkbn-2026",
        "P0kj4Ind0nes1a",
        "Indonesia1945!",
        "1nd0n3s1a2026!!",
        "rahasiarahasia",
        "sulawesiselatan",
        "Kabupaten Bone 2026",
        "kota_makassar_73",
        "qwertyuiop1234",
        "123qweasdzxc456",
        "bismillah123456",
        "budisantoso1990",
        "17agustus1945!!",
        "aaaaaaaaaaaaaa",
        "abababababab",
        "2026-2026-2026",
        "!!!!!!!!!!!!!!",
        "",
    ],
)
def test_everybodys_words_are_refused(password):
    assert not is_taken(password)


@pytest.mark.parametrize(
    "password",
    [
        "198504122010011003",
        "19850412 201001 1 003",
        "nip.198504122010011003",
        "7371011204850001",
        "nik7371011204850001x",
        "vqhtw17081945",
        "vqhtw-1945-08-17",
        "vqhtw 17/8/1945",
        "zkwmvqr-170845",
    ],
)
def test_dates_and_numbers_of_persons_do_not_count(password):
    assert not is_taken(password)


@pytest.mark.parametrize(
    ("password", "rest"),
    [
        ("a17-08-1945b", "ab"),
        ("a31-02-1945b", "a31-02-1945b"),
        ("a99999999b", "a99999999b"),
        ("19450817", ""),
    ],
)
def test_only_days_that_exist_are_dates(password, rest):
    assert passwords.without_dates(password) == rest


@pytest.mark.parametrize("password", ["siti-rahmah-bone", "RahmahSiti2026!", "dppkbbonekita"])
def test_the_own_name_and_office_are_refused(db, make_user, regions, password):
    user = make_user(
        "operator",
        regions.bone,
        "rahmah.siti",
        full_name="Siti Rahmah Bone",
        office="DPPKB Bone Kita",
    )
    assert not is_taken(password, user)


def test_five_thousand_that_are_tried_first_are_refused():
    tried = [*places(), *everybodys(), *numbers()]
    assert len(tried) > 5000
    assert [password for password in tried if is_taken(password)] == []


def places():
    with passwords.REGIONS.open(encoding="utf-8", newline="") as rows:
        names = {row["name"] for row in csv.DictReader(rows)}
    return [
        name.replace(" ", gap) + end for name in names for gap in ("", "-") for end in ("1", "2026")
    ]


def everybodys():
    """The first 3,000 of the list that comes with Django, as they are."""
    source = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        return [line.strip() for line, _ in zip(lines, range(3000), strict=False)]


def numbers():
    return [f"19{n % 60 + 40}0412201001100{n % 10}" for n in range(200)] + [
        f"{day:02}0{month}19{year}" for day in range(1, 10) for month in (1, 5) for year in (70, 99)
    ]


def test_classes_are_asked_for_where_the_setting_says_so():
    rules = [{"NAME": "apps.accounts.passwords.CharacterClassesValidator"}]
    with override_settings(AUTH_PASSWORD_VALIDATORS=rules):
        assert is_taken("Kuda-Baterai-7")
        with pytest.raises(ValidationError) as refused:
            validate_password("kuda baterai")
    assert refused.value.messages == ["Tambahkan huruf besar, angka."]


def test_the_words_come_quickly():
    assert len(passwords.common_words()) > 1500
