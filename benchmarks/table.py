"""The lines of the table of `make bench`, from what the programs measured."""

# id: what, key of the measurement, goal {vendor: largest ratio}
LINES = {
    "P1": ("nasional: data satu tahun / SQL mentah", "P1", 6, 6),
    "P3": ("provinsi: data / SQL mentah", "P3", 3, 3),
    "P7": ("verifikasi satu bukti / simpan biasa", "P7", 3, 5),
    "P11": ("hitung ulang semua tahun / satu SQL", "P11", 2, 2),
}
# (key of the ratio, what, goal on the national page, on a province page)
WAYS = (
    ("anew_ratio", "digambar baru", 10, 14),
    ("moved_ratio", "digambar baru, bingkai tetap", 10, 14),
    ("kept_ratio", "tidak berubah", 2, 2),
    ("same_ratio", "304", 1.6, 1.6),
)
PAPERS = (
    ("one_page", "rapor daerah", 0.1),
    ("annexes", "rapor Pokja dengan lampiran", 0.1),
    ("book", "buku provinsi 24 kab/kota", 5),
    ("recap_xlsx", "rekap Rakerda 38 kab/kota, XLSX", 5),
    ("recap_pdf", "rekap Rakerda 38 kab/kota, PDF", 5),
)


def told(found: list[dict]) -> list[str]:
    """All lines; a part that was not measured says so."""
    lines = []
    for each in found:
        name = f"{each['scale']}× {each['vendor']}"
        lines += [*_figures(each, name), *_pages(each, name), *_files(each, name)]
    if any(each["scale"] != 1 for each in found):
        lines.append("     20×: satu kegiatan, satu target, satu baris anggaran per isian")
    return lines + _growth(found)


def _line(key, name, what, part, goal) -> str:
    return (
        f"{key:4} {name:14} {what:50} {part['ms']:10.2f} ms {part['raw_ms']:10.2f} ms "
        f"{part['ratio']:8.2f}× (sasaran {goal})"
    )


def _short(key, name, what, figure, goal) -> str:
    return f"{key:4} {name:14} {what:50} {figure} (sasaran {goal})"


def _figures(each: dict, name: str) -> list[str]:
    lines = []
    for key, (what, part, lite, postgres) in LINES.items():
        goal = postgres if each["vendor"] == "postgresql" else lite
        lines.append(_line(key, name, what, each[part], f"≤ {goal}×"))
    lines.append(f"     {name}: {_extra(each)}")
    if "P10" in each and "ratio" in each["P10"]:
        what = "LibreOffice menghitung ulang lembar / portal"
        lines.append(_line("P10", name, what, each["P10"], "≥ 100×"))
        on_reading = each["P10"]["on_reading_ms"]
        lines.append(f"     {name}: dari data mentah saat dibaca {on_reading:.0f} ms")
    return lines


def _extra(each: dict) -> str:
    return (
        f"P1 {each['P1']['queries']} kueri, lima tahun {each['P1']['five_years_ms']:.1f} ms; "
        f"P3 {each['P3']['pokja']} Pokja, halaman {each['P3']['page_pokja']} Pokja dengan "
        f"{each['P3']['page_queries']} kueri {each['P3']['page_ms']:.1f} ms; "
        f"P7 dengan hitung ulang seketika {each['P7']['settled_at_once_ratio']:.1f}×; "
        f"penyimpanan pertama {each['first_settle_s']:.1f} detik"
    )


def _pages(each: dict, name: str) -> list[str]:
    if "P4" not in each:
        return [f"P4-6 {name:14} tidak diukur"]
    lines = []
    for key, page, at in (("P4", "nasional", 2), ("P5", "provinsi", 3)):
        for way in WAYS:
            ratio = each[key].get(way[0])
            figure = "tidak ada" if ratio is None else f"{ratio:.1f}×"
            what = f"halaman {page} {way[1]} / tampilan telanjang"
            lines.append(_short(key, name, what, figure, f"≤ {way[at]}×"))
    what = "daftar bawaan admin / daftar 25 Pokja"
    return [*lines, _short("P6", name, what, f"{each['P6']['ratio']:.1f}×", "≥ 3×")]


def _files(each: dict, name: str) -> list[str]:
    lines = []
    if "P8" in each:
        part = each["P8"]
        what = "impor 10.000 baris dengan pratinjau / django-import-export"
        figure = f"{part['ratio']:.2f}×, {part['ours']['mb']:.0f} MB"
        lines.append(_short("P8", name, what, figure, "≤ 2,5×; 200 MB"))
        bomb = part["hostile"]
        figure = f"{bomb['s']:.2f} detik, {bomb['mb']:.0f} MB"
        lines.append(_short("P8", name, "buku kerja jahat ditolak", figure, "≤ 2 detik; 200 MB"))
    for key, what, most in PAPERS if "P13" in each else ():
        part = each["P13"][key]
        figure = f"{part['s']:.2f} detik, prosesor {part['processor_s']:.2f}"
        if key == "one_page":
            most = most if part["pages"] == 1 else None  # the goal is one of a single page
        if "pages" in part:
            what += f", {part['pages']} halaman"
        lines.append(_short("P13", name, what, figure, f"≤ {most} detik" if most else "tidak ada"))
    return lines or [f"P8,13 {name:13} tidak diukur"]


def alone(found: dict) -> list[str]:
    """What needs no database of its own kind: exports, the second start; and what is run apart."""
    lines = []
    for kind, other in (("xlsx", "xlsxwriter"), ("csv", "csv.writer")) if "P9" in found else ():
        part = found["P9"]
        figure = f"{part[f'{kind}_ratio']:.1f}×, tumbuh {part[f'{kind}_grows_mb']:.0f} MB"
        what = f"ekspor 25.000 baris {kind.upper()} / {other}"
        lines.append(_short("P9", "", what, figure, "≤ 2×; tidak tumbuh"))
    lines += _uploads(found["P12"]) if "P12" in found else ["P12  tidak diukur (--uploads)"]
    if "P14" in found:
        figure = f"{found['P14']['s']:.1f} detik"
        return [
            *lines,
            _short("P14", "", "make run kedua sampai halaman pertama", figure, "≤ 5 detik"),
        ]
    return [*lines, "P14  tidak diukur (--start)"]


def _uploads(part: dict) -> list[str]:
    lines = []
    for key, how in (("whole", "formulir utuh"), ("parts", "bertahap")):
        way = part[key]
        what = f"{part['sent']} unggahan {part['megabytes']} MB, {how}: p95 halaman lain"
        figure = f"{way['p95_ratio']:.1f}×, tumbuh {way['grows_mb']:.0f} MB, {way['kept']} berkas"
        lines.append(_short("P12", "", what, figure, "≤ 2×; 16 MB; semua berkas"))
    return lines


def _growth(found: list[dict]) -> list[str]:
    small = {each["vendor"]: each for each in found if each["scale"] == 1}
    lines = []
    for each in found:
        if each["scale"] != 1 and (one := small.get(each["vendor"])):
            for key, part, what, goal in (
                ("P2", "P1", "ms", 1.5),
                ("P3", "P3", "page_ms", 2),
            ):
                ratio = each[part][what] / one[part][what]
                lines.append(
                    f"{key:4} {each['scale']}× terhadap 1× {each['vendor']}: {ratio:.2f}× "
                    f"(sasaran ≤ {goal}×)"
                )
    return lines
