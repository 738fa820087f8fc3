"""The line to PostgreSQL: cut, silent, without room. Told within seconds, healed at once."""

import socket
import time
from contextlib import contextmanager, suppress

import psycopg2
import pytest
from django.db import OperationalError, close_old_connections, connection

from apps.core.outages import TITLE, is_outage
from apps.core.postgresql import patience

DEAD, SILENT, BACK = 2, 3.5, 5  # seconds


def ask(portal):
    """(answer, seconds it took); each request looks at its connection first, as behind a server."""
    close_old_connections()
    began = time.monotonic()
    answer = portal.get("/tugas/")
    return answer, time.monotonic() - began


@pytest.fixture
def portal(client_of, operator_makassar, line):
    """A person whose portal reaches the database over the line, on a connection used before."""
    client = client_of(operator_makassar)
    client.raise_request_exception = False
    assert client.get("/tugas/").status_code == 200
    return client


def assert_away_then_back(portal, line, seconds):
    answer, took = ask(portal)
    assert (answer.status_code, TITLE in answer.content.decode()) == (503, True)
    assert took < seconds
    line.mend()
    began = time.monotonic()
    while ask(portal)[0].status_code != 200:
        assert time.monotonic() - began < BACK
        time.sleep(0.1)


def test_a_database_that_is_gone_is_told_at_once_and_back_at_once(portal, line):
    line.cut()
    assert_away_then_back(portal, line, DEAD)


def test_lines_that_broke_meanwhile_are_made_anew_unseen(portal, line):
    """PostgreSQL was started again between two requests: nobody need know."""
    line.drop()
    assert ask(portal)[0].status_code == 200


def test_a_database_gone_silent_is_told_soon(portal, line):
    line.hush()
    assert_away_then_back(portal, line, SILENT)


def test_while_it_is_silent_the_next_are_told_at_once(portal, line):
    line.hush()
    ask(portal)
    answer, took = ask(portal)
    assert (answer.status_code, took < 0.5) == (503, True)


@contextmanager
def statements_limited_to(seconds):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patience, "STATEMENT_SECONDS", seconds)
        yield


def test_silence_in_the_middle_of_a_statement_ends(line):
    with statements_limited_to(0.5), connection.cursor() as cursor:
        line.hush()
        with pytest.raises(OperationalError) as caught:
            cursor.execute("SELECT 2")
    assert is_outage(caught.value)


@pytest.mark.parametrize(("answered", "looks"), [(False, 8), (True, 23)])
def test_while_others_are_answered_a_line_may_wait_longer(answered, looks):
    """By looks of the thread, whatever the clock says."""
    here, there = socket.socketpair()
    watch = patience._Watch()
    watch.is_running = True  # no thread: the test looks itself
    with here, there, watch.limit(here.fileno(), 1.5):
        there.setblocking(False)
        for look in range(looks):
            if answered:
                with watch.limit(there.fileno(), 1.5):
                    pass
            with pytest.raises(BlockingIOError):
                there.recv(1)
            assert watch.silent_until == 0, look
            watch._look()
        assert there.recv(1) == b""  # hung up
        assert watch.silent_until > 0


def test_what_takes_long_but_answers_is_left_alone(line):
    """Control: the watch ends lines by the time they wait, not for being there."""
    with statements_limited_to(1), connection.cursor() as cursor:
        for _ in range(3):
            cursor.execute("SELECT pg_sleep(0.4)")
    assert not patience.watch.waiting


def test_no_connection_left_is_an_outage(portal, line):
    """As many as the server allows are taken: the next is told so, and served when one is free."""
    words = connection.get_connection_params() | {"dbname": "postgres"}
    del words["connection_factory"], words["cursor_factory"]
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        most = int(cursor.fetchone()[0])
    connection.close()
    held = []
    with suppress(psycopg2.OperationalError):
        for _ in range(most + 1):
            held.append(psycopg2.connect(**words))
    assert len(held) <= most
    answer, took = ask(portal)
    for each in held:
        each.close()
    assert (answer.status_code, took < DEAD) == (503, True)
    assert ask(portal)[0].status_code == 200
