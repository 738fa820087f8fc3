"""The same scoring as officials do it: a workbook with a row for each Pokja, by LibreOffice.

Two workbooks with the same values are converted; in one of them the scores are formulas. What the
second takes longer is the recalculation alone, without the start of the program and the files.
"""

import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from apps.effectiveness.formula import MET

COPIES = 10  # formulas are copied side by side, so that the difference stands out of the noise


def recalculated(items: list) -> float | None:
    """Seconds to recalculate one sheet of these assessments; None without LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="pokja-lembar-") as folder:
        plain = _write(Path(folder) / "nilai.xlsx", items, formulas=False)
        counted = _write(Path(folder) / "rumus.xlsx", items, formulas=True)
        took = {path: [] for path in (plain, counted)}
        for _ in range(3):
            for path in took:
                took[path].append(_converted(program, path))
        seconds = {path: statistics.median(times) for path, times in took.items()}
        return max(seconds[counted] - seconds[plain], 0) / COPIES


def _converted(program: str, path: Path) -> float:
    began = time.perf_counter()
    command = [program, f"-env:UserInstallation=file://{path.parent}/profil", "--headless"]
    command += ["--convert-to", "csv", "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - fixed words
    return time.perf_counter() - began


def _write(path: Path, items: list, *, formulas: bool) -> Path:
    """Each Pokja: start and end of its SK, activities, targets, money; then met, score, effective
    and the counts of its province."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("nilai")
    for row, item in enumerate(items, start=1):
        met = [result.status == MET for result in item.results.values()]
        values = [item.province_id, item.pokja_id, 45000, 46387 if met[0] else 45500]
        values += [int(each) for each in met[1:]]
        for copy in range(COPIES):
            texts = _formulas(row, len(items), 8 + 7 * copy)
            values += texts if formulas else [1] * len(texts)
        sheet.append(values)
    book.save(path)
    return path


def _formulas(row: int, rows: int, at: int) -> list[str]:
    def cell(offset):
        return f"{get_column_letter(at + offset)}{row}"

    effective = get_column_letter(at + 5)
    return [
        f"=IF(AND(C{row}<=46350,D{row}>=46350),1,0)",
        f"=IF(E{row}>0,1,0)",
        f"=IF(F{row}>0,1,0)",
        f"=IF(G{row}>0,1,0)",
        f"=25*SUM({cell(0)}:{cell(3)})",
        f"=IF({cell(4)}=100,1,0)",
        f"=SUMIFS({effective}$1:{effective}${rows},A$1:A${rows},A{row})",
    ]
