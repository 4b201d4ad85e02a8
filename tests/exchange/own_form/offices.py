"""Forms as offices really send them: made by another program, a function for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(wrap_text=True, vertical="center")


def sheet(title: str, cells: Mapping[str, str], merged: Sequence[str] = ()) -> Worksheet:
    """Return a sheet with a title over eight columns, these cells, and these areas merged."""
    page = Workbook().active
    assert isinstance(page, Worksheet)
    page.title = "报表"
    page["A1"] = title
    page.merge_cells("A1:H1")
    for address, value in cells.items():
        page[address] = value
    for area in merged:
        page.merge_cells(area)
    return page


def boxed(page: Worksheet, area: str) -> None:
    """Draw lines around the cells of an area, and let their texts wrap."""
    for row in page[area]:
        for cell in row:
            cell.border, cell.alignment = _BOX, _WRAP


def choose(page: Worksheet, area: str, words: str) -> None:
    """Let only these words (with commas between) be chosen."""
    rule = DataValidation(type="list", formula1=f'"{words}"')
    rule.add(area)
    page.add_data_validation(rule)


def save(page: Worksheet, path: Path) -> Path:
    """Store the workbook of a sheet."""
    assert page.parent is not None
    page.parent.save(path)
    return path


def rectification(path: Path) -> Path:
    """整改销号台账: three rows of headers, five blank lines, all labels in one cell, signatures."""
    page = sheet(
        "问题整改销号台账",
        {
            "A2": "填报单位（盖章）：                填报人：      联系电话：           "
            "填报日期：   年   月   日",
            "A3": "序号",
            "B3": "问题情况",
            "B4": "问题描述",
            "C4": "发现时间",
            "D3": "整改情况",
            "D4": "责任",
            "D5": "责任部门",
            "E5": "责任人",
            "F4": "完成时间",
            "G4": "整改结果",
            "H3": "是否销号",
            "A11": "主要负责人签字：",
            "G11": "填报时间：",
        },
        ("A2:H2", "A3:A5", "B3:C3", "B4:B5", "C4:C5", "D3:G3", "D4:E4", "F4:F5", "G4:G5", "H3:H5"),
    )
    for number in range(1, 6):
        page.cell(5 + number, 1, number)
    boxed(page, "A3:H10")
    choose(page, "H6:H10", "是,否")
    choose(page, "G6:G10", "已完成,未完成,长期坚持")
    page.print_area = "A1:H11"
    page.print_title_rows = "$3:$5"
    return save(page, path)


def hidden_dangers(path: Path) -> Path:
    """隐患台账: protected, but for the cells to fill; its last line is blank, nothing below."""
    headers = ("序号", "隐患部位", "隐患内容", "隐患等级", "发现时间", "整改状态", "责任人", "编码")
    page = sheet("安全隐患排查整治台账", {"A2": "报送单位：", "E2": "联系人", "G2": "联系电话"})
    for column, text in enumerate(headers, start=1):
        page.cell(3, column, text)
    boxed(page, "A3:H8")
    for row in range(4, 9):
        page.row_dimensions[row].height = 30
        page.cell(row, 8, f"=ROW()-{3}")
        for column in range(2, 8):
            page.cell(row, column).protection = Protection(locked=False)
    page.column_dimensions["H"].hidden = True
    choose(page, "D4:D8", "一般,较大,重大")
    choose(page, "F4:F8", "已整改,未整改,整改中")
    page.protection.sheet = True
    page.print_area = "A1:H8"
    return save(page, path)


def spending(path: Path) -> Path:
    """经费表: sums in 万元, their total above them."""
    page = sheet(
        "后勤经费投入情况表",
        {
            "A2": "填报单位：",
            "E2": "金额单位：万元",
            "A4": "合计",
            "E4": "=SUM(E5:E8)",
            "A9": "填表人：",
        },
    )
    for column, text in enumerate(("序号", "项目名称", "类别", "时间", "金额", "备注"), start=1):
        page.cell(3, column, text)
    boxed(page, "A3:F8")
    return save(page, path)


def lists_of_three(path: Path) -> Path:
    """三项清单: the first row shows how to fill the others."""
    page = sheet(
        "问题、任务、责任三项清单",
        dict(zip(("A3", "B3", "C3", "D3", "E3"),
                 ("序号", "问题清单", "任务清单（整改措施）", "责任部门", "进展情况"), strict=True))
        | dict(zip(("A4", "B4", "C4", "D4", "E4"),
                   ("示例", "地面湿滑", "增设防滑垫", "办公室", "已完成"), strict=True))
        | {"A8": "备注：请勿删除示例行。"},
    )  # fmt: skip
    boxed(page, "A3:E7")
    return save(page, path)


def no_room(path: Path) -> Path:
    """A form whose totals follow its headers at once."""
    page = sheet(
        "问题清单",
        {"A3": "序号", "B3": "问题描述", "C3": "责任人", "A4": "合计", "C4": "=COUNTA(C3:C3)"},
    )
    boxed(page, "A3:C4")
    return save(page, path)


def figures(path: Path) -> Path:
    """活动情况统计表: a line an indicator with its measure, then the same by theme, and by unit."""
    page = sheet(
        "三优一满意活动情况统计表",
        {"A2": "填报单位：", "A3": "指标名称", "B3": "计量单位", "C3": "数量", "D3": "上年同期"}
        | {"D2": "联系人", "E3": "备注"},
    )
    lines = {"发现问题": "个", "已整改问题": "个", "整改率": "%", "投入经费": "万元"}
    lines |= {"先进个人": "人", "群众满意率": "%"}
    for row, (name, measure) in enumerate(lines.items(), start=4):
        page.cell(row, 1, name)
        page.cell(row, 2, measure)
    for column, text in enumerate(("项目", "优质服务", "优美环境", "合计"), start=1):
        page.cell(12, column, text)
    page["A13"], page["D13"] = "问题（个）", "=SUM(B13:C13)"
    for column, text in enumerate(("单位名称", "承诺数", "问题数"), start=1):
        page.cell(16, column, text)
    page["A17"], page["A18"] = "莆田市机关事务管理局", "没有登记的单位"
    for area in ("A3:E9", "A12:D13", "A16:C18"):
        boxed(page, area)
    return save(page, path)


def card(path: Path) -> Path:
    """整改通知单: one record, in boxes beside their labels and behind colons."""
    page = sheet(
        "机关后勤检查整改通知单",
        {
            "A2": "编号：",
            "E2": "填表日期：",
            "A3": "受检单位",
            "E3": "检查时间",
            "A4": "存在问题",
            "A5": "整改要求",
            "A6": "整改措施",
            "A7": "整改情况",
            "A8": "是否销号",
            "E8": "联系电话",
            "A9": "受检单位负责人签字：",
        },
        ("B3:D3", "F3:H3", "B4:H4", "B5:H5", "B6:H6", "B7:H7", "B8:D8", "F8:H8"),
    )
    boxed(page, "A3:H8")
    choose(page, "B8:B8", "已销号,未销号")
    return save(page, path)


def monthly(path: Path) -> Path:
    """月报: two tables of different kinds on one sheet, each too short, each under its heading."""
    page = sheet(
        "机关后勤工作月报表",
        {"A2": "填报单位：", "A3": "一、问题整改情况", "A7": "二、工作实绩", "A11": "填表人："}
        | {"A4": "序号", "B4": "问题描述", "C4": "提出日期", "D4": "整改措施", "E4": "责任人"}
        | {"A8": "序号", "B8": "活动名称", "C8": "活动时间", "D8": "类别", "E8": "金额（元）"},
    )
    boxed(page, "A4:E6")
    boxed(page, "A8:E10")
    page["F11"] = "=SUM(E9:E10)"
    return save(page, path)


def by_category(path: Path) -> Path:
    """工作实绩登记表: each 类别 has two lines of its own."""
    page = sheet(
        "工作实绩登记表",
        {"A3": "序号", "B3": "类别", "C3": "实绩名称", "D3": "投入（万元）", "A8": "合计"}
        | {"B4": "组织领导", "B6": "经费投入", "D8": "=SUM(D4:D7)"},
        ("B4:B5", "B6:B7"),
    )
    boxed(page, "A3:D8")
    return save(page, path)


def paged(path: Path) -> Path:
    """分页清单: the same header at the top of each of three pages, with a subtotal below it."""
    page = sheet("问题清单", {})
    for top in (2, 7, 12):
        for column, text in enumerate(("序号", "问题描述", "整改措施", "责任人"), start=1):
            page.cell(top, column, text)
        page.cell(top + 4, 1, "小计")
        page.cell(top + 4, 4, f"=COUNTA(D{top + 1}:D{top + 3})")
        boxed(page, f"A{top}:D{top + 4}")
        page.row_breaks.append(Break(id=top + 4))
    return save(page, path)
