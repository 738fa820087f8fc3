"""The list of an SK against its seats: new, changed, kept, gone; all or nothing."""

from datetime import date

import pytest

from apps.audit.models import Entry
from apps.pokja.models import Seat, SeatHolder
from apps.pokja.seat_importing import RosterChanged, SeatImporter, import_seats
from apps.pokja.seat_plan import Target
from apps.pokja.seat_services import change_seat
from apps.pokja.seat_sheet import read_text
from tests.makers import make_pokja
from tests.pokja.seats import START, make_seat, make_sk, spans
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db
HEAD = "kedudukan;instansi;unsur;jabatan_asal;nama;mulai;sampai\n"
LIST = (
    HEAD
    + "Ketua;Sekretariat Daerah;OPD;Sekda;Andi;;\n"
    + "Sekretaris;Dinas PPKB;pemerintah;Kepala Dinas;;;\n"
    + "Anggota;Universitas Contoh;akademisi;Dekan;Siti;1 Maret 2025;\n"
)


@pytest.fixture
def bone(regions, today):
    return make_pokja(regions.bone, "bone")


@pytest.fixture
def sk(bone):
    return make_sk(bone)


@pytest.fixture
def run(bone, sk, operator_bone):
    """run(text, **options): (report, importer) of the list of the SK."""

    def call(text, *, dry_run=False, actor=operator_bone, decree=sk, **options):
        target = Target(bone, decree, START)
        importer = SeatImporter(actor=actor, target=target, **options)
        return import_seats(importer, read_text(text), dry_run=dry_run), importer

    return call


def actions(report):
    return [outcome.action for outcome in report.outcomes]


def test_a_list_becomes_seats_and_holders_of_the_sk(run, sk, operator_bone):
    report, _ = run(LIST)
    assert (report.saved, actions(report)) == (True, ["tambah"] * 3)
    assert list(Seat.objects.values_list("position", "sector", "decree", "started_on")) == [
        ("Ketua", "pemerintah", sk.pk, START),
        ("Sekretaris", "pemerintah", sk.pk, START),
        ("Anggota", "perguruan_tinggi", sk.pk, date(2025, 3, 1)),
    ]
    assert list(SeatHolder.objects.values_list("name", "started_on")) == [
        ("Andi", START),
        ("Siti", date(2025, 3, 1)),
    ]
    assert Entry.objects.filter(action="Impor anggota", actor=operator_bone).count() == 3


def test_the_same_list_twice_changes_nothing(run):
    run(LIST)
    before = Entry.objects.count()
    report, importer = run(LIST, ends_on=date(2025, 6, 30))
    assert (actions(report), importer.leaving) == (["tetap"] * 3, [])
    assert (Entry.objects.count(), set(Seat.objects.values_list("revision", flat=True))) == (
        before,
        {1},
    )


def test_a_preview_saves_nothing(run):
    report, _ = run(LIST, dry_run=True)
    assert (actions(report), report.saved, Seat.objects.count()) == (["tambah"] * 3, False, 0)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Ketua;Setda;penyiar;;;;", "baris 2, kolom unsur: “penyiar” tidak dikenal"),
        ("Ketua;;OPD;;;;", "baris 2, kolom instansi: Wajib diisi"),
        ("Ketua;Setda;OPD;;;31/02/2025;", "baris 2, kolom mulai: Tulis tanggal"),
        ("Ketua;Setda;OPD;;;;31/12/2024", "baris 2, kolom sampai: Ketua, Setda berakhir"),
        ("Ketua;Setda;OPD;;NIP 198001012005011001;;", "baris 2, kolom nama: Tulis nama saja"),
        (f"Ketua;{'x' * 151};OPD;;;;", "baris 2, kolom instansi: Terlalu panjang"),
    ],
)
def test_one_bad_cell_is_named_and_nothing_is_saved(run, row, words):
    report, _ = run(HEAD + row + "\nAnggota;Bappeda;OPD;;;;")
    assert [str(error)[: len(words)] for error in report.errors] == [words]
    assert not Seat.objects.exists()


def test_a_row_that_repeats_another_is_refused(run):
    report, _ = run(HEAD + "Ketua;Setda;OPD;;;;\nKETUA;setda;OPD;;;;")
    assert str(report.errors[0]).startswith("baris 3, kolom kedudukan: Baris ini mengulang baris 2")


def test_two_hundred_rows_take_few_queries(run, django_assert_max_num_queries):
    rows = "".join(f"Anggota;Instansi {number};ormas;;Nama {number};;\n" for number in range(200))
    with django_assert_max_num_queries(30):
        report, _ = run(HEAD + rows)
    assert (report.saved, Seat.objects.count()) == (True, 200)


def test_formulas_are_text(run):
    run(HEAD + "Ketua;=HYPERLINK(1);OPD;@x;+A;;")
    assert Seat.objects.values_list("institution", "home_post").get() == ("=HYPERLINK(1)", "@x")
    assert SeatHolder.objects.get().name == "+A"


# --- what changes ----------------------------------------------------------------------------


def details(report, row=0):
    return report.outcomes[row].details


def test_the_same_post_in_another_position_is_a_change_not_a_new_seat(run):
    run(LIST)
    report, importer = run(LIST.replace("Sekretaris;", "Wakil Ketua;"))
    assert details(report, 1) == [("kedudukan", "Sekretaris", "Wakil Ketua")]
    assert (importer.leaving, Seat.objects.count()) == ([], 3)


def test_a_spelling_is_corrected_in_place(run):
    run(LIST.replace("Andi", "Andi Rahmat"))
    report, importer = run(LIST.replace("Andi", "Andi Rahmad"))
    assert details(report) == [("nama", "Andi Rahmat", "Andi Rahmad (pembetulan)")]
    assert importer.newcomers == 0
    assert spans(Seat.objects.first()) == [("Andi Rahmad", START, None)]


def test_another_name_is_the_next_holder_and_the_former_stays_on_record(run):
    run(LIST)
    report, importer = run(LIST.replace("Andi", "Budi"), changed_on=date(2025, 7, 1))
    assert details(report) == [("nama", "Andi", "Budi, pejabat baru")]
    assert importer.newcomers == 1
    assert spans(Seat.objects.first()) == [
        ("Andi", START, date(2025, 6, 30)),
        ("Budi", date(2025, 7, 1), None),
    ]


def test_without_a_day_somebody_new_begins_today(run, today):
    run(LIST)
    run(LIST.replace("Andi", "Budi"))
    assert spans(Seat.objects.first())[1] == ("Budi", today, None)


def test_the_day_of_the_list_counts_for_somebody_new_and_again_changes_nothing(run):
    run(LIST)
    later = LIST.replace("Andi;;", "Budi;1 Mei 2025;")
    assert details(run(later)[0]) == [("nama", "Andi", "Budi, sejak 1 Mei 2025")]
    assert actions(run(later)[0]) == ["tetap"] * 3
    assert spans(Seat.objects.first())[0] == ("Andi", START, date(2025, 4, 30))


def test_an_old_list_does_not_bring_a_former_holder_back(run):
    run(LIST)
    run(LIST.replace("Andi", "Budi"))
    report, _ = run(LIST)
    assert actions(report) == ["tetap"] * 3
    assert [str(item) for item in report.warnings] == [
        "baris 2, kolom nama: Andi sudah digantikan Budi; nama dibiarkan"
    ]


def test_somebody_new_does_not_begin_before_the_one_they_follow(run):
    run(LIST)
    report, _ = run(LIST.replace("Andi;;", "Budi;1 Desember 2024;"))
    assert [str(error) for error in report.errors] == [
        "baris 2, kolom mulai: Andi tercatat sejak 1 Januari 2025. Isi mulai Budi sesudah itu"
    ]
    assert spans(Seat.objects.first()) == [("Andi", START, None)]


def test_a_last_day_in_the_list_ends_seat_and_holder(run):
    run(LIST)
    run(LIST.replace("Andi;;", "Andi;;30/6/2025"))
    assert spans(Seat.objects.first()) == [("Andi", START, date(2025, 6, 30))]
    assert actions(run(LIST.replace("Andi;;", "Andi;;30/6/2025"))[0]) == ["tetap"] * 3


def test_columns_that_are_not_in_the_list_are_left_alone(run):
    run(LIST)
    report, importer = run("Ketua;Sekretariat Daerah;pemerintah\nAnggota;Universitas Contoh;PT")
    assert (actions(report), len(importer.leaving)) == (["tetap", "tetap"], 1)
    assert Seat.objects.values_list("home_post", flat=True)[0] == "Sekda"


def test_a_post_written_more_fully_is_the_same_seat(run):
    run(LIST)
    report, importer = run(LIST.replace("Sekda", "Sekretaris Daerah"))
    assert details(report) == [("jabatan_asal", "Sekda", "Sekretaris Daerah")]
    assert importer.leaving == []


# --- who is not in the list ------------------------------------------------------------------


def test_seats_that_are_not_in_the_list_end_on_the_day_given(run):
    run(LIST)
    report, importer = run(LIST.rsplit("\n", 2)[0], ends_on=date(2025, 6, 30))
    assert [str(seat) for seat in importer.leaving] == ["Anggota, Universitas Contoh"]
    assert Seat.objects.get(institution="Universitas Contoh").ended_on == date(2025, 6, 30)
    assert spans(Seat.objects.last()) == [("Siti", date(2025, 3, 1), date(2025, 6, 30))]
    assert report.saved is True


def test_without_a_day_they_stay(run):
    run(LIST)
    _, importer = run(LIST.rsplit("\n", 2)[0])
    assert (len(importer.leaving), Seat.objects.filter(ended_on=None).count()) == (1, 3)


def test_a_day_before_they_began_is_refused_and_nothing_saved(run):
    run(LIST)
    text = LIST.rsplit("\n", 2)[0].replace("Andi", "Budi")
    report, _ = run(text, ends_on=date(2025, 1, 31))
    assert "Universitas Contoh berakhir 31 Januari 2025" in str(report.errors[0])
    assert spans(Seat.objects.first()) == [("Andi", START, None)]


def test_seats_of_another_sk_are_neither_matched_nor_ended(run, bone):
    other = make_seat(bone, decree=make_sk(bone, "SK 2/2020"))
    report, importer = run(LIST, ends_on=date(2025, 6, 30))
    assert (actions(report), importer.leaving) == (["tambah"] * 3, [])
    other.refresh_from_db()
    assert other.ended_on is None


def test_a_new_version_of_the_sk_has_the_same_seats(run, bone, sk):
    from apps.verification.models import Evidence

    run(LIST)
    newer = Evidence.objects.create(
        kind="decree", region=bone.region, title="SK 1/2025", family=sk.family, version=2
    )
    assert actions(run(LIST, decree=newer)[0]) == ["tetap"] * 3


# --- two at once, and whose region -----------------------------------------------------------


def test_what_was_previewed_is_what_is_saved(run, operator_bone):
    run(LIST)
    preview, importer = run(LIST.replace("Andi", "Budi"), dry_run=True)
    change_seat(Seat.objects.first(), actor=operator_bone, revision=1, position="Pengarah")
    with pytest.raises(RosterChanged):
        run(LIST.replace("Andi", "Budi"), expected=importer.fingerprint)
    assert spans(Seat.objects.first()) == [("Andi", START, None)]
    assert not preview.saved


@pytest.mark.django_db(transaction=True)
def test_the_same_list_saved_by_many_at_once_stands_once(run):
    _, importer = run(LIST, dry_run=True)
    tasks = [lambda: run(LIST, expected=importer.fingerprint)] * 5
    assert outcomes(at_once(*tasks)) == {"ok": 1, "RosterChanged": 4}
    assert Seat.objects.count() == 3
