"""Beyond the rows of one sheet, and beyond the findings compared, a report is still whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange import report_layout, report_statistics
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.fields import Json
from tests.exchange.report.filled import save
from tests.exchange.report.readers import meta, shown


def test_a_table_goes_on_in_further_sheets(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_layout, "MOST_RECORDS", 3)
    made = [save(ledger, "pledge", title=f"第{number}条") for number in range(7)]
    export_report(ledger, path)
    book = load_workbook(path)
    names = ["承诺", "承诺(2)", "承诺(3)"]
    assert book.sheetnames[1:4] == names
    found = [row["记录标识"] for name in names for row in shown(path, name)]
    assert found == [record.id for record in made]
    told = [str(book[name].cell(row, 1).value) for name, row in zip(names, (7, 7, 5), strict=True)]
    assert told[0].startswith("共 3 条（第 1 张，共 3 张）")
    assert told[2].startswith("共 1 条（第 3 张，共 3 张）")
    assert "承诺（条）" in [cell.value for row in book["封面"].iter_rows() for cell in row]
    _facts, register = meta(path)
    assert [row[1] for row in register if row[0] == "pledge"] == found


@pytest.mark.parametrize("most", [0, 100])
def test_findings_are_counted_alike_with_and_without_repeats(
    ledger: Ledger, path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(report_statistics, "MOST_COMPARED", most)
    done: dict[str, Json] = {"rectified_on": "2026-03-09", "by": "林立", "rectification": "已换"}
    done |= {"verified_on": "2026-03-10", "verified_by": "陈平", "verdict": "passed"}
    for day in ("2026-03-03", "2026-04-03"):
        save(ledger, "finding", title="车库照明", place="车库", raised_on=day, due_on="2026-05-01")
    save(
        ledger, "finding", title="漏水", raised_on="2026-03-01", due_on="2026-03-20",
        rounds=[done], reply="已修", replied_on="2026-03-11", closed_on="2026-03-12",
        status="closed", source="complaint",
    )  # fmt: skip
    told = str(export_report(ledger, path, "2026", "2026"))
    rows = [[cell.value for cell in row] for row in load_workbook(path)["统计"].iter_rows()]
    found = {row[0]: row[1] for row in rows[:24]}
    wanted = {"发现问题": 3, "销号问题": 1, "逾期问题": 2, "投诉": 1}
    assert wanted.items() <= found.items()
    assert [str(found[name]) for name in ("整改率", "按期整改率")] == ["33.3", "33.3"]
    assert found["重复问题"] == (1 if most else "未统计")
    why = "问题共 3 条，超过 0 条，重复问题没有统计；请在程序的「指标」页查看。"
    assert (why in told) == (most == 0)
    assert any(why in row for row in rows) == (most == 0)
    by_month = [row for row in rows if row[0] == "重复问题"][1]
    assert (by_month[1] == "未统计，原因见上表") == (most == 0)


def test_a_table_is_read_once_whatever_number_of_units_it_holds(ledger: Ledger, path: Path) -> None:
    asked: list[list[str]] = []
    for first, last in ((0, 3), (3, 40)):
        for number in range(first, last):
            save(ledger, "pledge", title=f"第{number}条", unit=f"3503{number:02d}")
        asked.append([])
        ledger._conn.set_trace_callback(asked[-1].append)
        export_report(ledger, path)
        ledger._conn.set_trace_callback(None)
    few, many = (sum('FROM "pledge"' in sql for sql in some) for some in asked)
    assert few == many > 0
