"""The chain of a Pokja's SK on its page, "Proses di Bagian Hukum", and "Gunakan kembali"."""

from datetime import date

import pytest

from apps.audit.models import Entry
from apps.decrees.models import Decree, DecreeReuse
from apps.decrees.services import save_decree
from apps.effectiveness.queries import assess_one
from apps.verification.models import Evidence
from tests import makers
from tests.filing.pages import decree as typed
from tests.filing.pages import errors, step_url, words
from tests.rivals import at_once

OLD = {
    "number": "188.45/77/2022",
    "issued_on": date(2022, 1, 3),
    "valid_from": date(2022, 1, 3),
    "valid_until": date(2024, 6, 30),
}
NEW = {
    "number": "188.45/412/2025",
    "issued_on": date(2025, 1, 14),
    "valid_from": date(2025, 1, 14),
    "valid_until": date(2027, 12, 31),
    "signer_status": "pj",
}


@pytest.fixture
def verify(officer, judge):
    """verify(pokja, **fields): a verified SK, as of a day of an earlier year where asked."""

    def make(pokja, *, in_year=None, **fields):
        document = makers.make_document(pokja.region, officer.user)
        item = makers.make_decree(pokja, officer.user, document=document, **fields)
        makers.verified(item, officer.user, judge.user)
        if in_year:
            moment = item.decided_at.replace(year=in_year)
            Evidence.objects.filter(pk=item.pk).update(decided_at=moment)
        return item

    return make


def joint(pokja, officer, judge, **fields):
    """One verified SK for several Pokja."""
    document = makers.make_document(pokja[0].region, officer.user)
    item = save_decree(
        None,
        makers.DECREE | fields,
        actor=officer.user,
        pokja=[(each, "establish", "") for each in pokja],
        document=document,
    )
    return makers.verified(item, officer.user, judge.user)


def chain_url(pokja, per=""):
    return f"/pokja/{pokja.pk}/sk/" + (f"?per={per}" if per else "")


def finding(client, pokja, per=""):
    response = client.get(chain_url(pokja, per))
    assert response.status_code == 200
    return response.context["chain"].finding


# --- the state on a day ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("per", "sentence"),
    [
        ("", "Pada 12 Maret 2026 SK 188.45/412/2025 berlaku sampai dengan 31 Desember 2027"),
        (
            "31 Desember 2022",
            "Pada 31 Desember 2022 SK 188.45/77/2022 berlaku sampai dengan 30 Juni 2024",
        ),
        (
            "2024-12-31",
            "Pada 31 Desember 2024 tidak ada SK yang berlaku: SK 188.45/77/2022 berakhir "
            "30 Juni 2024",
        ),
        (
            "1/1/2028",
            "Pada 1 Januari 2028 tidak ada SK yang berlaku: SK 188.45/412/2025 berakhir "
            "31 Desember 2027",
        ),
        (
            "1 Januari 2015",
            "Pada 1 Januari 2015 belum ada SK: yang pertama tercatat ditetapkan 3 Januari 2022",
        ),
    ],
)
def test_the_heading_states_what_held_on_the_day(pokja, officer, verify, per, sentence):
    verify(pokja, **OLD)
    verify(pokja, **NEW)
    assert finding(officer.client, pokja, per) == sentence


def test_a_future_day_is_called_a_forecast_and_a_past_one_as_known_now(pokja, officer, verify):
    verify(pokja, **NEW)
    ahead = officer.client.get(chain_url(pokja, "2027-01-01")).context["chain"]
    behind = officer.client.get(chain_url(pokja, "2025-02-01")).context["chain"]
    assert ahead.details[0].startswith("Prakiraan menurut SK yang tercatat hari ini")
    assert behind.details[0].startswith("Menurut semua SK yang terverifikasi hari ini")


@pytest.mark.parametrize("per", ["31 Februari 2025", "kemarin", "2025-13-01", "9" * 500, "\x00"])
def test_a_day_that_cannot_be_read_is_told_and_today_shown(pokja, officer, verify, per):
    verify(pokja, **NEW)
    response = officer.client.get(chain_url(pokja), {"per": per})
    assert response.status_code == 200
    assert len(errors(response)) == 1
    assert response.context["chain"].on == date(2026, 3, 12)
    assert "<title>Galat: " in response.content.decode()


def test_a_pokja_without_sk_says_so(pokja, officer):
    response = officer.client.get(chain_url(pokja))
    assert response.context["chain"].finding == (
        "Pada 12 Maret 2026 belum ada SK terverifikasi untuk Pokja ini"
    )
    assert words(response).count("Isi SK pada langkah pertama Pokja ini") == 1


def test_the_chain_is_told_in_order_of_time_in_words(pokja, officer, verify):
    verify(pokja, **NEW)
    verify(
        pokja,
        number="188.45/300/2026",
        issued_on=date(2026, 2, 2),
        valid_from=date(2026, 2, 2),
        valid_until=date(2029, 12, 31),
        role="amend",
        parent=NEW["number"],
    )
    verify(
        pokja,
        number="188.45/301/2026",
        issued_on=date(2026, 2, 3),
        valid_from=date(2026, 2, 3),
        valid_until=None,
        validity_basis="sampai_dicabut",
        role="amend",
        parent="188.45/9",
    )
    verify(pokja, **OLD)
    chain = officer.client.get(chain_url(pokja)).context["chain"]
    assert [(entry.number, entry.what, entry.look.word) for entry in chain.entries] == [
        (OLD["number"], "Membentuk Pokja ini", "Digantikan"),
        (NEW["number"], "Membentuk Pokja ini", "Berlaku"),
        (
            "188.45/300/2026",
            "Memperpanjang SK 188.45/412/2025 sampai dengan 31 Desember 2029",
            "Terverifikasi",
        ),
        ("188.45/301/2026", "Mengubah SK 188.45/9", "Terverifikasi"),
    ]
    assert [entry.notes for entry in chain.entries] == [
        ["Dilanjutkan SK 188.45/412/2025 mulai 14 Januari 2025 setelah 197 hari tanpa SK"],
        ["Setelah perubahan berlaku sampai dengan 31 Desember 2029"],
        [],
        ["SK 188.45/9 belum ada di portal"],
    ]
    facts = dict(chain.entries[1].facts)
    assert facts["Penanda tangan"] == "Penjabat (Pj.) Wali Kota Makassar, Nama Contoh"
    assert facts["Diverifikasi"] == "Verifikator Sulsel, 12 Maret 2026"
    assert chain.periods == [
        ("3 Januari 2022 – 30 Juni 2024", "SK 188.45/77/2022"),
        ("1 Juli 2024 – 13 Januari 2025", "tidak ada SK yang berlaku"),
        ("14 Januari 2025 – 31 Desember 2029", "SK 188.45/412/2025"),
        ("1 Januari 2030 – seterusnya", "tidak ada SK yang berlaku"),
    ]


def test_a_revoked_sk_names_its_last_day(pokja, officer, verify):
    verify(pokja, **NEW)
    verify(
        pokja,
        number="188.45/500/2026",
        issued_on=date(2026, 3, 1),
        valid_from=date(2026, 3, 5),
        valid_until=None,
        role="revoke",
        parent=NEW["number"],
    )
    chain = officer.client.get(chain_url(pokja)).context["chain"]
    assert chain.finding == (
        "Pada 12 Maret 2026 tidak ada SK yang berlaku: SK 188.45/412/2025 dicabut, "
        "hari terakhir berlaku 4 Maret 2026"
    )
    assert [entry.look.word for entry in chain.entries] == ["Dicabut", "Terverifikasi"]
    assert chain.entries[1].what == "Mencabut SK 188.45/412/2025 mulai 5 Maret 2026"


def test_an_sk_that_waits_is_named_beside_the_finding(pokja, officer, verify, complete):
    from apps.evidence.services import submit

    verify(pokja, **OLD)
    submit(complete["sk"], actor=officer.user, revision=complete["sk"].revision)
    chain = officer.client.get(chain_url(pokja)).context["chain"]
    assert chain.details == [
        "SK 188.45/412/I/2026 menunggu verifikasi; bila disetujui, SK itu berlaku pada hari "
        "tersebut"
    ]


# --- one SK for several Pokja, partly replaced ---------------------------------------------------


@pytest.fixture
def four(pokja, officer, judge, verify):
    """A joint SK of four Pokja, one of which has got its own."""
    others = [makers.make_pokja(pokja.region, f"makassar-{n}", f"Pokja {n}") for n in "abc"]
    joint([pokja, *others], officer, judge, **OLD | {"valid_until": date(2027, 12, 31)})
    verify(pokja, **NEW)
    return [pokja, *others]


def test_a_joint_sk_is_replaced_for_one_pokja_and_goes_on_for_the_others(four, officer):
    own, other = four[:2]
    mine = officer.client.get(chain_url(own)).context["chain"]
    assert [entry.look.word for entry in mine.entries] == ["Digantikan", "Berlaku"]
    assert mine.entries[0].notes == [
        "Digantikan SK 188.45/412/2025 untuk Pokja ini mulai 14 Januari 2025"
    ]
    theirs = officer.client.get(chain_url(other)).context["chain"]
    assert [entry.look.word for entry in theirs.entries] == ["Berlaku"]
    assert [(each.name, fate) for each, fate in theirs.entries[0].others] == [
        (own.name, "digantikan SK 188.45/412/2025 mulai 14 Januari 2025"),
        ("Pokja b", "berlaku"),
        ("Pokja c", "berlaku"),
    ]
    before = officer.client.get(chain_url(own, "2024-12-31")).context["chain"]
    assert before.entries[0].look.word == "Berlaku"


def test_being_replaced_changes_no_score(four):
    results = [assess_one(each, 2026, with_index=False).results["sk"] for each in four]
    assert [result.status for result in results] == ["terpenuhi"] * 4
    # The own SK ends, the joint one still counts: any SK in force is enough.
    Decree.objects.filter(number=NEW["number"]).update(valid_until=date(2026, 1, 31))
    assert assess_one(four[0], 2026, with_index=False).results["sk"].is_met is True


# --- proses di Bagian Hukum ----------------------------------------------------------------------


def in_process(client, pokja, **changes):
    """Save the SK's form as a draft without number or file, with its nota dinas."""
    fields = {
        "number": "",
        "issued_on": "",
        "title": "",
        "valid_until": "",
        "signer_choice": "",
        "file": None,
        "in_process_since": "3 Maret 2026",
        "process_file": makers.pdf_upload("ND.pdf"),
    } | changes
    return client.post(step_url(pokja, "sk"), typed(pokja, button="draf", **fields))


def test_an_sk_at_bagian_hukum_is_a_draft_with_its_nota_dinas(pokja, officer, verify):
    verify(pokja, **OLD)
    assert in_process(officer.client, pokja).status_code == 302
    decree = Decree.objects.get(number="")
    assert (decree.in_process_since, decree.process_document.original_name) == (
        date(2026, 3, 3),
        "ND.pdf",
    )
    assert assess_one(pokja, 2026, with_index=False).results["sk"].reason == "kedaluwarsa"
    page = words(officer.client.get(f"/pokja/{pokja.pk}/2026/"))
    told = "SK pengganti diproses di Bagian Hukum sejak 3 Maret 2026 (9 hari)"
    assert told in page
    assert finding(officer.client, pokja) == (
        "Pada 12 Maret 2026 tidak ada SK yang berlaku: SK 188.45/77/2022 berakhir 30 Juni 2024, "
        "SK penggantinya sedang diproses di Bagian Hukum sejak 3 Maret 2026"
    )
    # On a day before it went there nothing is said of it.
    assert finding(officer.client, pokja, "2026-03-02").endswith("berakhir 30 Juni 2024")
    todos = officer.client.get(f"/pokja/{pokja.pk}/2026/").context["todos"]
    assert (todos[0].title, todos[0].why) == ("Lengkapi SK setelah terbit", told)


def test_the_same_draft_is_completed_and_sent(pokja, officer, judge, verify):
    verify(pokja, **OLD)
    in_process(officer.client, pokja)
    draft = Evidence.objects.get(status="draft")
    answer = officer.client.post(
        step_url(pokja, "sk"),
        typed(
            pokja,
            bukti=str(draft.pk),
            revision=str(draft.revision),
            in_process_since="3 Maret 2026",
        ),
    )
    assert answer.status_code == 302
    decree = Decree.objects.get(evidence=draft)
    assert (decree.number, decree.process_document.original_name) == (
        "188.45/161/II/2026",
        "ND.pdf",
    )
    draft.refresh_from_db()
    makers.verified(draft, officer.user, judge.user)
    chain = officer.client.get(chain_url(pokja)).context["chain"]
    assert chain.finding.startswith("Pada 12 Maret 2026 SK 188.45/161/II/2026 berlaku")
    assert [entry.look.word for entry in chain.entries] == ["Digantikan", "Berlaku"]
    assert chain.entries[1].process_document.original_name == "ND.pdf"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"in_process_since": "13 Maret 2026"},
            "Tanggal masuk Bagian Hukum tidak boleh setelah hari ini, 12 Maret 2026",
        ),
        ({"in_process_since": ""}, "Isi sejak kapan SK diproses di Bagian Hukum"),
        (
            {"process_file": makers.pdf_upload("x.pdf", b"bukan PDF")},
            "Berkas bukan PDF",
        ),
    ],
)
def test_mistakes_in_the_folded_part_are_told_there(pokja, officer, changes, sentence):
    response = in_process(officer.client, pokja, **changes)
    assert response.status_code == 200
    (told,) = errors(response)
    assert told.startswith(sentence) or "PDF" in sentence
    assert Decree.objects.count() == 0


def test_a_nota_dinas_is_kept_over_an_error_page(pokja, officer):
    response = in_process(officer.client, pokja, issued_on="31 Februari 2026")
    form = response.context["form"]
    assert form.kept_process.original_name == "ND.pdf"
    code = str(form.kept_process.uuid)
    again = in_process(officer.client, pokja, process_file=None, process_document=code)
    assert again.status_code == 302
    assert str(Decree.objects.get().process_document.uuid) == code


def test_an_observer_knows_nothing_of_the_draft_or_its_nota_dinas(
    pokja, officer, verify, pengamat_makassar, client_of, operator_bone, judge
):
    verify(pokja, **OLD)
    in_process(officer.client, pokja)
    note = Decree.objects.get(number="").process_document
    observer = client_of(pengamat_makassar)
    for path in (chain_url(pokja), f"/pokja/{pokja.pk}/2026/"):
        assert "Bagian Hukum" not in words(observer.get(path))
        assert "ND.pdf" not in words(observer.get(path))
    address = f"/berkas/{note.uuid}/"
    clients = (observer, client_of(operator_bone), officer.client, judge.client)
    assert [each.get(address).status_code for each in clients] == [404, 404, 200, 200]


def test_the_dashboard_says_it_to_those_alone_who_may_see_the_draft(
    pokja, officer, judge, verify, pengamat_makassar, client_of
):
    verify(pokja, **OLD)
    in_process(officer.client, pokja)
    told = "SK kedaluwarsa; rencana kerja, indikator, dan anggaran belum diisi; SK pengganti "
    told += "diproses di Bagian Hukum sejak 3 Maret 2026 (9 hari)"
    clients = (officer.client, judge.client, client_of(pengamat_makassar))
    pages = [words(each.get("/dasbor/73.71/2026/")) for each in clients]
    assert [told in page for page in pages] == [True, True, False]
    assert "Bagian Hukum" not in pages[2]
    assert "Bagian Hukum" not in words(judge.client.get("/dasbor/73.71/2025/"))


def test_a_nota_dinas_stays_hidden_from_observers_once_the_sk_is_verified(
    pokja, officer, judge, pengamat_makassar, client_of
):
    """Nobody has verified it: it is a working paper of the office."""
    document = makers.make_document(pokja.region, officer.user)
    note = makers.make_document(pokja.region, officer.user, name="ND.pdf")
    item = makers.make_decree(pokja, officer.user, document=document)
    Decree.objects.filter(evidence=item).update(
        process_document=note, in_process_since=date(2026, 1, 2)
    )
    makers.verified(item, officer.user, judge.user)
    observer = client_of(pengamat_makassar)
    assert "ND.pdf" not in words(observer.get(chain_url(pokja)))
    assert observer.get(f"/berkas/{note.uuid}/").status_code == 404
    assert observer.get(f"/berkas/{document.uuid}/").status_code == 200


def test_a_blank_serial_number_is_sent_with_a_warning(pokja, officer):
    number = "188.45/    /HK/2026"
    answer = officer.client.post(step_url(pokja, "sk"), typed(pokja, number=number))
    assert answer.status_code == 302
    draft = Evidence.objects.get()
    page = officer.client.get(f"/pokja/{pokja.pk}/2026/isi/periksa/")
    assert words(page).count("Nomor urut SK masih kosong") == 1
    sent = officer.client.post(
        f"/pokja/{pokja.pk}/2026/isi/periksa/",
        {
            "statement": "on",
            f"send_{draft.pk}": "on",
            f"revision_{draft.pk}": str(draft.revision),
        },
    )
    assert sent.status_code == 302
    draft.refresh_from_db()
    assert draft.status == "submitted"
    entry = officer.client.get(chain_url(pokja)).context["chain"].entries[0]
    assert (entry.number, entry.notes) == (number, ["Nomor urut SK masih kosong"])


# --- gunakan kembali -----------------------------------------------------------------------------


def reuse(client, pokja, sk, *chosen, year=2026):
    data = {"sk": str(sk), "pokja": [str(each.pk) for each in chosen]}
    return client.post(f"/pokja/{pokja.pk}/{year}/gunakan-kembali/", data)


def test_an_sk_in_force_is_used_again_by_one_click(pokja, officer, verify):
    item = verify(pokja, in_year=2025, **NEW)
    score = assess_one(pokja, 2026, with_index=False).score
    page = words(officer.client.get(f"/pokja/{pokja.pk}/2026/"))
    question = "SK 188.45/412/2025 masih berlaku s.d. 31 Desember 2027. Gunakan kembali untuk 2026?"
    assert page.count(question) == 1
    assert words(officer.client.get(step_url(pokja, "sk"))).count(question) == 1
    assert reuse(officer.client, pokja, item.pk).url == f"/pokja/{pokja.pk}/2026/"
    row = DecreeReuse.objects.get()
    assert (row.pokja, row.year, row.evidence, row.confirmed_by) == (
        pokja,
        2026,
        item,
        officer.user,
    )
    page = words(officer.client.get(f"/pokja/{pokja.pk}/2026/"))
    assert question not in page
    told = "Digunakan kembali untuk 2026 oleh Operator Makassar pada 12 Maret 2026"
    assert page.count(told) == 1
    assert assess_one(pokja, 2026, with_index=False).score == score
    entry = Entry.objects.get(action="Menggunakan kembali SK")
    assert (entry.actor, entry.role, entry.region) == (officer.user, "operator", pokja.region)


def test_an_sk_verified_in_the_year_itself_is_not_asked_about(pokja, officer, verify):
    item = verify(pokja, **NEW)
    assert "Gunakan kembali" not in words(officer.client.get(f"/pokja/{pokja.pk}/2026/"))
    assert reuse(officer.client, pokja, item.pk).status_code == 409


def test_several_pokja_of_one_sk_are_confirmed_at_once(pokja, officer, judge, regions):
    other = makers.make_pokja(pokja.region, "makassar-b", "Pokja B")
    third = makers.make_pokja(pokja.region, "makassar-c", "Pokja C")
    foreign = makers.make_pokja(regions.bone, "bone-x")
    item = joint([pokja, other, third], officer, judge, **NEW)
    Evidence.objects.update(decided_at=item.decided_at.replace(year=2025))
    reuse(officer.client, pokja, item.pk, pokja, other, foreign)
    assert set(DecreeReuse.objects.values_list("pokja", flat=True)) == {pokja.pk, other.pk}
    # the third is still asked, alone
    offer = officer.client.get("/tugas/").context["offers"][0]
    assert offer.pokja == [third]


def test_the_same_click_twice_records_once(pokja, officer, verify):
    item = verify(pokja, in_year=2025, **NEW)
    answers = [reuse(officer.client, pokja, item.pk).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert DecreeReuse.objects.count() == 1
    assert Entry.objects.filter(action="Menggunakan kembali SK").count() == 1


@pytest.mark.parametrize("sk", ["", "abc", "0", "9" * 40])
def test_an_sk_that_is_not_in_force_is_not_used_again(pokja, officer, verify, sk):
    verify(pokja, in_year=2025, **NEW)
    assert reuse(officer.client, pokja, sk).status_code == 409
    assert DecreeReuse.objects.count() == 0


def test_only_the_running_year_is_confirmed(pokja, officer, verify):
    item = verify(pokja, in_year=2025, **NEW)
    assert reuse(officer.client, pokja, item.pk, year=2025).status_code == 409
    assert DecreeReuse.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_make_one_confirmation(pokja, officer, judge, verify):
    item = verify(pokja, in_year=2025, **NEW)
    answers = at_once(
        lambda: reuse(officer.client, pokja, item.pk).status_code,
        lambda: reuse(judge.client, pokja, item.pk).status_code,
    )
    assert answers == [302, 302]
    assert DecreeReuse.objects.count() == 1
    assert Entry.objects.filter(action="Menggunakan kembali SK").count() == 1


# --- cost and page -------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_costs_the_same_for_one_sk_and_four(
    pokja, officer, judge, verify, django_assert_num_queries, number
):
    others = [makers.make_pokja(pokja.region, f"m-{n}", f"Pokja {n}") for n in range(number)]
    for place in range(number):
        joint([pokja, *others], officer, judge, number=f"188.45/{place}")
    with django_assert_num_queries(31):
        response = officer.client.get(chain_url(pokja))
    assert len(response.context["chain"].entries) == number
    assert b"style=" not in response.content
