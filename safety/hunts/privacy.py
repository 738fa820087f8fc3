"""G17: planted NIP, telephone numbers and addresses, looked for in all that leaves the portal."""

import logging
import tempfile
import time
from pathlib import Path

import pytest
from django.core import mail

from safety.doors import paths
from safety.places import CANARIES, READERS, fresh
from safety.unpacking import body_of, text_of
from tests.access.test_every_url import address

# Per place: NIP of who signs letters, telephone and e-mail of the people.
PLANTED = {
    "own": ("197001017317171001", "081173717371", "rahasia.makassar@uji.test"),
    "foreign": ("197001016317171002", "081163716371", "rahasia.banjar@uji.test"),
}
# Whoever sees the letters of an office sees the NIP on them; nobody else does.
OFFICES = {
    "own": {"verifikator_sulsel", "verifikator2_sulsel", "koordinator_sulsel", "staf_sulsel"},
    "foreign": {"verifikator_kalsel"},
}
EVERYWHERE = {"pusat", "admin"}


class Kept(logging.Handler):
    """Every line the portal would write into its log."""

    def __init__(self):
        super().__init__(level=logging.DEBUG)
        self.lines = []
        self.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def log():
    handler, root = Kept(), logging.getLogger()
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)


@pytest.fixture
def planted(scenes, cast):
    from apps.papers.models import Signer

    for name, (nip, phone, address_) in PLANTED.items():
        scene = scenes[name]
        Signer.objects.filter(pk=scene.signer.pk).update(nip=nip)
        type(scene.user).objects.filter(pk=scene.user.pk).update(email=address_)
        type(scene.region).objects.filter(pk=scene.region.province_id).update(help_phone=phone)
    return scenes


def readers(name: str) -> set[str]:
    """Who may read what was planted there; the telephone of a helper is for the whole province."""
    return READERS[name] | OFFICES[name] | EVERYWHERE


def found_in(text: str) -> dict[str, list[str]]:
    return {
        name: [word for word in words if text_of(word.encode()) in text]
        for name, words in PLANTED.items()
    }


def test_what_was_planted_stays_inside(figures, short, people, planted, log, today):
    outside, seen, answers = [], 0, 0
    neighbours = {"operator_bone", "operator_sulsel"}  # whom the helper of their province helps
    personas = ("operator_bone", "operator_banjarmasin", "verifikator_sulsel") if short else people
    for persona in personas:
        for name in PLANTED:
            for path in paths(planted[name], persona)[:: 15 if short else 1]:
                content = body_of(fresh(*people[persona]).get(path))
                answers += 1
                for place, words in found_in(text_of(content)).items():
                    if persona in readers(place):
                        seen += bool(words)
                        continue
                    helped = place == "own" and persona in neighbours
                    outside += [
                        f"{persona} {path}: {word}"
                        for word in words
                        if not (helped and word == PLANTED["own"][1])
                    ]
    figures |= {
        "answers": answers,
        "outside": outside,
        "seen": seen,
        "log_lines": len(log),
        "in_logs": [line for line in log if any(found_in(text_of(line.encode())).values())],
        "in_temp": _in_temp(),
        "mails": len(mail.outbox),
    }


def _in_temp() -> list[str]:
    """Files left in the temporary folder that hold a planted word."""
    if "pokja-aman-" not in tempfile.gettempdir():
        return []
    files = [each for each in Path(tempfile.gettempdir()).rglob("*") if each.is_file()]
    return [
        str(each)
        for each in files
        if each.stat().st_size < 5_000_000
        and "pytest" not in str(each)
        and any(found_in(text_of(each.read_bytes())).values())
    ]


def test_refusals_are_logged_without_what_was_typed(figures, people, planted, log, today):
    """A wrong log-in and a refused form name nobody in the log."""
    words = PLANTED["own"]
    client = fresh(*people["anonymous"])
    client.post("/masuk/", {"username": words[2], "password": words[0]})
    client.post("/lupa-sandi/", {"email": words[2]})
    fresh(*people["operator_bone"]).post(
        address("pokja/<int:pk>/ubah/", planted["own"]), {"name": words[0]}
    )
    fresh(*people["operator_bone"]).get(f"/cari/?q={words[0]}")
    figures["typed_in_logs"] = [
        line for line in log if any(found_in(text_of(line.encode())).values())
    ]


def test_control_a_word_in_the_log_is_noticed(figures, log):
    logging.getLogger("uji").warning("NIP %s", PLANTED["own"][0])
    figures["control"] = sum(any(found_in(text_of(line.encode())).values()) for line in log)


def test_who_saw_this_person(figures, people, planted, today):
    """The question of a breach, from the trail: how long its page takes."""
    from django.urls import NoReverseMatch, reverse

    fresh(*people["verifikator_sulsel"]).get(address("berkas/<uuid:uuid>/", planted["own"]))
    began = time.monotonic()
    try:
        path = reverse("trail:readers")
    except NoReverseMatch:
        figures["who_saw"] = None
        return
    answer = fresh(*people["admin"]).get(path, {"nama": CANARIES["own"]})
    figures["who_saw"] = time.monotonic() - began if answer.status_code == 200 else None
