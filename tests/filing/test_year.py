"""The page of a Pokja's year: what it tells whom."""

import re

from tests import makers


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def year_url(pokja, year=2026):
    return f"/pokja/{pokja.pk}/{year}/"


def give_back(item, officer, judge, text="Lampiran belum lengkap", field="file"):
    from apps.evidence.services import return_with_notes, submit
    from apps.verification.services import FieldNote

    submit(item, actor=officer.user, revision=item.revision)
    return_with_notes(
        item, actor=judge.user, revision=item.revision, notes=(FieldNote(field=field, text=text),)
    )
    return item


def test_without_a_year_the_running_one_opens(pokja, officer):
    response = officer.client.get(f"/pokja/{pokja.pk}/")
    assert response.url == year_url(pokja)


def test_an_empty_year_says_what_to_do_first(pokja, officer):
    response = officer.client.get(year_url(pokja))
    assert response.status_code == 200
    assert response.context["statuses"] == [("belum_mengisi", "")] * 4
    assert [todo.title for todo in response.context["todos"]] == [
        "Unggah SK penetapan",
        "Isi rencana kerja",
        "Pilih indikator Bangga Kencana",
        "Isi anggaran operasional",
    ]
    page = words(response)
    assert page.count("0 dari 4 kriteria terpenuhi") == 1
    assert page.count("Belum ada isian tahun 2026") == 1
    # on the card, and in the receipt
    assert page.count("Ajukan penetapan kepada Wali Kota, lalu unggah SK") == 2


def test_an_effective_pokja_is_told_how_to_stay_so(pokja, officer, effective):
    response = officer.client.get(year_url(pokja))
    assert response.context["assessment"].effective is True
    assert [todo.title for todo in response.context["todos"]] == [
        "SK berakhir 31 Desember 2028",
        "Isi capaian Triwulan I",
        "Perbarui realisasi anggaran",
    ]
    page = words(response)
    assert page.count("Keempat kriteria terpenuhi. Agar tetap efektif") == 1
    assert page.count("Skor 100 dari 100 sudah diverifikasi.") == 1
    assert response.context["trend_heading"] == "Keempat kriteria terpenuhi sejak 2026"


def test_the_score_sentence_names_what_waits(pokja, officer, complete):
    from apps.evidence.services import submit

    submit(complete["indikator"], actor=officer.user, revision=complete["indikator"].revision)
    response = officer.client.get(year_url(pokja))
    assert response.context["score_sentence"] == (
        "Skor 0 dari 100 sudah diverifikasi. Menjadi 25 bila indikator disetujui."
    )
    assert response.context["todos"][-1].title == "Tunggu verifikasi indikator"
    assert response.context["todos"][-1].url == ""


def test_a_returned_item_shows_the_verifiers_words_and_leads_to_the_field(
    pokja, officer, judge, complete
):
    give_back(complete["sk"], officer, judge)
    response = officer.client.get(year_url(pokja))
    first = response.context["todos"][0]
    assert first.title == "Perbaiki SK"
    assert first.why == "Lampiran belum lengkap"
    assert first.url == f"/pokja/{pokja.pk}/2026/isi/sk/#id_file"
    assert words(response).count("Catatan verifikator") == 1


def test_an_expired_decree_names_its_last_day_and_asks_for_a_new_one(pokja, officer, judge):
    from datetime import date

    document = makers.make_document(pokja.region, officer.user)
    decree = makers.make_decree(
        pokja, officer.user, document=document, valid_until=date(2026, 2, 1)
    )
    makers.verified(decree, officer.user, judge.user)
    response = officer.client.get(year_url(pokja))
    first = response.context["todos"][0]
    assert (first.title, first.why) == (
        "Perbarui SK penetapan",
        "SK berlaku sampai 1 Februari 2026",
    )
    assert first.url == f"/pokja/{pokja.pk}/2026/isi/sk/?sk=baru"


def test_an_observer_sees_verified_facts_only(
    pokja, officer, judge, complete, pengamat_makassar, client_of
):
    makers.verified(complete["rencana_kerja"], officer.user, judge.user)
    give_back(complete["sk"], officer, judge)
    response = client_of(pengamat_makassar).get(year_url(pokja))
    page = words(response)
    assert response.status_code == 200
    assert page.count("188.45/412/I/2026") == 0
    assert page.count("Lampiran belum lengkap") == 0
    assert page.count("Angka Kelahiran Total") == 0
    assert page.count("Rapat koordinasi") == 1
    assert {card.button for card in response.context["cards"]} == {""}
    assert {event.sentence for event in response.context["events"]} == {
        "Rencana kerja disetujui oleh verifikator Verifikator Sulsel"
    }
    assert response.context["statuses"][3] == ("belum_mengisi", "")


def test_an_observer_is_told_that_something_waits_but_not_what(
    pokja, officer, complete, pengamat_makassar, client_of
):
    from apps.evidence.services import submit

    submit(complete["sk"], actor=officer.user, revision=complete["sk"].revision)
    response = client_of(pengamat_makassar).get(year_url(pokja))
    last = response.context["todos"][-1]
    assert (last.title, last.why, last.url) == (
        "Tunggu verifikasi SK",
        "Menunggu pemeriksaan provinsi",
        "",
    )
    assert words(response).count("188.45/412/I/2026") == 0


def test_a_verifier_is_led_to_the_checking_page(pokja, officer, judge, complete):
    from apps.evidence.services import submit

    item = complete["rencana_kerja"]
    submit(item, actor=officer.user, revision=item.revision)
    response = judge.client.get(year_url(pokja))
    assert response.context["todos"][0].button == "Periksa berkas"
    assert [todo.is_primary for todo in response.context["todos"]] == [True, False, False, False]
    assert words(response).count("tercatat atas nama Kota Makassar") == 1


def test_a_pending_version_leaves_the_verified_one_counting(pokja, officer, effective):
    from apps.evidence.services import open_version

    open_version(effective["rencana_kerja"], actor=officer.user)
    response = officer.client.get(year_url(pokja))
    card = response.context["cards"][1]
    assert card.result.status == "terpenuhi"
    assert (card.shown.version, card.pending.version) == (1, 2)


def test_another_regions_pokja_is_not_found(pokja, operator_bone, verifikator_kalsel, client_of):
    assert client_of(operator_bone).get(year_url(pokja)).status_code == 404
    assert client_of(verifikator_kalsel).get(year_url(pokja)).status_code == 404


def test_impossible_years_are_not_found(pokja, officer):
    assert officer.client.get(year_url(pokja, 1900)).status_code == 404
    assert officer.client.get(year_url(pokja, 2028)).status_code == 404
    assert officer.client.get(year_url(pokja, 2027)).status_code == 200


def test_a_year_without_rubric_cannot_be_assessed(pokja, officer, rubric):
    rubric.delete()
    page = words(officer.client.get(year_url(pokja)))
    assert page.count("Tidak dapat dinilai") == 2


def test_a_dissolved_pokja_opens_in_its_last_scored_year(pokja, officer):
    from datetime import date

    from apps.pokja.services import dissolve_pokja

    dissolve_pokja(pokja, on=date(2025, 6, 1), actor=officer.user, revision=pokja.revision)
    assert officer.client.get(f"/pokja/{pokja.pk}/").url == year_url(pokja, 2024)
    page = words(officer.client.get(year_url(pokja, 2026)))
    assert page.count("Tidak dinilai untuk tahun 2026") == 1


def test_the_card_of_a_decree_tells_four_facts_and_the_rest_on_demand(pokja, officer, effective):
    card = officer.client.get(year_url(pokja)).context["cards"][0]
    assert [(fact.label, fact.value) for fact in card.facts[:3]] == [
        ("Nomor SK", "188.45/412/I/2026"),
        ("Tanggal ditetapkan", "14 Januari 2026, oleh Wali Kota Makassar"),
        ("Masa berlaku", "14 Januari 2026 – 31 Desember 2028"),
    ]
    assert [fact.label for fact in card.facts[3:]] == ["Berkas"]
    assert len(card.all_facts) == 8


def test_what_is_missing_is_told_as_a_fact_and_the_way_as_a_task(pokja, officer):
    rows = [{"name": "Rapat", "output": "4 rapat", "months": 0b111}] * 2
    makers.make_plan(pokja, officer.user, rows=rows)
    card = officer.client.get(year_url(pokja)).context["cards"][1]
    assert card.repairs[0].fact == "Kegiatan 1 dan 2 belum ada penanggung jawab"
    assert card.fixes[0] == "Isi penanggung jawab dengan instansi atau pejabat dari anggota pada SK"
