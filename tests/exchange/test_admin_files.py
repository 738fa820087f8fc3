"""Import and export on the admin pages: rights, scope, previews, the same rules as the command."""

import csv
import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from apps.exchange.registry import IMPORTERS
from apps.pokja.models import Pokja
from apps.verification.models import Evidence, History
from apps.work_plans.models import Activity
from tests.conftest import TODAY
from tests.exchange.conftest import BUDGET, INDICATOR, PLAN, POKJA, SK, write_csv, write_xlsx

PLANS = "/admin/work_plans/workplan/"
LISTS = {
    "pokja": "/admin/pokja/pokja/",
    "sk": "/admin/decrees/decree/",
    "rencana-kerja": PLANS,
    "indikator": "/admin/indicators/indicatorset/",
    "anggaran": "/admin/budgets/budget/",
    "profil": "/admin/regions/regionprofile/",
    "target": "/admin/indicators/regiontarget/",
    "anggota": "/admin/pokja/seat/",
}


@pytest.fixture(autouse=True)
def _stored(pokja, catalogue, today):
    pass


@pytest.fixture
def staff(client_of):
    """staff(user): a client of a person who may enter the admin."""

    def enter(user):
        user.is_staff = True
        user.save()
        return client_of(user)

    return enter


def upload(client, rows, tmp_path, address=PLANS, write=write_xlsx, **fields):
    path = write(tmp_path / "berkas.xlsx", rows)
    return client.post(
        f"{address}import/",
        {
            "import_file": SimpleUploadedFile("berkas.xlsx", path.read_bytes()),
            "format": "0",
            "resource": "0",
            "status": "draf",
        }
        | fields,
    )


def confirmation(response):
    """The hidden fields of the page that asks for confirmation."""
    form = response.context["confirm_form"]
    return {name: form.initial[name] for name in form.fields}


def sentences(response):
    return re.findall(r"<li>(baris [^<]*)</li>", response.content.decode())


def test_preview_saves_nothing_and_confirmation_saves_all(staff, operator_makassar, tmp_path):
    client = staff(operator_makassar)
    response = upload(client, [PLAN, PLAN | {"no": 2}], tmp_path, status="diajukan")
    assert response.context["result"].totals["new"] == 2
    assert Evidence.objects.count() == 0
    response = client.post(f"{PLANS}process_import/", confirmation(response), follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Impor selesai: 2 ditambah, 0 diubah, 0 tetap."
    ]
    assert (Activity.objects.count(), Evidence.objects.get().status) == (2, "submitted")
    assert History.objects.get().actor == operator_makassar


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_every_bad_cell_is_shown_and_nothing_can_be_confirmed(
    staff, operator_makassar, tmp_path, write
):
    response = upload(
        staff(operator_makassar),
        [PLAN | {"waktu": "besok", "anggaran": "x"}, PLAN | {"kode_pokja": "BNE-BK"}],
        tmp_path,
        write=write,
    )
    assert sentences(response) == [
        "baris 2, kolom waktu: Waktu “besok” tidak dikenal; tulis TW1;TW2 atau bulan 1;2;3",
        "baris 2, kolom anggaran: Isi nilai dengan angka, misalnya 125.000.000",
        "baris 3, kolom kode_pokja: Pokja BNE-BK tidak ada di wilayah Anda",
    ]
    assert "confirm_form" not in response.context
    assert Evidence.objects.count() == 0


def test_file_that_is_no_table_is_refused_in_the_form(staff, operator_makassar, tmp_path):
    client = staff(operator_makassar)
    response = client.post(
        f"{PLANS}import/",
        {
            "import_file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04rusak"),
            "format": "0",
            "resource": "0",
            "status": "draf",
        },
    )
    assert response.context["form"].errors["import_file"] == [
        "Berkas Excel rusak atau bukan .xlsx. Buka dengan Excel, simpan ulang sebagai .xlsx"
    ]


def test_verified_status_is_for_those_who_may_verify(
    staff, operator_makassar, verifikator_sulsel, tmp_path
):
    rows = [PLAN]
    refused = upload(staff(operator_makassar), rows, tmp_path, status="terverifikasi")
    assert sentences(refused) == [
        "baris 2, kolom kode_pokja: Peran Anda tidak dapat memverifikasi bukti di wilayah ini"
    ]
    client = staff(verifikator_sulsel)
    response = upload(client, rows, tmp_path, status="terverifikasi")
    data = confirmation(response)
    client.post(f"{PLANS}process_import/", data)
    assert Evidence.objects.get().status == "verified"


def test_changed_status_in_the_confirmation_is_checked_again(staff, operator_makassar, tmp_path):
    client = staff(operator_makassar)
    data = confirmation(upload(client, [PLAN], tmp_path)) | {"status": "terverifikasi"}
    response = client.post(f"{PLANS}process_import/", data)
    assert sentences(response) == [
        "baris 2, kolom kode_pokja: Peran Anda tidak dapat memverifikasi bukti di wilayah ini"
    ]
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize("kind", list(LISTS))
def test_import_needs_a_post_that_writes_the_kind(staff, pengamat_makassar, pusat, kind):
    for user in (pengamat_makassar, pusat):
        client = staff(user)
        assert client.get(f"{LISTS[kind]}import/").status_code == 403
        assert client.post(f"{LISTS[kind]}process_import/").status_code == 403
        assert "import/" not in client.get(LISTS[kind]).content.decode()


def test_permission_of_django_alone_opens_nothing(make_user, client_of, tmp_path):
    """M1: view permission was enough to rewrite rows of any province."""
    from django.contrib.auth.models import Permission

    user = make_user(username="staf", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="pokja"))
    client = client_of(user)
    assert client.get("/admin/pokja/pokja/import/").status_code == 403
    assert (
        upload(client, [POKJA | {"nama": "Lain"}], tmp_path, "/admin/pokja/pokja/").status_code
        == 403
    )


def test_foreign_rows_are_refused_cell_by_cell(staff, operator_banjarmasin, tmp_path):
    client = staff(operator_banjarmasin)
    response = upload(client, [POKJA | {"nama": "Direbut"}], tmp_path, "/admin/pokja/pokja/")
    assert sentences(response) == [
        "baris 2, kolom kode_pokja: Pokja MKS-BK tidak ada di wilayah Anda",
        "baris 2, kolom kode_wilayah: Wilayah 73.71 tidak ada di wilayah Anda",
    ]
    assert Pokja.objects.get(code="MKS-BK").name == "Pokja MKS-BK"


def gone(client, data):
    response = client.post(f"{PLANS}process_import/", data, follow=True)
    assert response.redirect_chain == [(f"{PLANS}import/", 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "Pratinjau ini sudah tidak ada. Unggah berkasnya sekali lagi"
    ]
    assert Evidence.objects.count() == 0


def test_preview_belongs_to_its_user(staff, operator_makassar, verifikator_sulsel, tmp_path):
    """M3: anybody could confirm anybody's preview."""
    data = confirmation(upload(staff(operator_makassar), [PLAN], tmp_path))
    gone(staff(verifikator_sulsel), data)


@pytest.mark.parametrize("name", ["tidak-ada", "../../etc/passwd", "x" * 300, "a:b:c"])
def test_made_up_preview_is_a_clean_message(staff, operator_makassar, tmp_path, name):
    """M3: a made-up name was an uncaught FileNotFoundError."""
    client = staff(operator_makassar)
    data = confirmation(upload(client, [PLAN], tmp_path))
    gone(client, data | {"import_file_name": name})


def test_preview_serves_once_and_half_an_hour(staff, operator_makassar, tmp_path, media_root):
    client = staff(operator_makassar)
    data = confirmation(upload(client, [PLAN], tmp_path))
    with time_machine.travel(TODAY.replace(minute=31), tick=False):
        gone(client, data)
    client.post(f"{PLANS}process_import/", data, follow=True)
    assert Evidence.objects.count() == 1
    response = client.post(f"{PLANS}process_import/", data, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Pratinjau ini sudah tidak ada. Unggah berkasnya sekali lagi"
    ]
    assert list((media_root / "pratinjau").iterdir()) == []


def test_previews_left_behind_are_removed_by_the_next_upload(
    staff, operator_makassar, tmp_path, media_root
):
    import os

    client = staff(operator_makassar)
    upload(client, [PLAN], tmp_path)
    [left] = (media_root / "pratinjau").iterdir()
    old = TODAY.timestamp() - 31 * 60
    os.utime(left, (old, old))
    upload(client, [PLAN], tmp_path)
    assert not left.exists()
    assert len(list((media_root / "pratinjau").iterdir())) == 1


@pytest.mark.parametrize("query", ["id=abc", "tidak_ada=1", "_changelist_filters=x", "p=x", "o=x"])
@pytest.mark.parametrize("kind", list(LISTS))
def test_unknown_parameter_of_the_export_page_is_no_server_error(admin, client_of, kind, query):
    """M4: IncorrectLookupParameters escaped as 500."""
    assert client_of(admin).get(f"{LISTS[kind]}export/?{query}").status_code in (200, 302)


# --- exports ---


def download(client, kind, query="", form="0"):
    response = client.post(f"{LISTS[kind]}export/{query}", {"format": form, "resource": "0"})
    assert response.headers["Content-Disposition"].startswith("attachment")
    return response.getvalue()


@pytest.mark.parametrize("kind", list(LISTS))
def test_export_has_exactly_the_columns_of_the_file(admin, client_of, kind):
    page = load_workbook(io.BytesIO(download(client_of(admin), kind))).active
    assert [cell.value for cell in page[1]] == IMPORTERS[kind].column_names()


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_export_holds_the_rows_of_the_scope(staff, cast, impor):
    impor(
        "rencana-kerja",
        [
            PLAN,
            PLAN | {"kode_pokja": "BNE-BK"},
            PLAN | {"kode_pokja": "SS-BK"},
            PLAN | {"kode_pokja": "BJM-BK"},
        ],
    )
    expected = {
        "operator_makassar": ["MKS-BK"],
        "operator_sulsel": ["SS-BK"],
        "verifikator_sulsel": ["SS-BK", "BNE-BK", "MKS-BK"],
        "pengamat_makassar": [],
        "verifikator_kalsel": ["BJM-BK"],
        "pusat": ["BJM-BK", "SS-BK", "BNE-BK", "MKS-BK"],
    }
    for name, codes in expected.items():
        rows = rows_of(download(staff(cast[name]), "rencana-kerja", form="1"))
        assert [row["kode_pokja"] for row in rows] == codes


def test_export_shows_the_newest_version_each_person_may_see(
    staff, admin, client_of, pengamat_makassar, impor
):
    impor("rencana-kerja", [PLAN], "--status", "terverifikasi")
    impor("rencana-kerja", [PLAN | {"kegiatan": "Baru"}])
    names = [
        [row["kegiatan"] for row in rows_of(download(client, "rencana-kerja", form="1"))]
        for client in (client_of(admin), staff(pengamat_makassar))
    ]
    assert names == [["Baru"], ["Rapat koordinasi"]]


def test_export_keeps_to_the_filter_of_the_list(admin, client_of, impor):
    impor("rencana-kerja", [PLAN, PLAN | {"tahun": 2025}])
    rows = rows_of(download(client_of(admin), "rencana-kerja", "?year=2025", form="1"))
    assert [row["tahun"] for row in rows] == ["2025"]


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("pokja", [POKJA | {"nama": "=1+1", "dibentuk": "2026-01-01"}]),
        (
            "sk",
            [
                SK | {"tentang": "-x", "penanda_tangan_status": "a.n."},
                SK | {"nomor": "2", "peran": "mengubah", "sk_induk": "188.45/97/II/2026"},
            ],
        ),
        (
            "rencana-kerja",
            [
                PLAN
                | {
                    "kegiatan": "@x",
                    "target": "1.234,567",
                    "kode_indikator": "tfr",
                    "anggaran": "1,25",
                    "sumber_dana": "CSR",
                    "waktu": "1;2;5",
                }
            ],
        ),
        ("indikator", [INDICATOR, INDICATOR | {"kode_indikator": "dokumen_gdpk", "target": "ya"}]),
        (
            "anggaran",
            [
                BUDGET
                | {
                    "kode_sub_kegiatan": "2.10",
                    "tanggal_data": "2026-01-02",
                    "dasar": "DPA",
                    "halaman": "007",
                }
            ],
        ),
        ("profil", [{"kode_wilayah": "73", "tahun": 2025, "prevalensi_stunting": "27,40"}]),
        (
            "target",
            [
                {
                    "kode_wilayah": "73",
                    "tahun": 2026,
                    "kode_indikator": "dokumen_gdpk",
                    "target": "tidak",
                    "dokumen": "+Renstra",
                }
            ],
        ),
    ],
)
@pytest.mark.parametrize("form", ["0", "1"])
def test_exported_file_comes_back_without_a_change(
    admin, client_of, impor, tmp_path, kind, rows, form
):
    assert impor(kind, rows, write=write_csv, ending="csv").saved
    data = download(client_of(admin), kind, form=form)
    path = tmp_path / "keluar"
    path.write_bytes(data)
    result = impor(kind, path)
    assert result.err == []
    count = len(rows) if kind != "pokja" else 4
    assert result.out[0] == f"{count} baris: 0 ditambah, 0 diubah, {count} tetap"


def test_formulas_go_out_harmless(admin, client_of, impor):
    impor("pokja", [POKJA | {"nama": "=HYPERLINK(1)"}], write=write_csv, ending="csv")
    page = load_workbook(io.BytesIO(download(client_of(admin), "pokja"))).active
    assert [cell.value for cell in page["D"] if "HYPER" in str(cell.value)] == ["'=HYPERLINK(1)"]


@pytest.mark.parametrize("address", ["", "import/", "export/"])
def test_pages_obey_the_strict_policy_and_speak_indonesian(admin, client_of, address):
    html = client_of(admin).get(f"{PLANS}{address}").content.decode()
    main = html[html.index('<div id="content"') :]
    assert re.findall(r"\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", main) == []
    assert re.findall(r"\b(Import|Export|Submit|Select|Preview|Confirm)\b", main) == []
