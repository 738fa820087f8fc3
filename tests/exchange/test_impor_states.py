"""In which state evidence arrives by file, into which version, and who may bring it in."""

import pytest

from apps.verification.enums import Action, Status
from apps.verification.models import Evidence, History
from apps.verification.services import FieldNote, mark_opened, take_step
from apps.work_plans.models import Activity
from tests.exchange.conftest import BUDGET, INDICATOR, PLAN, SK


@pytest.fixture(autouse=True)
def _stored(pokja, catalogue, today):
    pass


def plan(**changes):
    return PLAN | changes


def newest():
    return Evidence.objects.order_by("-version").first()


def states():
    return list(Evidence.objects.order_by("version").values_list("version", "status"))


@pytest.mark.parametrize(
    ("word", "status"),
    [("draf", "draft"), ("diajukan", "submitted"), ("terverifikasi", "verified")],
)
@pytest.mark.parametrize(
    ("kind", "row"),
    [("sk", SK), ("rencana-kerja", PLAN), ("indikator", INDICATOR), ("anggaran", BUDGET)],
)
def test_evidence_arrives_in_the_state_asked_for_with_one_history_row(
    impor, word, status, kind, row
):
    assert impor(kind, [row], "--status", word).out[1] == f"Disimpan dengan status {word}"
    assert states() == [(1, status)]
    evidence = newest()
    assert (evidence.submitted_at is None, evidence.decided_at is None) == (
        status == "draft",
        status != "verified",
    )
    assert list(History.objects.values_list("action", "from_status", "to_status", "actor")) == [
        ("import", "", status, None)
    ]


@pytest.mark.parametrize(
    ("first", "then", "expected", "line"),
    [
        ("draf", "diajukan", "submitted", "1 baris: 0 ditambah, 1 diubah, 0 tetap"),
        ("draf", "terverifikasi", "verified", "1 baris: 0 ditambah, 1 diubah, 0 tetap"),
        ("diajukan", "terverifikasi", "verified", "1 baris: 0 ditambah, 1 diubah, 0 tetap"),
        ("diajukan", "draf", "submitted", "1 baris: 0 ditambah, 0 diubah, 1 tetap"),
        ("terverifikasi", "draf", "verified", "1 baris: 0 ditambah, 0 diubah, 1 tetap"),
        ("terverifikasi", "diajukan", "verified", "1 baris: 0 ditambah, 0 diubah, 1 tetap"),
    ],
)
@pytest.mark.parametrize(("kind", "row"), [("rencana-kerja", PLAN), ("sk", SK)])
def test_equal_content_is_lifted_but_never_lowered(impor, first, then, expected, line, kind, row):
    impor(kind, [row], "--status", first)
    assert impor(kind, [row], "--status", then).out[0] == line
    assert states() == [(1, expected)]


def test_lifting_is_told_by_the_trial_run(impor):
    impor("rencana-kerja", [PLAN])
    result = impor("rencana-kerja", [PLAN], "--status", "diajukan", "--uji")
    assert result.out == [
        "baris 2: ubah MKS-BK 2026 1 (status: Draf → Diajukan)",
        "Uji, tidak ada yang disimpan. 1 baris: 0 akan ditambah, 1 akan diubah, 0 tetap",
    ]
    assert states() == [(1, "draft")]


@pytest.mark.parametrize(
    ("kind", "row", "change"),
    [
        ("sk", SK, {"tentang": "Lain"}),
        ("rencana-kerja", PLAN, {"kegiatan": "Lain"}),
        ("indikator", INDICATOR, {"target": "3"}),
        ("anggaran", BUDGET, {"pagu_pokja": "3"}),
    ],
)
def test_change_of_a_verified_item_opens_the_next_version(impor, kind, row, change):
    impor(kind, [row], "--status", "terverifikasi")
    impor(kind, [row | change])
    assert states() == [(1, "verified"), (2, "draft")]
    assert Evidence.objects.counting().get().version == 1
    impor(kind, [row | change], "--status", "terverifikasi")
    assert states() == [(1, "verified"), (2, "verified")]
    assert Evidence.objects.counting().get().version == 2
    assert Evidence.objects.values("family").distinct().count() == 1


def test_next_version_keeps_the_rows_the_file_does_not_name(impor):
    impor("rencana-kerja", [plan(lokasi="Aula"), plan(no=2)], "--status", "terverifikasi")
    impor("rencana-kerja", [plan(no=2, kegiatan="Lain")])
    rows = Activity.objects.filter(plan__evidence__version=2).values_list("no", "name", "location")
    assert list(rows) == [(1, "Rapat koordinasi", "Aula"), (2, "Lain", "")]


def test_open_version_beside_a_verified_one_is_changed_not_doubled(impor):
    impor("rencana-kerja", [PLAN], "--status", "terverifikasi")
    impor("rencana-kerja", [plan(kegiatan="Kedua")])
    impor("rencana-kerja", [plan(kegiatan="Ketiga")], "--status", "diajukan")
    assert states() == [(1, "verified"), (2, "submitted")]
    assert Activity.objects.get(plan__evidence__version=2).name == "Ketiga"


def returned(impor, verifier):
    impor("rencana-kerja", [PLAN], "--status", "diajukan")
    take_step(newest(), Action.RETURN, actor=verifier, revision=1, notes=(FieldNote(text="x"),))


def test_returned_item_is_lifted_when_equal_and_stays_returned_as_a_draft(
    impor, verifikator_sulsel
):
    returned(impor, verifikator_sulsel)
    assert impor("rencana-kerja", [PLAN]).out[0] == "1 baris: 0 ditambah, 0 diubah, 1 tetap"
    impor("rencana-kerja", [plan(kegiatan="Lain")])
    assert states() == [(1, "returned")]
    impor("rencana-kerja", [plan(kegiatan="Lain")], "--status", "diajukan")
    assert states() == [(1, "submitted")]


def test_command_line_may_change_a_submitted_item(impor):
    impor("rencana-kerja", [PLAN], "--status", "diajukan")
    impor("rencana-kerja", [plan(kegiatan="Lain")], "--status", "diajukan")
    assert (states(), Activity.objects.get().name) == ([(1, "submitted")], "Lain")


def test_officer_may_change_a_submitted_item_until_it_is_opened(
    impor, operator_makassar, verifikator_sulsel
):
    oleh = ("--oleh", "operator_makassar")
    impor("rencana-kerja", [PLAN], "--status", "diajukan", *oleh)
    assert impor("rencana-kerja", [plan(kegiatan="Lain")], *oleh).saved
    assert states() == [(1, "draft")]
    impor("rencana-kerja", [plan(kegiatan="Lain")], "--status", "diajukan", *oleh)
    mark_opened(newest(), actor=verifikator_sulsel)
    result = impor("rencana-kerja", [plan(kegiatan="Ketiga")], *oleh)
    assert result.err == [
        "baris 2, kolom kode_pokja: Bukti ini sedang menunggu verifikasi. Tarik "
        "kembali dahulu, atau tunggu keputusannya"
    ]
    assert Activity.objects.get().name == "Lain"
    assert impor("rencana-kerja", [plan(kegiatan="Lain")], *oleh).saved


def test_cancelled_item_is_followed_by_the_next_version(impor, koordinator_sulsel):
    impor("rencana-kerja", [PLAN], "--status", "terverifikasi")
    take_step(newest(), Action.CANCEL, actor=koordinator_sulsel, revision=1, note="keliru")
    assert impor("rencana-kerja", [PLAN]).out[0] == "1 baris: 0 ditambah, 1 diubah, 0 tetap"
    assert states() == [(1, "cancelled"), (2, "draft")]
    assert Activity.objects.filter(plan__evidence__version=2).count() == 1


def test_history_names_who_and_in_which_role(impor, operator_makassar, verifikator_sulsel):
    impor("rencana-kerja", [PLAN], "--oleh", "operator_makassar")
    impor("rencana-kerja", [PLAN], "--oleh", "VERIFIKATOR_SULSEL", "--status", "terverifikasi")
    assert list(
        History.objects.order_by("id").values_list(
            "actor__username", "role", "from_status", "to_status"
        )
    ) == [
        ("operator_makassar", "operator", "", "draft"),
        ("verifikator_sulsel", "verifier", "draft", "verified"),
    ]
    evidence = newest()
    assert (evidence.created_by, evidence.decided_by) == (operator_makassar, verifikator_sulsel)


@pytest.mark.parametrize("word", ["draf", "diajukan"])
def test_scope_of_the_account_holds(impor, operator_makassar, word):
    result = impor(
        "rencana-kerja",
        [PLAN, plan(kode_pokja="BNE-BK"), plan(kode_pokja="SS-BK"), plan(kode_pokja="TIDAK-ADA")],
        "--oleh",
        "operator_makassar",
        "--status",
        word,
    )
    assert result.err == [
        f"baris {number}, kolom kode_pokja: Pokja {code} tidak ada di wilayah Anda"
        for number, code in ((3, "BNE-BK"), (4, "SS-BK"), (5, "TIDAK-ADA"))
    ]
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "cannot"),
    [
        ("operator_makassar", "memverifikasi bukti"),
        ("admin", "memverifikasi bukti"),
        ("pengamat_makassar", "mengisi bukti"),
        ("pusat", "mengisi bukti"),
    ],
)
def test_verified_is_for_accounts_that_may_verify(impor, cast, who, cannot):
    result = impor("rencana-kerja", [PLAN], "--oleh", who, "--status", "terverifikasi")
    assert result.err == [
        f"baris 2, kolom kode_pokja: Peran Anda tidak dapat {cannot} di wilayah ini"
    ]


def test_verifier_verifies_kab_kota_but_not_the_own_province(impor, verifikator_sulsel):
    result = impor(
        "rencana-kerja",
        [PLAN, plan(kode_pokja="SS-BK")],
        "--oleh",
        "verifikator_sulsel",
        "--status",
        "terverifikasi",
    )
    assert result.err == [
        "baris 3, kolom kode_pokja: Peran Anda tidak dapat memverifikasi bukti di wilayah ini"
    ]


def test_somebody_elses_change_meanwhile_leads_to_a_new_plan(impor, monkeypatch):
    from apps.verification import importing

    impor("rencana-kerja", [PLAN, plan(no=2)])
    real, meddled = importing.Arrivals.write, []

    def meddle(self):
        if not meddled:
            meddled.append(True)
            Evidence.objects.update(revision=7, status=Status.SUBMITTED)
        return real(self)

    monkeypatch.setattr(importing.Arrivals, "write", meddle)
    result = impor("rencana-kerja", [plan(kegiatan="Lain")], "--status", "terverifikasi")
    assert (result.saved, len(meddled)) == (True, 1)
    # The meddling was part of the transaction that was rolled back with the outdated plan.
    assert states() == [(1, "verified")]
    assert list(Activity.objects.values_list("no", "name")) == [
        (1, "Lain"),
        (2, "Rapat koordinasi"),
    ]
