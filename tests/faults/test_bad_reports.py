"""Reports that cannot be right, and cells that want to be formulas, within 20 s and 600 MB.

Each is given to a command in a process of its own, whose time and memory the system tells.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.unit import Unit
from tests.exchange.stored import archive_of, contents
from tests.faults.measured import Cost, cost_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no account of a process's memory there"),
]
_MOST_SECONDS, _MOST_MEGABYTES = 20, 600
_OWN = Unit(code="350300", name="某某局")
_ROWS = 3_000
# What office programs take for a formula: all of them in a cell, the first in a file of text.
INJECTED = (
    '=HYPERLINK("http://example.invalid/"&A1,"点此")',
    "=cmd|'/C calc'!A0",
    "+1+cmd|'/C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "＝1+1",
)


def report_of(code: str, name: str, folder: Path, rows: int = _ROWS) -> Path:
    """Return the report of a unit with so many findings."""
    folder.mkdir(exist_ok=True)
    with Ledger.create(folder / "台账.sytz", Unit(code=code, name=name)) as ledger:
        ledger.save_many([Finding(unit=code, title=f"第 {n} 个问题") for n in range(rows)], "")
        export_report(ledger, folder / f"{name}.xlsx")
    return folder / f"{name}.xlsx"


def of_newer_format(path: Path) -> Path:
    """Return a copy whose register says that a later version of the program wrote it."""
    parts = contents(path.read_bytes())
    made = {
        name: re.sub(rb"(>format</t></is></c><c [^>]*><v>)\d+", rb"\g<1>99", data)
        for name, data in parts.items()
    }
    assert made != parts
    newer = path.with_name("新版.xlsx")
    newer.write_bytes(archive_of(made))
    return newer


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Return files by what is wrong with them; the last of a list is the one that is refused."""
    folder = tmp_path_factory.mktemp("reports")
    county = report_of("350301", "建瓯市局", folder / "1")
    twin = report_of("350301", "别处的局", folder / "2")
    return {
        "newer format": [of_newer_format(county)],
        "own unit": [report_of(_OWN.code, _OWN.name, folder / "3")],
        "another unit with the own code": [report_of(_OWN.code, "别处的局", folder / "4")],
        "two units with one code": [county, twin],
    }


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.sytz"
    Ledger.create(path, _OWN).close()
    return path


def within_bars(cost: Cost, status: int) -> None:
    assert cost.status == status, cost
    assert cost.seconds < _MOST_SECONDS, cost
    assert cost.megabytes < _MOST_MEGABYTES, cost


CASES = {
    "newer format": "更新版本的程序",
    "own unit": "这是本单位自己的上报工作簿",
    "another unit with the own code": "与本单位相同",
}


@pytest.mark.parametrize("name", CASES)
def test_a_report_that_cannot_be_right_is_refused_with_the_reason(
    reports: dict[str, list[Path]], ledger: Path, name: str
) -> None:
    (file,) = reports[name]
    before, given = ledger.read_bytes(), file.read_bytes()
    cost = cost_of("rollup", ledger, file)
    within_bars(cost, 1)
    assert file.name in cost.told
    assert CASES[name] in cost.told
    assert ledger.read_bytes() == before
    assert file.read_bytes() == given


def test_a_workbook_of_a_newer_format_is_not_imported_either(
    reports: dict[str, list[Path]], ledger: Path
) -> None:
    (file,) = reports["newer format"]
    before = ledger.read_bytes()
    cost = cost_of("import", ledger, file)
    within_bars(cost, 1)
    assert file.name in cost.told
    assert ledger.read_bytes() == before


def test_of_two_units_with_one_code_the_second_is_refused(
    reports: dict[str, list[Path]], ledger: Path
) -> None:
    first, second = reports["two units with one code"]
    within_bars(cost_of("rollup", ledger, first), 0)
    before, given = ledger.read_bytes(), second.read_bytes()
    cost = cost_of("rollup", ledger, second)
    within_bars(cost, 1)
    assert second.name in cost.told
    assert "单位代码 350301 在本台账中是「建瓯市局」，这份来自「别处的局」" in cost.told
    assert ledger.read_bytes() == before
    assert second.read_bytes() == given


def test_of_two_units_with_one_code_in_one_run_one_is_taken(
    reports: dict[str, list[Path]], ledger: Path
) -> None:
    cost = cost_of("rollup", ledger, *reports["two units with one code"])
    within_bars(cost, 0)
    for name in ("建瓯市局", "别处的局"):
        assert f"「{name}」" in cost.told
    with Ledger.open(ledger, read_only=True) as opened:
        assert len(list(opened.records("finding"))) == _ROWS
        assert opened.verify() == []


# Formulas in the guise of text


def clerks_table(path: Path) -> None:
    """A table of a clerk whose every cell wants to be a formula, some already are."""
    with Workbook(str(path)) as book:
        page = book.add_worksheet("问题整改")
        page.write_row(0, 0, ("标题", "责任人", "发现地点"))
        for row in range(_ROWS):
            text = INJECTED[row % len(INJECTED)]
            for column in range(3):
                page.write_string(row + 1, column, f"{text} {row}" if column == 0 else text)


def clerks_text(path: Path) -> None:
    made = io.StringIO()
    rows = [[f"{INJECTED[n % len(INJECTED)]} {n}", "张三", INJECTED[0]] for n in range(_ROWS)]
    csv.writer(made).writerows([["标题", "责任人", "发现地点"], *rows])
    path.write_text(made.getvalue(), encoding="utf-8")


def formulas_in(path: Path) -> Iterator[str]:
    """Yield what office programs would compute, links and calls of other programs among it."""
    for name, data in contents(path.read_bytes()).items():
        if name.startswith("xl/worksheets/") and re.search(rb"<(?:\w+:)?f[ >/]", data):
            yield name
        if name.startswith("xl/externalLinks/") or b"ddeLink" in data or b"<hyperlink" in data:
            yield name


def quoted(path: Path, sheet: str, starts: tuple[str, ...]) -> bool:
    """Tell whether every such cell stays text also when somebody edits it."""
    page = load_workbook(path)[sheet]
    cells = [cell for row in page.iter_rows() for cell in row]
    wanted = [one for one in cells if isinstance(one.value, str) and one.value.startswith(starts)]
    assert wanted
    return all(cell.data_type != "f" and cell.quotePrefix for cell in wanted)


@pytest.mark.parametrize("make", [clerks_table, clerks_text], ids=["xlsx", "csv"])
def test_what_looks_like_a_formula_is_text_wherever_it_goes(
    ledger: Path, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    file = tmp_path / ("表.xlsx" if make is clerks_table else "表.csv")
    make(file)
    given = file.read_bytes()
    within_bars(cost_of("import", ledger, file, "--kind", "finding"), 0)
    assert file.read_bytes() == given
    with Ledger.open(ledger, read_only=True) as opened:
        titles = {record.title for record in opened.records("finding")}
    assert f"{INJECTED[1]} 1" in titles

    report, shared = tmp_path / "上报.xlsx", tmp_path / "共享.xlsx"
    within_bars(cost_of("export", ledger, report), 0)
    within_bars(cost_of("share", ledger, shared), 0)
    for made in (report, shared):
        assert list(formulas_in(made)) == []
        assert quoted(made, "问题整改", ("=", "+", "-", "@"))

    superior = tmp_path / "上级.sytz"
    Ledger.create(superior, Unit(code="350000", name="省局")).close()
    within_bars(cost_of("rollup", superior, report), 0)
    with Ledger.open(superior, read_only=True) as opened:
        assert {record.title for record in opened.records("finding")} == titles
    document = tmp_path / "总结.docx"
    within_bars(cost_of("report", ledger, document), 0)
    with zipfile.ZipFile(document) as archive:
        assert b"instrText" not in archive.read("word/document.xml")
