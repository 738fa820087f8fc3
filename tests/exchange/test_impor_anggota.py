"""Files of members: many Pokja, each row with its SK; by command and in the admin."""

from datetime import date

import pytest

from apps.exchange.services import export_file, import_file
from apps.pokja.models import Seat
from tests.makers import make_decree, make_pokja
from tests.pokja.seats import make_seat, spans

pytestmark = pytest.mark.django_db
HEAD = "kode_pokja;sk;kedudukan;instansi;unsur;nama;mulai\n"


@pytest.fixture
def makassar(regions, today):
    return make_pokja(regions.makassar)


@pytest.fixture
def sk(makassar, operator_makassar):
    return make_decree(makassar, operator_makassar)


def run(text, tmp_path, actor, **options):
    path = tmp_path / "anggota.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return import_file("anggota", path, actor=actor, **options)


def test_rows_find_their_pokja_and_sk(makassar, sk, tmp_path, operator_makassar):
    text = "makassar-bk;188.45 / 412/I/2026;Ketua;Setda;OPD;Andi;\nmakassar-bk;;Anggota;PKK;ormas;;"
    report = run(text, tmp_path, operator_makassar)
    assert (report.errors, report.saved) == ([], True)
    assert list(Seat.objects.values_list("decree", "started_on")) == [
        (sk.pk, date(2026, 1, 14)),
        (None, None),
    ]
    assert run(text, tmp_path, operator_makassar).count("tetap") == 2


def test_seats_no_row_speaks_of_stay(makassar, sk, tmp_path, admin):
    seat = make_seat(makassar, ("Andi", date(2025, 1, 1), None), decree=sk)
    run("makassar-bk;188.45/412/I/2026;Anggota;PKK;ormas;;", tmp_path, admin)
    seat.refresh_from_db()
    assert (seat.ended_on, spans(seat)) == (None, [("Andi", date(2025, 1, 1), None)])


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("makassar-bk;188.45/999;Ketua;S;OPD;;", "baris 2, kolom sk: SK 188.45/999 belum ada"),
        ("lain;;Ketua;S;OPD;;", "baris 2, kolom kode_pokja: Pokja lain tidak ada di wilayah Anda"),
        ("makassar-bk;;Ketua;S;apa;;", "baris 2, kolom unsur: “apa” tidak dikenal"),
    ],
)
def test_a_bad_cell_is_named(makassar, sk, tmp_path, operator_makassar, row, words):
    report = run(row, tmp_path, operator_makassar)
    assert [str(error)[: len(words)] for error in report.errors] == [words]
    assert not Seat.objects.exists()


def test_members_of_another_region_are_neither_written_nor_shown(
    makassar, sk, tmp_path, operator_makassar, operator_bone, pengamat_makassar
):
    report = run("makassar-bk;;Ketua;S;OPD;;", tmp_path, operator_bone)
    assert "tidak ada di wilayah Anda" in str(report.errors[0])
    make_seat(makassar, ("Rahasia", None, None), decree=sk)
    for person in (operator_bone, pengamat_makassar):
        assert b"Rahasia" not in export_file("anggota", person, as_csv=True).read()
    assert b"Rahasia" in export_file("anggota", operator_makassar, as_csv=True).read()


def test_what_goes_out_comes_back_without_a_change(makassar, sk, tmp_path, admin):
    make_seat(
        makassar,
        ("Andi", date(2025, 1, 1), date(2025, 6, 30)),
        ("Budi", date(2025, 7, 1), None),
        decree=sk,
        home_post="=1+1",
    )
    path = tmp_path / "keluar.xlsx"
    path.write_bytes(export_file("anggota", admin).read())
    report = import_file("anggota", path, actor=admin)
    assert (report.errors, report.count("tetap")) == ([], 1)


@pytest.mark.parametrize("count", [1, 60])
def test_a_file_costs_the_same_for_one_row_and_sixty(
    makassar, sk, tmp_path, admin, django_assert_max_num_queries, count
):
    rows = "".join(f"makassar-bk;;Anggota;Instansi {n};ormas;A;\n" for n in range(count))
    with django_assert_max_num_queries(20):
        assert run(rows, tmp_path, admin).saved
