"""Every value of every kind arrives in the report as what it is, for three readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sanyou_desktop.exchange.columns import LONGEST_CELL
from sanyou_desktop.exchange.report_workbook import export_report
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.pledge import Pledge
from tests.exchange.report.filled import fill, save
from tests.exchange.report.readers import (
    Shown,
    by_calamine,
    by_libreoffice,
    by_openpyxl,
    shown,
)

Reader = Callable[[Path, str], list[Shown]]
READERS = pytest.mark.parametrize(
    "read",
    [by_calamine, by_openpyxl, pytest.param(by_libreoffice, marks=pytest.mark.office)],
)
SHEETS = {
    "承诺": {
        "编号": "CN-2026-0001", "标题": "会议服务零差错承诺", "承诺内容": "会前三查\n会中三看",
        "承诺条款": "1. 会标零差错（服务标准：逐字核对；办理时限：会前一日；目标值：0）\n"
        "2. 茶水及时",
        "公示日期": date(2026, 3, 1), "有效期至": "2026-12", "状态": "已公示",
        "活动内容": "优质服务、机关满意", "责任部门": "会务科", "责任人": "",
    },
    "制度": {
        "发文字号": "莆机管〔2026〕3号", "文种": "规定", "类别": "车辆", "状态": "现行有效",
        "印发日期": date(2026, 3, 5), "公布项数": 16.0, "已知名称": "派车单、封存",
    },
    "检查": {
        "检查方案": "五查", "检查日期": date(2026, 6, 30), "检查人员": "林立、陈平",
        "检查项目": "1. 楼道（满分：20；每处扣分：2；处数：3；得分：14；一票否决）\n"
        "2. 车库（结果：不适用）",
        "检查结论": "总体整洁。",
    },
    "问题整改": {
        "问题来源": "投诉", "提出日期": date(2026, 7, 1), "整改时限": date(2026, 7, 15),
        "整改过程": "1. 2026-07-10（整改人：林立；整改情况：已换）", "销号日期": "",
    },
    "满意度": {
        "测评日期": "2026-06", "发出份数": 120.0, "收回份数": 100.0, "很满意": 60.0,
        "满意": 30.0, "基本满意": 8.0, "不满意": 2.0, "未评价": 0.0,
    },
    "活动": {
        "类别": "经费投入", "开始日期": date(2026, 5, 4), "金额（元）": 120000.5,
        "数量": "1. 灯具：340盏",
    },
}  # fmt: skip
HARD = (
    "=1+1", "+86 594", "-5%", "@cmd|' /C calc'!A0", "'引号", "𠮷野 㐂 🙂", "<b>&amp;</b>",
 "00123", "2003-08", "1e5", "http://example.com/a", "TRUE", "#N/A",
)  # fmt: skip


@READERS
def test_every_kind_is_read_back_as_what_it_is(ledger: Ledger, path: Path, read: Reader) -> None:
    fill(ledger)
    export_report(ledger, path)
    for sheet, expected in SHEETS.items():
        (found,) = read(path, sheet)
        assert expected.items() <= found.items(), sheet


@READERS
def test_text_stays_text_whatever_it_looks_like(ledger: Ledger, path: Path, read: Reader) -> None:
    for text in HARD:
        save(ledger, "pledge", title=text, statement=text)
    export_report(ledger, path)
    rows = read(path, "承诺")
    assert [row["标题"] for row in rows] == list(HARD)
    assert [row["承诺内容"] for row in rows] == list(HARD)


def test_text_that_looks_like_a_formula_stays_text_when_somebody_edits_it(
    ledger: Ledger, path: Path
) -> None:
    save(ledger, "pledge", title="=1+1")
    export_report(ledger, path)
    page = load_workbook(path)["承诺"]
    assert page["B4"].value == "=1+1"
    assert page["B4"].data_type == "s"
    assert page["B4"].quotePrefix


def test_text_that_looks_like_an_escape_of_the_format_is_kept(ledger: Ledger, path: Path) -> None:
    save(ledger, "pledge", title="_x0041_")
    export_report(ledger, path)
    # openpyxl does not undo this escape (ECMA-376-1, 22.9.2.19), so the other reader is asked.
    assert by_calamine(path, "承诺")[0]["标题"] == "_x0041_"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@example("_x000D_ _x005F_ _x")
@example("  两边  ")
@example("'=1")
@example("]]>&#10;")
@example("\u2028\u2029\x85\u3000\ufeff")
def test_any_text_is_read_back_as_the_ledger_holds_it(
    ledger: Ledger, path: Path, text: str
) -> None:
    record = save(ledger, "pledge", statement=f"甲{text}乙")
    export_report(ledger, path)
    found = {row["记录标识"]: row["承诺内容"] for row in by_calamine(path, "承诺")}
    assert found[record.id] == record.to_json()["statement"]
    ledger.delete([record.id])


def test_line_breaks_and_tabs_of_long_text_are_kept(ledger: Ledger, path: Path) -> None:
    save(ledger, "pledge", statement="一\r\n二\t甲\n\n三")
    export_report(ledger, path)
    assert shown(path, "承诺")[0]["承诺内容"] == "一\n二\t甲\n\n三"


def test_control_characters_never_reach_the_file(ledger: Ledger, path: Path) -> None:
    save(ledger, "pledge", statement="甲\x00乙\x07丙\x0b丁\x1f戊\ufffe")
    export_report(ledger, path)
    assert shown(path, "承诺")[0]["承诺内容"] == "甲乙丙丁戊"


@pytest.mark.parametrize("filler", ["长", "𠮷"], ids=["one unit", "a surrogate pair"])
def test_text_beyond_a_cell_is_cut_and_says_so(ledger: Ledger, path: Path, filler: str) -> None:
    save(ledger, "pledge", statement=filler * 100_000)
    export_report(ledger, path)
    text = str(shown(path, "承诺")[0]["承诺内容"])
    assert len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL == 32_767
    assert text.endswith("……【全文 100000 字，超出单元格上限，其余见台账】")
    assert set(text.partition("…")[0]) == {filler}


def test_text_that_just_fits_a_cell_is_whole(ledger: Ledger, path: Path) -> None:
    save(ledger, "pledge", statement="满" * LONGEST_CELL)
    export_report(ledger, path)
    assert shown(path, "承诺")[0]["承诺内容"] == "满" * LONGEST_CELL


def test_rows_inside_a_record_that_are_not_known_keep_their_place(
    ledger: Ledger, path: Path
) -> None:
    save(ledger, "pledge", title="四勤三特", clauses=[{"key": "c1"}, {"key": "c2"}])
    export_report(ledger, path)
    assert shown(path, "承诺")[0]["承诺条款"] == "1. （待补充）\n2. （待补充）"


def test_a_fulfilment_names_its_clause_not_the_key_of_it(ledger: Ledger, path: Path) -> None:
    save(
        ledger,
        "pledge",
        clauses=[{"key": "c9", "text": "茶水及时"}],
        fulfilments=[{"on": "2026-04-01", "clause": "c9", "outcome": "kept"}],
    )
    export_report(ledger, path)
    told = "1. 2026-04-01（对应条款：茶水及时；兑现情况：已兑现）"
    assert shown(path, "承诺")[0]["履行记录"] == told


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12万元", 120_000.0),
        ("0元", 0.0),
        ("140多万元", "140多万元"),
        ("约3万元", "约3万元"),
        ("一大批", "一大批"),
        ("999999999999999.5元", "999999999999999.5"),
    ],
)
def test_a_sum_is_a_number_only_where_it_hides_nothing(
    ledger: Ledger, path: Path, written: str, expected: object
) -> None:
    save(ledger, "activity", amount=written)
    export_report(ledger, path)
    assert shown(path, "活动")[0]["金额（元）"] == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("1900-03-01", date(1900, 3, 1)),
        ("1900-02-28", "1900-02-28"),
        ("2199-12-31", date(2199, 12, 31)),
        ("2006", "2006"),
        ("2003-08", "2003-08"),
        ("XXXX-05-28", "XXXX-05-28"),
    ],
)
def test_a_whole_date_is_a_date_and_a_partial_one_is_text(
    ledger: Ledger, path: Path, written: str, expected: object
) -> None:
    save(ledger, "activity", started_on=written)
    export_report(ledger, path)
    assert shown(path, "活动")[0]["开始日期"] == expected


def test_a_reference_shows_number_and_title(ledger: Ledger, path: Path) -> None:
    held = save(ledger, "inspection", title="二季度检查")
    save(ledger, "finding", inspection=held.id)
    export_report(ledger, path)
    assert shown(path, "问题整改")[0]["来自检查"] == f"{held.number} 二季度检查"


def test_the_names_of_five_hundred_attachments_stay_within_a_cell(
    ledger: Ledger, path: Path
) -> None:
    record = save(ledger, "pledge")
    files = tuple(
        ledger.attachments.add(b"%PDF-1.4", f"{number:03}{'附' * 200}.pdf") for number in range(500)
    )
    ledger.save(replace(record, attachments=files))
    export_report(ledger, path)
    text = str(shown(path, "承诺")[0]["附件"])
    assert text.startswith("000附附")
    assert text.endswith("字，超出单元格上限，其余见台账】")
    assert len(text) <= LONGEST_CELL


@pytest.mark.office
@pytest.mark.parametrize("text", ["甲  乙", "甲\n\n  乙\t丙", "\t甲", "甲 \n"])
def test_white_space_stays_as_it_was_typed(ledger: Ledger, path: Path, text: str) -> None:
    made = save(ledger, "pledge", statement=text)
    kept = ledger.get(made.id)
    assert isinstance(kept, Pledge)
    export_report(ledger, path)
    for read in (shown, by_libreoffice):
        (row,) = read(path, "承诺")
        assert row["承诺内容"] == kept.statement
