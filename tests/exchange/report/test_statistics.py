"""The statistics are those of the ledger, as numbers, with formulas and native charts."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.indicators import INDICATORS, readings
from sanyou_desktop.model.indicators.report import as_number
from sanyou_desktop.model.periods import Period
from tests.exchange.report.filled import fill, save
from tests.exchange.report.readers import converted

YEAR = date.today().year


def page_of(path: Path) -> Worksheet:
    page = load_workbook(path)["统计"]
    assert isinstance(page, Worksheet)
    return page


def rows_of(page: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


@pytest.fixture
def counted(ledger: Ledger) -> Ledger:
    fill(ledger)
    for month in (1, 2, 2):
        save(ledger, "finding", raised_on=f"{YEAR}-{month:02}-03", title=f"{month} 月的问题")
    save(ledger, "activity", started_on=f"{YEAR}-01-05", amount="140多万元", category="investment")
    return ledger


def test_every_indicator_stands_with_its_number_and_its_formula(
    counted: Ledger, path: Path
) -> None:
    export_report(counted, path, str(YEAR), str(YEAR))
    rows = rows_of(page_of(path))
    period = Period.between(str(YEAR), str(YEAR))
    (tallies,) = counted.tallies([period], date.today(), Scope(public=True))[""]
    for indicator, reading in zip(INDICATORS, readings(tallies), strict=True):
        row = next(row for row in rows if row[0] == indicator.title)
        number = as_number(reading.value)
        expected: object = "—" if number is None else float(number)
        if indicator.shape == "money":
            expected = str(reading.value)
        assert row[1] == expected, indicator.key
        assert str(row[9]).startswith(indicator.formula)


def test_months_and_quarters_add_up(counted: Ledger, path: Path) -> None:
    export_report(counted, path, str(YEAR), str(YEAR))
    rows = rows_of(page_of(path))
    head = next(at for at, row in enumerate(rows) if row[1] == "1月")
    assert rows[head][1:17] == [
        *(f"{n}月" for n in range(1, 13)),
        *(f"{n}季度" for n in range(1, 5)),
    ]
    raised = next(row for row in rows[head:] if row[0] == "发现问题")
    assert raised[1:4] == [1, 2, 0]
    assert raised[13] == 3


def test_charts_begin_at_zero_and_read_the_table(counted: Ledger, path: Path) -> None:
    export_report(counted, path, str(YEAR), str(YEAR))
    with zipfile.ZipFile(path) as book:
        charts = [
            book.read(name).decode()
            for name in book.namelist()
            if re.fullmatch(r"xl/charts/chart\d+\.xml", name)
        ]
    # No survey is done: a chart of its rate would be empty.
    assert len(charts) == 3
    assert not any("满意率" in chart for chart in charts)
    # Three findings at the most: marks at whole numbers.
    assert any('<c:majorUnit val="1"/>' in chart for chart in charts)
    assert load_workbook(path)["统计"].row_breaks.brk, "headings begin pages with their tables"
    rows = rows_of(page_of(path))
    for chart in charts:
        assert '<c:min val="0"/>' in chart
        assert '<c:showVal val="1"/>' in chart
        for place in re.findall(r"<c:tx><c:strRef><c:f>统计!\$A\$(\d+)</c:f>", chart):
            assert rows[int(place) - 1][0] in {one.title for one in INDICATORS}


def test_without_any_number_there_are_no_charts(ledger: Ledger, path: Path) -> None:
    export_report(ledger, path)
    with zipfile.ZipFile(path) as book:
        assert not [name for name in book.namelist() if "chart" in name]


def test_units_are_told_apart_only_where_there_are_many(counted: Ledger, path: Path) -> None:
    export_report(counted, path)
    assert "按单位" not in {row[0] for row in rows_of(page_of(path))}
    save(counted, "finding", unit="350399", raised_on=f"{YEAR}-03-03")
    export_report(counted, path)
    rows = rows_of(page_of(path))
    at = next(at for at, row in enumerate(rows) if row[0] == "按单位")
    assert [rows[at + 2][0], rows[at + 3][0]] == ["莆田市机关事务管理局", "350399"]


def test_what_does_not_leave_is_not_counted(ledger: Ledger, path: Path) -> None:
    save(ledger, "finding", raised_on=f"{YEAR}-03-03", confidential="secret")
    for confidential, expected in ((False, 0), (True, 1)):
        export_report(ledger, path, confidential=confidential)
        found = next(row for row in rows_of(page_of(path)) if row[0] == "发现问题")
        assert found[1] == expected


@pytest.mark.office
@pytest.mark.pdf
def test_on_paper_nothing_is_cut_and_nothing_is_hashes(counted: Ledger, path: Path) -> None:
    import subprocess

    save(counted, "activity", started_on=f"{YEAR}-01-05", amount="999999999999.99元")
    export_report(counted, path)
    pdf = converted(path, "pdf")
    told = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True
    ).stdout.decode()
    assert "##" not in told
    packed = re.sub(r"\s", "", told)
    for indicator in INDICATORS:
        # The end of each formula is there too.
        assert re.sub(r"\s", "", indicator.formula)[-8:] in packed, indicator.key
    pages = re.findall(r"第 \d+ 页 共 \d+ 页", told)
    assert len(pages) == told.count("\f") - 1, "each page but the cover says which it is"
