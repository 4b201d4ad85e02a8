"""Points taken off that a scoring sheet says in words, and the sheets of other programs."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.exchange.errors import NotAList
from sanyou_desktop.exchange.scheme_files import read_schemes
from sanyou_desktop.exchange.scheme_marking import deduction_in
from tests.exchange.schemes.test_scheme_table import Grid, read, workbook


@pytest.mark.parametrize(
    ("words", "points"),
    [
        ("发现一处不合格扣1分，扣完为止", "1"),
        ("一处 扣 ０.5 分", "0.5"),
        ("一人不合格扣5分，最多扣20分", "5"),
        ("每缺一次扣2分；每迟到一次扣2分", "2"),
        ("地面不洁扣2分，桌面不洁扣1分", None),
        ("视情扣1-3分", None),
        ("酌情扣分", None),
        ("扣完为止", None),
        ("48小时", None),
        ("", None),
    ],
)
def test_one_number_is_read_and_nothing_guessed(words: str, points: str | None) -> None:
    assert deduction_in(words) == (None if points is None else Decimal(points))


@given(st.text(alphabet="扣分最多累计一处0123456789.，；- ", max_size=60))
def test_any_words_give_a_number_that_stands_in_them_or_none(words: str) -> None:
    found = deduction_in(words)
    numbers = re.findall(r"\d+(?:\.\d+)?", words.replace(" ", ""))
    assert found is None or found in map(Decimal, numbers)


def test_a_scoring_sheet_keeps_its_words_and_gives_its_deductions(tmp_path: Path) -> None:
    grid: Grid = [
        ["机关食堂检查评分表"],
        ["序号", "检查项目", "检查内容", "标准", "标准分值", "扣分标准"],
        [1, "环境卫生", "地面清洁", "无油污", 10, "发现一处不合格扣1分，扣完为止"],
        [2, None, "三防设施", None, 10, 2],
        [3, "食品安全", "留样", None, 20, "未留样扣5分，记录不全扣2分"],
        [4, None, "健康证", None, 5, "一人无证扣10分"],
    ]
    found = read(workbook(tmp_path / "食堂.xlsx", Sheet1=grid))
    entries = found.scheme.entries
    assert [entry.text for entry in entries] == [
        "环境卫生：地面清洁", "环境卫生：三防设施", "食品安全：留样", "食品安全：健康证",
    ]  # fmt: skip
    assert [entry.deduction for entry in entries] == [1, 2, None, None]
    assert [entry.standard for entry in entries] == [
        "无油污；发现一处不合格扣1分，扣完为止", "", "未留样扣5分，记录不全扣2分", "一人无证扣10分",
    ]  # fmt: skip
    assert found.left_out == (
        "扣分写成文字的 3 项：读出每处扣分 1 项，其余留空；原文都并入「标准」",
    )


def test_marking_beside_a_column_of_deductions_is_kept_as_words(tmp_path: Path) -> None:
    grid: Grid = [
        ["检查内容", "分值", "每处扣分", "评分办法"],
        ["留样", 20, 4, "一处扣5分"],
        ["持证", 20, None, "一人无证扣5分"],
        ["价目", 20, None, "现场查看"],
    ]
    found = read(workbook(tmp_path / "a.xlsx", Sheet1=grid))
    assert [entry.deduction for entry in found.scheme.entries] == [4, 5, None]
    assert [entry.standard for entry in found.scheme.entries] == [
        "一处扣5分", "一人无证扣5分", "现场查看",
    ]  # fmt: skip


def test_a_deduction_that_is_no_number_and_says_nothing_is_refused(tmp_path: Path) -> None:
    grid: Grid = [["内容", "每处扣分"], ["a", "甚多"]]
    path = workbook(tmp_path / "食堂.xlsx", 表甲=grid)
    with pytest.raises(NotAList, match=r"「食堂，表甲」.*B2（每处扣分）"):
        read_schemes(path, "u")


def test_three_checks_three_follow_throughs_by_their_own_words(tmp_path: Path) -> None:
    path = tmp_path / "三查三落实.csv"
    path.write_text("查,落实\n查工作质量,落实工作制度\n", "utf-8-sig")
    (entry,) = read(path).scheme.entries
    assert (entry.text, entry.follow_through) == ("查工作质量", "落实工作制度")


_CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">
<office:body><office:spreadsheet><table:table table:name="食堂">{rows}</table:table>
</office:spreadsheet></office:body></office:document-content>"""


def open_document(path: Path, rows: Grid) -> Path:
    """Write a spreadsheet as LibreOffice and WPS on Linux keep it."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        archive.writestr("content.xml", _CONTENT.format(rows=cells))
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest "
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            "</manifest:manifest>",
        )
    path.write_bytes(made.getvalue())
    return path


@pytest.mark.parametrize("name", ["清单.ods", "清单.xlsx"])
def test_an_open_document_is_a_list_too_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = open_document(tmp_path / name, [["检查内容", "落实"], ["查服务", "落实首问"]])
    found = read(path)
    assert [(one.text, one.follow_through) for one in found.scheme.entries] == [
        ("查服务", "落实首问")
    ]
    assert found.scheme.title == "食堂"
