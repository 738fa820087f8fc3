"""Files of the kinds rencana-kerja, indikator and anggaran: rows that gather into one item."""

from datetime import date
from decimal import Decimal

import pytest

from apps.budgets.models import Budget, BudgetLine
from apps.indicators.models import Target
from apps.verification.models import Evidence
from apps.work_plans.models import Activity, WorkPlan
from tests.exchange.conftest import BUDGET, INDICATOR, PLAN


@pytest.fixture(autouse=True)
def _stored(pokja, catalogue, today):
    pass


def plan(**changes):
    return PLAN | changes


def indicator(**changes):
    return INDICATOR | changes


def budget(**changes):
    return BUDGET | changes


def test_rows_of_a_pokja_and_year_are_one_plan(impor, catalogue):
    result = impor(
        "rencana-kerja",
        [
            plan(
                isu_strategis="Isu",
                sasaran="Sasaran",
                target="1.250,5",
                satuan="orang",
                lokasi="Aula",
                mitra="Kemenag",
                kode_indikator="TFR",
                anggaran="Rp85.000.000,-",
                sumber_dana="DAK Non-Fisik",
                realisasi_fisik="75%",
            ),
            plan(no=2, waktu="1;2;12"),
            plan(tahun=2025),
            plan(kode_pokja="BNE-BK"),
        ],
    )
    assert result.out == ["4 baris: 4 ditambah, 0 diubah, 0 tetap", "Disimpan dengan status draf"]
    assert WorkPlan.objects.count() == 3
    item = Activity.objects.get(plan__pokja__code="MKS-BK", plan__year=2026, no=1)
    assert (
        item.strategic_issue,
        item.objective,
        item.name,
        item.output,
        item.target,
        item.unit,
        item.months,
        item.location,
        item.person_in_charge,
        item.partners,
        item.indicator,
        item.budget,
        item.fund_source,
        item.physical_progress,
    ) == (
        "Isu",
        "Sasaran",
        "Rapat koordinasi",
        "Notula",
        Decimal("1250.5"),
        "orang",
        0b111111,
        "Aula",
        "Kepala Bidang",
        "Kemenag",
        catalogue.tfr,
        Decimal("85000000.00"),
        "dak_bokb",
        Decimal(75),
    )
    assert Activity.objects.get(no=2).months == 0b100000000011
    evidence = Evidence.objects.get(work_plan__pokja__code="MKS-BK", year=2026)
    assert evidence.title == "Rencana kerja 2026 Pokja MKS-BK"


def test_bad_cells_of_a_plan(impor):
    result = impor(
        "rencana-kerja",
        [
            plan(waktu="TW5"),
            plan(no="satu"),
            plan(no=3, tahun="1999"),
            plan(no=4, keluaran=None),
            plan(no=5, kode_indikator="tfrr"),
            plan(no=6, anggaran="-5", realisasi_fisik="101"),
            plan(no=7, sumber_dana="kas"),
            plan(no=8, target="banyak"),
            plan(no=9, waktu=1.2),
        ],
    )
    assert result.err == [
        "baris 2, kolom waktu: Waktu “TW5” tidak dikenal; tulis TW1;TW2 atau bulan 1;2;3",
        "baris 3, kolom no: Tulis angka saja, misalnya 1.234.567,89",
        "baris 4, kolom tahun: Isi dengan bilangan bulat 2000 sampai 2100",
        "baris 5, kolom keluaran: Wajib diisi",
        "baris 6, kolom kode_indikator: Kode indikator tfrr tidak ada di katalog: mungkin "
        "maksudnya tfr?",
        "baris 7, kolom anggaran: Nilai rupiah tidak boleh kurang dari 0",
        "baris 7, kolom realisasi_fisik: Isi dengan angka 0 sampai 100",
        "baris 8, kolom sumber_dana: Sumber dana “kas” tidak dikenal. Pilihan: apbn, dak_bokb, "
        "dak_fisik, apbd_provinsi, bantuan_provinsi, apbd_kabkota, add, dana_desa, csr, hibah, "
        "swadaya, lainnya",
        "baris 9, kolom target: Tulis angka saja, misalnya 1.234.567,89",
        "baris 10, kolom waktu: Waktu “1.2” tidak dikenal; tulis TW1;TW2 atau bulan 1;2;3",
    ]


def test_rows_not_in_the_file_stay(impor):
    impor("rencana-kerja", [plan(), plan(no=2, kegiatan="Kedua")])
    result = impor("rencana-kerja", [plan(no=2, kegiatan="Kedua, baru"), plan(no=3)])
    assert result.out[0] == "2 baris: 1 ditambah, 1 diubah, 0 tetap"
    assert list(Activity.objects.values_list("no", "name")) == [
        (1, "Rapat koordinasi"),
        (2, "Kedua, baru"),
        (3, "Rapat koordinasi"),
    ]
    assert (WorkPlan.objects.count(), Evidence.objects.get().revision) == (1, 2)


def test_values_of_indicators_are_numbers_or_yes_and_no(impor, catalogue):
    result = impor(
        "indikator",
        [
            indicator(
                baseline="2,24", tahun_baseline=2024, sumber_data="PK", tw1=2.2, tahunan="2,15"
            ),
            indicator(kode_indikator="mkjp", target=33.333333333, tw1="-1,5"),
            indicator(kode_indikator="dokumen_gdpk", target="Ya", tw1="tidak", tahunan=True),
        ],
    )
    assert result.err == []
    rows = {row.indicator.code: row for row in Target.objects.select_related("indicator")}
    assert (
        rows["tfr"].baseline,
        rows["tfr"].baseline_year,
        rows["tfr"].target,
        rows["tfr"].source,
        rows["tfr"].q1,
        rows["tfr"].annual,
    ) == (Decimal("2.24"), 2024, Decimal("2.1"), "PK", Decimal("2.2"), Decimal("2.15"))
    assert (rows["mkjp"].target, rows["mkjp"].q1) == (Decimal("33.3333"), Decimal("-1.5"))
    assert (rows["dokumen_gdpk"].target, rows["dokumen_gdpk"].q1, rows["dokumen_gdpk"].annual) == (
        1,
        0,
        1,
    )


def test_bad_values_of_indicators(impor):
    result = impor(
        "indikator",
        [
            indicator(target="ya"),
            indicator(kode_indikator="dokumen_gdpk", target="5"),
            indicator(kode_indikator="mkjp", target=None, tw1="12,34567"),
            indicator(tahun=2025, target="x"),
        ],
    )
    assert result.err == [
        "baris 2, kolom target: Isi dengan angka; indikator ini bukan ya/tidak",
        "baris 3, kolom target: Isi dengan ya atau tidak",
        "baris 4, kolom target: Wajib diisi",
        "baris 4, kolom tw1: Tulis paling banyak 4 angka di belakang koma",
        "baris 5, kolom target: Tulis angka saja, misalnya 1.234.567,89",
    ]


def test_lines_of_a_stage_are_one_budget(impor):
    result = impor(
        "anggaran",
        [
            budget(
                kode_sub_kegiatan="2.14.02.1.01.\u00a0 05",
                nama_sub_kegiatan="Penyerasian",
                pagu_sub_kegiatan="1.000.000.000",
                realisasi=12500000.5,
                tanggal_data="2026-03-01",
                dasar="dpa",
                halaman=12,
            ),
            budget(sumber_dana="Dana Desa", pagu_pokja=0),
            budget(tahap="Perubahan"),
            budget(kode_pokja="SS-BK"),
        ],
    )
    assert result.err == []
    assert Budget.objects.count() == 3
    line = BudgetLine.objects.exclude(sub_activity_code="").get()
    assert (
        line.fund_source,
        line.sub_activity_code,
        line.sub_activity_name,
        line.sub_activity_ceiling,
        line.ceiling,
        line.spent,
        line.as_of,
        line.basis,
        line.page,
    ) == (
        "apbd_kabkota",
        "2.14.02.1.01.05",
        "Penyerasian",
        Decimal("1000000000.00"),
        Decimal("125000000.00"),
        Decimal("12500000.50"),
        date(2026, 3, 1),
        "DPA",
        "12",
    )
    assert BudgetLine.objects.get(budget__pokja__code="SS-BK").fund_source == "apbd_provinsi"
    assert Evidence.objects.get(budget__stage="perubahan").title == (
        "Anggaran 2026 (Perubahan) Pokja MKS-BK"
    )


def test_bad_cells_of_a_budget(impor):
    result = impor(
        "anggaran",
        [
            budget(tahap="awal", pagu_pokja="-1"),
            budget(tahun=2025, pagu_pokja="1,234"),
            budget(sumber_dana="apbd"),
            budget(sumber_dana="APBD Kab/Kota"),
            budget(kode_sub_kegiatan=2.14),
            budget(tahun=2024, dasar="SPJ", tanggal_data="kemarin"),
        ],
    )
    assert result.err == [
        "baris 2, kolom tahap: “awal” tidak dikenal. Pilihan: murni, pergeseran, perubahan",
        "baris 2, kolom pagu_pokja: Nilai rupiah tidak boleh kurang dari 0",
        "baris 3, kolom pagu_pokja: Tulis nilai rupiah paling banyak dua angka di belakang koma",
        "baris 5, kolom kode_pokja: Baris ini mengulang baris 4 (kunci yang sama)",
        "baris 6, kolom kode_sub_kegiatan: Kode sub kegiatan 2.14 tersimpan sebagai angka: "
        "mungkin maksudnya 2.140? Tulis kode sebagai teks",
        "baris 7, kolom tanggal_data: Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli "
        "2023",
        "baris 7, kolom dasar: “SPJ” tidak dikenal. Pilihan: DPA, DPPA, RKA, APBDes, DIPA",
    ]


def test_odd_amounts_are_warnings_that_never_block(impor):
    result = impor("anggaran", [budget(pagu_sub_kegiatan="1.000.000", realisasi="200.000.000")])
    assert result.saved
    assert result.err == [
        "Peringatan: baris 2, kolom pagu_pokja: Lebih besar dari pagu sub kegiatan "
        "Rp\u00a01.000.000",
        "Peringatan: baris 2, kolom realisasi: Lebih besar dari pagu Pokja Rp\u00a0125.000.000",
    ]


def test_money_is_read_in_every_way_it_is_written(impor):
    ways = ["1.234.567,89", "1234567.89", 1234567.89, "Rp 1.234.567,89"]
    impor("anggaran", [budget(tahun=2020 + at, pagu_pokja=way) for at, way in enumerate(ways)])
    assert set(BudgetLine.objects.values_list("ceiling", flat=True)) == {Decimal("1234567.89")}
    impor("anggaran", [budget(tahun=2030, pagu_pokja="1.234")])
    assert BudgetLine.objects.get(budget__year=2030).ceiling == 1234


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        (
            "rencana-kerja",
            [
                PLAN | {"target": 0.1, "anggaran": 5, "sumber_dana": "apbd"},
                PLAN | {"no": "2", "kode_indikator": "tfr"},
            ],
        ),
        (
            "indikator",
            [
                INDICATOR | {"target": 1 / 3},
                INDICATOR | {"kode_indikator": "dokumen_gdpk", "target": "ya"},
            ],
        ),
        ("anggaran", [BUDGET, BUDGET | {"sumber_dana": "CSR", "kode_sub_kegiatan": " 1.2 "}]),
    ],
)
def test_same_file_twice_changes_nothing(impor, kind, rows):
    from apps.audit.models import Entry
    from apps.verification.models import History

    def state():
        return (
            list(Evidence.objects.values()),
            History.objects.count(),
            Entry.objects.count(),
            Activity.objects.count(),
            Target.objects.count(),
            BudgetLine.objects.count(),
        )

    impor(kind, rows, "--status", "terverifikasi")
    before = state()
    result = impor(kind, rows, "--status", "terverifikasi")
    assert result.out == ["2 baris: 0 ditambah, 0 diubah, 2 tetap", "Tidak ada yang berubah"]
    assert state() == before
