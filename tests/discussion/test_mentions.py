"""Whom a comment names, and who is told of it: once each, and nobody from elsewhere."""

import pytest

from apps.discussion.models import Comment, Mention
from tests.discussion.conftest import posted

# --- naming somebody -------------------------------------------------------------------------


def test_those_named_are_told_once_and_the_other_side_as_well(
    client_of, operator_makassar, verifikator_sulsel, koordinator_sulsel, talk_url, told
):
    text = "Mohon dilihat @Verifikator_Sulsel."
    client_of(operator_makassar).post(talk_url, posted(text, sebut=["koordinator_sulsel"]))
    named = set(Mention.objects.values_list("user__username", flat=True))
    assert named == {"verifikator_sulsel", "koordinator_sulsel"}
    sentence = (
        "Operator Makassar menyebut Anda tentang Rencana kerja 2026 Pokja GDPK: "
        "“Mohon dilihat @Verifikator_Sulsel.”"
    )
    assert told(verifikator_sulsel) == [("mention", sentence)]
    assert told(koordinator_sulsel) == [("mention", sentence)]
    assert told(operator_makassar) == []


@pytest.mark.parametrize(
    "name", ["tidak_ada", "operator_bone", "verifikator_kalsel", "pengamat_makassar", "pusat"]
)
def test_a_name_of_nobody_here_is_told_and_nothing_is_lost(client_of, cast, talk_url, name):
    text = f"Halo @{name}, bagaimana?"
    response = client_of(cast["operator_makassar"]).post(talk_url, posted(text))
    form = response.context["thread_form"]
    assert form.errors["teks"] == [
        f"@{name} tidak dikenal di antara orang yang dapat melihat berkas ini. Pilih dari daftar "
        "Sebut, atau hapus tanda @"
    ]
    assert form["teks"].value() == text
    assert not Comment.objects.exists()


def test_a_foreign_person_cannot_be_ticked(client_of, cast, talk_url):
    form = posted(sebut=["operator_bone"])
    response = client_of(cast["operator_makassar"]).post(talk_url, form)
    assert response.context["thread_form"].errors["sebut"] == ["Pilih sebut dari daftar"]


def test_the_national_office_is_named_on_province_level_items_only(regions, cast):
    from apps.discussion.people import talkers_of

    def names(region):
        return {talker.user.username for talker in talkers_of(region)}

    of_province = {"verifikator_sulsel", "verifikator2_sulsel", "koordinator_sulsel"}
    assert names(regions.makassar) == of_province | {"operator_makassar"}
    assert names(regions.sulsel) == of_province | {"operator_sulsel", "pusat"}


def test_somebody_without_a_post_any_more_is_neither_named_nor_told(
    begin, say, verifikator_sulsel, operator_makassar, today, told
):
    from apps.accounts.services import end_assignment
    from apps.discussion.people import talkers_of

    thread = begin(by=verifikator_sulsel)
    end_assignment(verifikator_sulsel.assignments.get(), actor=None)
    say(thread, "Sudah", by=operator_makassar)
    assert told(verifikator_sulsel) == []
    assert [talker.user for talker in talkers_of(thread.evidence.region)] == [operator_makassar]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@andi. @budi, (@cici) @andi", ["andi", "budi", "cici"]),
        ("surat ke dinas@bone.go.id", []),
        ("harga @ 5000 atau @5000", []),
        ("@nama.panjang-sekali_2 ok", ["nama.panjang-sekali_2"]),
    ],
)
def test_names_in_a_text(text, names):
    from apps.discussion.words import names_in

    assert names_in(text) == names


# --- who is told -----------------------------------------------------------------------------


def test_the_officers_of_the_region_hear_of_a_verifiers_word(
    begin, verifikator_sulsel, operator_makassar, operator_bone, told
):
    begin("Tolong jelaskan", by=verifikator_sulsel)
    assert told(operator_makassar) == [
        (
            "comment",
            "Verifikator Sulsel berkomentar tentang Rencana kerja 2026 Pokja GDPK: "
            "“Tolong jelaskan”",
        )
    ]
    assert told(operator_bone) == told(verifikator_sulsel) == []


def test_whoever_opened_the_item_hears_of_an_officers_word(
    item, begin, verifikator_sulsel, verifikator2_sulsel, told
):
    from apps.verification.services import mark_opened

    mark_opened(item, actor=verifikator2_sulsel)
    begin()
    assert [event for event, _ in told(verifikator2_sulsel)] == ["comment"]
    assert told(verifikator_sulsel) == []


def test_everybody_in_a_thread_hears_of_an_answer_once(
    begin, say, operator_makassar, verifikator_sulsel, koordinator_sulsel, told
):
    thread = begin()
    say(thread, "Boleh.", by=koordinator_sulsel)
    say(thread, "Baik, terima kasih.", by=operator_makassar)
    said = [text.split(": ")[1] for _, text in told(koordinator_sulsel)]
    assert said == ["“Baik, terima kasih.”"]
    assert [text.split(": ")[1] for _, text in told(operator_makassar)] == ["“Boleh.”"]


def test_a_notice_leads_to_the_comment(begin, verifikator_sulsel, item):
    from apps.notices.models import Notice

    thread = begin()
    comment = thread.comments.get()
    notice = Notice.objects.get(user=verifikator_sulsel, key=f"komentar:{comment.pk}")
    assert notice.url == f"/pembicaraan/{item.pk}/#komentar-{comment.pk}"
