"""A replica of the database: which reads go there, and what happens when it is away."""

import pytest
from django.db import InterfaceError, connections, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.audit.models import Entry
from apps.core.practice import Stay
from apps.effectiveness import stamps
from apps.effectiveness.stamps import STAMPS
from apps.operations import replica
from apps.operations.replica import ALIAS, WROTE, ReplicaMiddleware, ReplicaRouter
from apps.pokja.models import Pokja

router = ReplicaRouter()


@pytest.fixture
def reading_there():
    token = replica._reads_there.set(True)
    yield
    replica._reads_there.reset(token)


@pytest.fixture
def second_line(transactional_db, settings, monkeypatch):
    """An alias "replica" with a connection of its own to the same database."""
    connections.settings[ALIAS] = dict(connections["default"].settings_dict)
    settings.DATABASE_ROUTERS = ["apps.operations.replica.ReplicaRouter"]
    place = settings.MIDDLEWARE.index("apps.practice.middleware.PracticeMiddleware") + 1
    own = ["apps.operations.replica.ReplicaMiddleware"]
    settings.MIDDLEWARE = settings.MIDDLEWARE[:place] + own + settings.MIDDLEWARE[place:]
    line = connections[ALIAS]
    # Django's tests open no line that was not there when they began.
    monkeypatch.setattr(line, "ensure_connection", lambda: line.connection or line.connect())
    yield line
    line.close()
    del connections.settings[ALIAS]
    del connections[ALIAS]


# --- The router ------------------------------------------------------------------------------
def test_reads_go_to_the_primary_unless_a_page_may_read_elsewhere():
    assert router.db_for_read(Pokja) == "default"


@pytest.mark.django_db(transaction=True)
def test_figures_are_read_there_and_persons_never(reading_there):
    assert router.db_for_read(Pokja) == ALIAS
    assert {router.db_for_read(model) for model in (User, Entry)} == {"default"}
    assert router.db_for_write(Pokja) == "default"


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_everything_is_read_from_the_primary(reading_there):
    with transaction.atomic():
        assert router.db_for_read(Pokja) == "default"
    assert router.db_for_read(Pokja) == ALIAS


def test_a_practice_room_reads_from_itself(reading_there, tmp_path):
    stay = Stay("uji", tmp_path, connections["default"])
    with stay.inside():
        assert router.db_for_read(Pokja) == "default"


def test_nothing_is_migrated_there_and_rows_of_both_belong_together():
    assert router.allow_migrate(ALIAS, "pokja") is False
    assert router.allow_migrate("default", "pokja") is True
    assert router.allow_relation(Pokja(), Pokja()) is True


# --- The pages -------------------------------------------------------------------------------
def queries_of(client, path, line):
    """How many queries of a page went over this line, and its status. (Whether a kept page is
    still right is asked of every database.)"""
    with CaptureQueriesContext(line) as there:
        answer = client.get(path)
    asked = [each for each in there.captured_queries if STAMPS not in each["sql"]]
    return len(asked), answer.status_code


def test_a_page_of_figures_is_read_there_until_its_reader_writes(
    second_line, operator_makassar, client_of
):
    client, path = client_of(operator_makassar), "/dasbor/73.71/2026/"
    number, status = queries_of(client, path, second_line)
    assert (number > 0, status) == (True, 200)
    assert queries_of(client, "/tugas/", second_line) == (0, 200)

    written = client.post("/notifikasi/dibaca/")
    mark = written.cookies[WROTE]
    assert (mark["max-age"], mark["httponly"], mark["samesite"]) == (30, True, "Lax")
    assert queries_of(client, path, second_line) == (0, 200)


# Who somebody is, what waits for them, and whether what is kept is still right.
PERSONAL = ("accounts_", "django_session", "notices_notice", STAMPS)


@pytest.mark.parametrize("path", ["/dasbor/73/2026/", "/dasbor/nasional/2026/"])
def test_all_figures_of_a_page_are_read_there(second_line, regions, pusat, client_of, path):
    """Also those by hand-written SQL: a page half of here and half of there fits together never."""
    client = client_of(pusat)
    with CaptureQueriesContext(connections["default"]) as here:
        assert client.get(path).status_code == 200
    asked = [each["sql"] for each in here.captured_queries if " FROM " in each["sql"]]
    assert [sql for sql in asked if not any(word in sql for word in PERSONAL)] == []
    assert queries_of(client, path + "?jenis=umum", second_line)[0] > 5


def test_a_replica_that_is_away_is_passed_over(
    second_line, operator_makassar, client_of, monkeypatch, caplog
):
    from django.db import OperationalError

    def refuses():
        raise OperationalError("away")

    monkeypatch.setattr(second_line, "ensure_connection", refuses)
    client = client_of(operator_makassar)
    answers = [client.get("/dasbor/73.71/2026/").status_code for _ in range(3)]
    told = [each for each in caplog.messages if each.startswith("Salinan basis data tidak")]
    assert (answers, len(told)) == ([200] * 3, 1)  # not asked again for a while


def test_a_replica_that_breaks_off_in_the_middle_costs_nobody_the_page(
    second_line, operator_makassar, client_of, monkeypatch, caplog
):
    client, path = client_of(operator_makassar), "/dasbor/73.71/2026/"
    assert queries_of(client, path, second_line)[0] > 0
    asked = []

    def breaks_off(*args, **kwargs):
        asked.append(1)
        raise InterfaceError("connection already closed")

    with monkeypatch.context() as broken:
        broken.setattr(second_line, "cursor", breaks_off)
        answers = [client.get(path).status_code for _ in range(3)]
    told = [each for each in caplog.messages if each.startswith("Salinan basis data tidak")]
    assert (answers, len(told)) == ([200] * 3, 1)
    assert len(asked) == 2  # its state and a first row; then it is passed over altogether


@pytest.mark.django_db(transaction=True)
def test_the_state_is_asked_only_of_what_the_page_is_read_from(second_line, monkeypatch):
    monkeypatch.setattr(stamps, "_total", {"default": 2, ALIAS: 1}.get)
    assert stamps.version() == "2"
    token = replica._reads_there.set(True)
    assert stamps.version() is None  # the replica is behind: nothing drawn from it is kept
    replica._reads_there.reset(token)


def test_without_a_change_no_mark_is_set(rf, settings):
    settings.REPLICA_AFTER_WRITE_SECONDS = 30
    middleware = ReplicaMiddleware(lambda request: HttpResponse())
    assert WROTE not in middleware(rf.get("/")).cookies
    assert middleware(rf.post("/")).cookies[WROTE].value == "1"
