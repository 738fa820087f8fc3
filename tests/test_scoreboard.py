"""The scoreboard of `make safety`: what was reached on a commit is not measured twice."""

import json

import pytest

from safety import run as scoreboard

COMMIT = "0123456789ab"


@pytest.fixture
def asked(monkeypatch):
    """The goals that were measured, in order; G2 is never reached."""
    names: list[str] = []

    def measured(name, measures, *, short):
        names.append(name)
        return {"figure": "1", "goal": "1", "reached": name != "G2", "seconds": 1, "at": ""}

    monkeypatch.setattr(scoreboard, "measured", measured)
    monkeypatch.setattr(scoreboard, "commit", lambda: COMMIT)
    return names


def _board(notes, *, resume=True):
    return scoreboard.board(["G1", "G2"], notes, short=False, resume=resume)


def test_a_run_that_was_cut_off_goes_on(asked, tmp_path):
    _board(tmp_path / COMMIT)
    assert json.loads((tmp_path / COMMIT / "G1.json").read_text())["reached"] is True
    results = _board(tmp_path / COMMIT)
    assert asked == ["G1", "G2", "G2"]  # what was missed is tried again
    assert [results["G1"]["reached"], results["G2"]["reached"]] == [True, False]


def test_without_the_word_everything_is_measured_again(asked, tmp_path):
    _board(tmp_path / COMMIT)
    _board(tmp_path / COMMIT, resume=False)
    assert asked == ["G1", "G2", "G1", "G2"]


def test_nothing_is_kept_of_files_that_changed_meanwhile(asked, monkeypatch, tmp_path):
    monkeypatch.setattr(scoreboard, "commit", lambda: "")
    _board(tmp_path / COMMIT)
    assert not (tmp_path / COMMIT).exists()


def test_without_a_commit_nothing_is_kept(asked, tmp_path):
    _board(None)
    assert asked == ["G1", "G2"]
    assert list(tmp_path.iterdir()) == []
