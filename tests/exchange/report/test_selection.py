"""Which records a report holds, and what it says of those it leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from sanyou_desktop.exchange.report_period import ReportPeriod
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.ledger import Ledger
from tests.exchange.report.filled import fill, save
from tests.exchange.report.readers import meta, shown

DAYS = ("2025-12-31", "2026-01-01", "2026-06", "2026", "2026-12-31", "2027-01-01", "XXXX-05-28")


@pytest.fixture
def dated(ledger: Ledger) -> Ledger:
    for day in DAYS:
        save(ledger, "activity", title=day, started_on=day)
    save(ledger, "activity", title="没有日期")
    return ledger


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("", "", {*DAYS, "没有日期"}),
        ("2026-01-01", "2026-12-31", {"2026-01-01", "2026-06", "2026", "2026-12-31"}),
        ("2026", "2026", {"2026-01-01", "2026-06", "2026", "2026-12-31"}),
        ("2026-07", "", {"2026", "2026-12-31", "2027-01-01"}),
        ("", "2025", {"2025-12-31"}),
        ("2030", "2031", set()),
    ],
)
def test_a_period_takes_what_may_lie_in_it(
    dated: Ledger, path: Path, first: str, last: str, expected: set[str]
) -> None:
    done = export_report(dated, path, first, last)
    assert {row["标题"] for row in shown(path, "活动")} == expected
    assert done.records == len(expected)
    assert done.undated == (1 if first or last else 0)


def test_the_result_tells_what_stayed_out_and_why(dated: Ledger, path: Path) -> None:
    save(dated, "activity", started_on="2026-02-02", confidential="secret")
    told = str(export_report(dated, path, "2026", "2026"))
    assert told == (
        "共 4 条记录。另有 1 条没有填日期，未导出；起止日期留空可导出全部。有密级的 1 条没有导出。"
    )
    assert str(export_report(dated, path)) == "共 8 条记录。有密级的 1 条没有导出。"


@pytest.mark.parametrize(
    "mark", ["internal", "work_secret", "secret", "confidential", "top_secret"]
)
def test_a_record_with_a_mark_of_secrecy_leaves_no_trace(
    ledger: Ledger, path: Path, mark: str
) -> None:
    secret = save(ledger, "pledge", title="不能外传", statement="不能外传", confidential=mark)
    save(ledger, "pledge", title="公开")
    export_report(ledger, path)
    assert [row["标题"] for row in shown(path, "承诺")] == ["公开"]
    _facts, register = meta(path)
    assert secret.id not in {row[1] for row in register}


def test_a_reference_to_a_secret_record_does_not_name_it(ledger: Ledger, path: Path) -> None:
    secret = save(ledger, "inspection", title="秘密检查", confidential="secret")
    save(ledger, "finding", inspection=secret.id)
    export_report(ledger, path)
    (row,) = shown(path, "问题整改")
    assert "秘密检查" not in str(row["来自检查"])


def test_what_lies_in_the_recycle_bin_is_left_out(ledger: Ledger, path: Path) -> None:
    records = fill(ledger)
    ledger.delete([records["pledge"].id])
    done = export_report(ledger, path)
    assert shown(path, "承诺") == []
    assert done.records == 5


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("", "", "全部"),
        ("2026-01-01", "2026-12-31", "2026年1月1日 至 2026年12月31日"),
        ("2026-07", "", "2026年7月 至 ……"),
        ("", "2025", "…… 至 2025年"),
        ("2026", "2026", "2026年"),
    ],
)
def test_a_period_is_told_in_words(first: str, last: str, words: str) -> None:
    assert ReportPeriod(first, last).in_words() == words


def test_the_log_is_told_which_records_went_out(dated: Ledger, path: Path) -> None:
    save(dated, "pledge", title="不能外传", confidential="secret")
    done = export_report(dated, path, "2026", "2026")
    assert done.outgoing.way == "report"
    assert done.outgoing.target == str(path.resolve())
    assert done.outgoing.options == {"first": "2026", "last": "2026"}
    assert done.outgoing.result == str(done)
    dated.exports.note(done.outgoing)
    (line,) = dated.exports.lines()
    _facts, register = meta(path)
    went = {row[1]: row[2] for row in register if row[0] != "unit"}
    assert dated.exports.held(line.seq) == went
    assert (line.records, line.confidential) == (4, 0)


def test_confidential_records_go_only_by_an_explicit_act_and_are_marked(
    ledger: Ledger, path: Path
) -> None:
    save(ledger, "pledge", title="公开")
    save(ledger, "pledge", title="内部的", confidential="internal")
    secret = save(ledger, "inspection", title="秘密检查", confidential="secret")
    save(ledger, "scheme", title="不能外传的清单", confidential="secret")
    done = export_report(ledger, path, confidential=True)
    assert str(done) == "共 3 条记录。其中有密级的 2 条，请按保密规定传送。"
    assert done.outgoing.options["confidential"] == "included"
    assert done.outgoing.confidential == 2
    assert {row["标题"] for row in shown(path, "承诺")} == {"公开", "内部的"}
    _facts, register = meta(path)
    assert secret.id in {row[1] for row in register}
    assert "scheme" not in {row[0] for row in register}
    book = load_workbook(path)
    visible = [page for page in book if page.sheet_state == "visible"]
    assert {page.oddHeader.left.text for page in visible if page.oddHeader} == {"秘密"}
    cover = [cell.value for row in book["封面"].iter_rows() for cell in row if cell.value]
    assert cover[cover.index("密级") + 1] == "秘密"
