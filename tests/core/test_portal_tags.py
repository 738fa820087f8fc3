"""Filters, icons and the pieces that pages are put together from."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.core.conftest import elements

ICON = '<svg class="i" aria-hidden="true"><use href="/static/ikon.svg#{}"/></svg>'


def rendered(source, **context):
    return Template("{% load portal %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ v|tanggal }}", date(2023, 7, 24), "24 Juli 2023"),
        ("{{ v|tanggal_hari }}", date(2023, 7, 24), "Senin, 24 Juli 2023"),
        (
            '{{ v|waktu:"WITA" }}',
            datetime(2026, 3, 12, tzinfo=UTC),
            "12 Maret 2026 pukul 08.00 WITA",
        ),
        ("{{ v|rupiah }}", Decimal("1250000000"), "Rp\u00a01.250.000.000"),
        ("{{ v|rupiah_pendek }}", 85_000_000, "Rp\u00a085\u00a0juta"),
        ("{{ v|angka }}", 2511, "2.511"),
        ("{{ v|angka:1 }}", 52.26, "52,3"),
        ("{{ v|persen:114 }}", 58, "51%"),
        ("{{ v|bagian:5 }}", 3, "3 dari 5"),
        ("{{ v|ukuran }}", 1887437, "1,8 MB"),
        ("{{ v|terbilang }}", 21, "dua puluh satu"),
        ("{{ v|terbilang_rupiah }}", 21, "dua puluh satu rupiah"),
        ("{{ v|triwulan }}", 4, "Triwulan IV"),
        ("{{ v|polos }}", 2026, "2026"),
        ("{{ v|polos }}", 52.5, "52.5"),
    ],
)
def test_filters_show_values_the_indonesian_way(source, value, shown):
    assert rendered(source, v=value) == shown


@pytest.mark.parametrize("name", ["tanggal", "rupiah", "angka", "ukuran", "terbilang", "waktu"])
@pytest.mark.parametrize("value", [None, ""])
def test_what_is_missing_is_said_in_words(name, value):
    assert rendered("{{ v|" + name + " }}", v=value) == "belum diisi"


def test_zero_is_a_value():
    assert rendered("{{ v|rupiah }} {{ v|angka }}", v=0) == "Rp\u00a00 0"


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert rendered('{% icon "check-lg" %}') == ICON.format("check-lg")
    assert rendered('{% icon "check-lg" "sudah" %}') == (
        '<svg class="i" role="img" aria-label="sudah"><use href="/static/ikon.svg#check-lg"/></svg>'
    )


def test_a_status_tag_has_icon_and_word():
    assert rendered('{% status_tag "menunggu" %}') == (
        f'<span class="st st-wait">{ICON.format("hourglass-split")}Menunggu verifikasi</span>'
    )
    assert rendered('{% status_tag "terpenuhi" short=True bare=True %}') == (
        f'<span class="st st-ok st-bare">{ICON.format("check-circle-fill")}Terpenuhi</span>'
    )
    assert rendered('{% status_tag "menunggu" text=t %}', t="<b>") == (
        f'<span class="st st-wait">{ICON.format("hourglass-split")}&lt;b&gt;</span>'
    )


FOUR = ["terpenuhi", "perlu_perbaikan", "menunggu", "belum_mengisi"]
SLOTS = '<i class="t"></i><i class="p"></i><i class="m"></i><i class="b"></i>'


def test_the_meter_has_a_shape_for_each_criterion_and_says_them():
    assert rendered("{% k4 s %}", s=FOUR) == (
        '<span class="k4" role="img" aria-label="SK terpenuhi, rencana kerja dikembalikan, '
        f'indikator menunggu, anggaran belum diisi">{SLOTS}</span>'
    )
    assert rendered('{% k4 s "lg" hidden=True %}', s=FOUR) == (
        f'<span class="k4 k4-lg" aria-hidden="true">{SLOTS}</span>'
    )


def test_the_large_meter_has_words_under_its_slots():
    html = render_to_string("partials/_k4bar.html", {"statuses": FOUR})
    assert html.count("<li") == 4
    assert '<li class="p"><b>Rencana</b><span>Dikembalikan</span></li>' in html


def test_lengths_in_pictures_are_written_for_machines():
    html = render_to_string("partials/_bar.html", {"ok": 1052.5, "wait": 11})
    assert [(rect["class"], rect.get("x"), rect["width"]) for rect in elements(html, "rect")] == [
        ("f-ok", None, "1052.5"),
        ("f-wait", "1052.5", "11"),
    ]


def test_a_task_row_quotes_the_verifier_and_links_the_whole_row():
    task = {
        "name": "Perbaiki rencana kerja",
        "url": "/isi/",
        "quote": "Triwulan <III> kosong.",
        "quoted_by": "Verifikator provinsi, 10 Maret 2026",
        "status": "perlu_perbaikan",
    }
    html = render_to_string("partials/_task_row.html", {"task": task})
    assert elements(html, "a") == [{"class": "go", "href": "/isi/"}]
    assert "“Triwulan &lt;III&gt; kosong.”<br>" in html


def test_a_step_that_is_done_says_so_and_the_current_one_is_no_link():
    steps = [
        {"label": "1. SK", "url": "/sk/", "done": True},
        {"label": "2. Rencana kerja", "url": "/rencana/", "current": True},
    ]
    html = render_to_string("partials/_steps.html", {"steps": steps})
    assert [item.get("aria-current") for item in elements(html, "li")] == [None, "step"]
    assert [link["href"] for link in elements(html, "a")] == ["/sk/"]
    assert html.count("selesai") == 1


def test_a_summary_row_without_value_says_so_and_names_its_link():
    rows = [SimpleNamespace(label="Nomor SK", value="", url="/ubah/")]
    html = render_to_string("partials/_summary_list.html", {"rows": rows})
    assert '<span class="muted">belum diisi</span>' in html
    assert '<a href="/ubah/">Ubah<span class="visually-hidden"> Nomor SK</span></a>' in html


def test_paging_keeps_the_other_filters():
    page = Paginator(range(2600), 25).page(2)
    request = RequestFactory().get("/pokja/?jenis=gdpk&halaman=2")
    html = render_to_string("partials/_pager.html", {"page": page}, request)
    assert "Menampilkan 26–50 dari 2.600" in html
    assert [link["href"] for link in elements(html, "a")] == [
        "?jenis=gdpk&halaman=1",
        "?jenis=gdpk&halaman=3",
    ]
