"""The sheet on paper: only columns that hold something, every word of them, a header a page."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import pytest
from PySide6.QtGui import QPageLayout
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.inspections.check_sheet import CheckSheet, columns_of, facts_of
from sanyou_desktop.desktop.jobs import Cancelled, Progress
from sanyou_desktop.desktop.printing.leaving import write_pdf
from sanyou_desktop.desktop.printing.preview import PreviewDialog
from sanyou_desktop.model.inspection import Inspection, Item
from tests.desktop.inspections.conftest import OpenCopy, do, items, page_of

_RADICALS = str.maketrans("⻚⻅⻔⻋⻝", "页见门车食") | {
    code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)
}
PLAIN = Inspection(
    title="五查", inspected_unit="车队", items=tuple(Item(key=t, item=t) for t in "甲乙丙")
)
FULL = replace(PLAIN, title="办公秩序检查", items=items(60))


def pages(sheet: CheckSheet, path: Path) -> list[str]:
    """Return the text of each page without its spaces, read by another program."""
    write_pdf(sheet.laid_out(), path)
    told = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    # Fonts that draw a character and its radical with one glyph come back as the radical.
    text = told.stdout.decode().translate(_RADICALS)
    return ["".join(one.split()) for one in text.split("\f")[:-1]]


@pytest.mark.pdf
def test_a_blank_sheet_has_every_item_in_order_and_a_header_a_page(
    tmp_path: Path, qtbot: QtBot
) -> None:
    found = pages(CheckSheet(FULL), tmp_path / "表.pdf")
    assert len(found) > 2
    places = ["".join(found).index(f"第{number}项：办公秩序") for number in range(1, 61)]
    assert places == sorted(places)
    for number, one in enumerate(found, start=1):
        assert f"第{number}页共{len(found)}页" in one
    assert sum("存在问题" in one for one in found) >= len(found) - 1
    assert "受检单位负责人（签字）" in found[-1]
    assert "★第3项" in "".join(found)
    assert "□合格□不合格" in found[0]
    assert "合计" in "".join(found)


@pytest.mark.pdf
def test_long_texts_go_on_over_pages_whole(tmp_path: Path, qtbot: QtBot) -> None:
    words = "".join(f"第{number}条应当整洁有序。" for number in range(180))
    made = replace(PLAIN, items=(Item(key="a", item="长", standard=words),))
    found = pages(CheckSheet(made), tmp_path / "长.pdf")
    text = "".join(found)
    assert len(found) > 1
    # A cell that is alone in its row comes out unbroken but for headers and page numbers.
    assert all(f"第{number}条" in text for number in range(180))


@pytest.mark.pdf
def test_what_was_held_is_printed_as_it_was_judged(tmp_path: Path, qtbot: QtBot) -> None:
    made = replace(
        PLAIN,
        status="done",
        items=(
            Item(key="a", item="甲", full_score=Decimal(10), score=Decimal(8), result="fail",
                 remark="两处油污"),
        ),
    )  # fmt: skip
    (one,) = pages(CheckSheet(made), tmp_path / "已检查.pdf")
    assert "不合格两处油污" in one
    assert "□" not in one


def test_columns_that_are_empty_throughout_are_left_out(qtbot: QtBot) -> None:
    assert [key for key, _column in columns_of(PLAIN)] == ["number", "item", "result", "remark"]
    assert len(columns_of(FULL)) == 9
    landscape = QPageLayout.Orientation.Landscape
    assert CheckSheet(PLAIN).layout.orientation() != landscape
    assert CheckSheet(FULL).layout.orientation() == landscape


def test_laying_a_long_sheet_out_can_be_stopped(qtbot: QtBot) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        CheckSheet(replace(FULL, items=items(200))).laid_out(progress)


def test_the_button_opens_the_preview(qtbot: QtBot, desk: OpenCopy, rounds: Path) -> None:
    page, record = page_of(qtbot, desk(rounds), "inspection")
    do(page, "print_sheet")
    qtbot.waitUntil(lambda: page.findChild(PreviewDialog) is not None)
    dialog = page.findChild(PreviewDialog)
    assert isinstance(dialog, PreviewDialog)
    assert record.title in dialog.windowTitle()
    dialog.reject()


@pytest.mark.pdf
def test_nobody_signs_a_page_without_items(tmp_path: Path, qtbot: QtBot) -> None:
    broken = 0
    for count in range(1, 40, 2):
        made = replace(FULL, items=items(count), conclusion="")
        found = pages(CheckSheet(made), tmp_path / f"{count}.pdf")
        broken += len(found) > 1
        assert f"第{count}项：" in found[-1]
        for word in ("合计", "检查意见", "检查人（签字）", "受检单位负责人（签字）"):
            assert word in found[-1], (count, word)
    assert broken


@pytest.mark.pdf
def test_what_was_held_tells_its_scores_side_by_side_and_its_conclusion(
    tmp_path: Path, qtbot: QtBot
) -> None:
    ten, two = Decimal(10), Decimal(2)
    made = replace(
        PLAIN,
        status="done",
        number="JC-2026-0007",
        self_score=Decimal(28),
        conclusion="后厨整改后复查。",
        items=(
            Item(key="a", item="甲", full_score=ten, deduction=two, occurrences=2, score=ten - 4,
                 result="fail", veto=True),
            Item(key="b", item="乙", full_score=ten, score=ten, result="pass"),
            Item(key="c", item="丙", full_score=ten, result="na"),
        ),
    )  # fmt: skip
    (one,) = pages(CheckSheet(made), tmp_path / "已检查.pdf")
    assert "自评分：28" in one
    assert "核定得分：16/20，折算24/30" in one
    assert "检查结果：一票否决，整体不合格" in one
    assert "检查意见：后厨整改后复查。" in one
    assert "合计（计分的项目）2016" in one
    # Above the table, and below it with the number of the page.
    assert one.count("JC-") == 2
    (scores,) = (pair for pair in facts_of(made) if "自评分：28" in pair)
    assert scores[1].startswith("核定得分")
    # Before it was held, there is nothing verified and no conclusion.
    blank = replace(made, status="planned")
    (one,) = pages(CheckSheet(blank), tmp_path / "空表.pdf")
    assert "核定得分" not in one
    assert "后厨整改后复查" not in one
    assert "合计30" in one


@pytest.mark.pdf
def test_a_long_conclusion_goes_on_over_pages_and_is_signed(tmp_path: Path, qtbot: QtBot) -> None:
    said = "\n".join(f"第{number}点，请限期整改。" for number in range(1, 121))
    made = replace(PLAIN, status="done", conclusion=said)
    found = pages(CheckSheet(made), tmp_path / "长.pdf")
    assert len(found) > 1
    assert all(f"第{number}点，" in "".join(found) for number in range(1, 121))
    assert "检查人（签字）" in found[-1]
    assert "第120点" in found[-1]


@pytest.mark.pdf
def test_where_the_last_item_fills_its_page_the_signatures_say_what_they_are_for(
    tmp_path: Path, qtbot: QtBot
) -> None:
    words = "应当整洁有序。" * 9
    for times in range(6, 13):
        item = Item(key="a", item="甲", standard=words * times)
        made = replace(PLAIN, title="会议室检查", items=(item,))
        found = pages(CheckSheet(made), tmp_path / "长.pdf")
        assert "检查人（签字）" in found[-1]
        assert "会议室检查" in found[-1] or "应当整洁有序" in found[-1]
