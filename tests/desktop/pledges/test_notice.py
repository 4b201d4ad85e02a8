"""The notice fills its page, never runs over it, and loses not a word of the pledge."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF, QPageSize
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.jobs import Cancelled, Progress
from sanyou_desktop.desktop.pledges.notice import lay_out_notice
from sanyou_desktop.desktop.pledges.notice_dialog import NoticeDialog
from sanyou_desktop.desktop.pledges.notice_flow import Body, flow
from sanyou_desktop.desktop.pledges.notice_text import Notice, Piece, notice_of
from sanyou_desktop.desktop.printing.leaving import write_pdf
from sanyou_desktop.desktop.printing.preview import PreviewDialog
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.pledge import Clause, Pledge
from tests.desktop.conftest import UNIT
from tests.desktop.deed_page import PageUser

OnPage = Callable[..., PageUser]
A4, A3 = QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A3
FOUR = Pledge(
    unit=UNIT,
    title="四心服务承诺",
    audience="来办事的干部群众",
    statement="接受监督",
    clauses=tuple(
        Clause(key=text, text=text, standard="有问必答", time_limit="当场答复")
        for text in ("以耐心消烦心", "以公心赢民心", "以热心显爱心", "以精心取放心")
    ),
    hotline="0595-85680000",
    department="办公室",
    published_on=PartialDate(2026, 3, 2),
    valid_until=PartialDate(2027, 2, 28),
    valid_from=PartialDate(2026, 3, 1),
)
BODY = Body(1000, 1200, 1, 60, 26, 88)


def read(path: Path) -> list[str]:
    told = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return ["".join(plain(page).split()) for page in told.stdout.decode().split("\f")[:-1]]


def plain(text: str) -> str:
    """Undo that fonts draw a character and its radical with one glyph, read as the radical."""
    return normalize("NFKC", text.translate(str.maketrans("⻚⻔⺠⻓⻅", "页门民长见")))


@pytest.mark.pdf
@pytest.mark.parametrize("size", [A4, A3])
@pytest.mark.parametrize("landscape", [False, True])
def test_a_notice_is_one_page_with_everything_on_it(
    tmp_path: Path, qtbot: QtBot, size: QPageSize.PageSizeId, *, landscape: bool
) -> None:
    path = tmp_path / "公示牌.pdf"
    notice = notice_of(FOUR, "晋江市政府办公室")
    write_pdf(lay_out_notice(notice, Progress(), size, landscape=landscape), path)
    (page,) = read(path)
    for text in (
        *("晋江市政府办公室", "四心服务承诺", "来办事的干部群众", "接受监督", "0595-85680000"),
        *("以精心取放心", "服务标准：有问必答", "办理时限：当场答复", "2026年3月2日"),
        "2026年3月1日至2027年2月28日",
    ):
        assert plain(text) in page


@pytest.mark.pdf
def test_what_does_not_fit_flows_on(tmp_path: Path, qtbot: QtBot) -> None:
    many = tuple(
        Clause(key=str(number), text=f"第{number}项：" + "接到报修后派人到场检查，能修即修" * 4)
        for number in range(1, 41)
    )
    path = tmp_path / "长.pdf"
    laid_out = lay_out_notice(notice_of(replace(FOUR, clauses=many), "办公室"), Progress())
    write_pdf(laid_out, path)
    pages = read(path)
    assert len(pages) > 1
    assert all(f"第{number}项:" in "".join(pages) for number in range(1, 41))
    assert all("0595-85680000" in page for page in pages)
    assert all(f"共{len(pages)}页" in page for page in pages)


def notice(clauses: list[str], statement: str = "") -> Notice:
    made = tuple(Clause(key=str(number), text=text) for number, text in enumerate(clauses))
    return notice_of(replace(FOUR, clauses=made, statement=statement), "办公室")


def width_of(piece: Piece) -> float:
    return QFontMetricsF(piece.font).horizontalAdvance(piece.text)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.text("服务承诺，办理 abc", min_size=1, max_size=300), max_size=12),
    st.text("机关后勤\n。", max_size=400),
    st.sampled_from([1, 2]),
)
def test_no_line_is_outside_the_body(
    qapp: object, clauses: list[str], statement: str, columns: int
) -> None:
    body = replace(BODY, columns=columns)
    pages = flow(notice(clauses, statement), body)
    for page in pages:
        for item in page:
            assert item.y >= 0
            assert item.y + item.line.height <= body.height + 0.5
            assert item.x >= 0
            ends = [one.x + width_of(one) for one in item.line.pieces]
            assert item.x + item.line.left + max(ends, default=0) <= body.width + item.size
    numbers = [item.number for page in pages for item in page if item.number]
    assert numbers == list(range(1, len([text for text in clauses if text.strip()]) + 1))


def test_filling_the_pages_can_be_stopped(qapp: object) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        lay_out_notice(notice(["接到报修后到场检查"] * 300), progress)


def test_few_words_are_set_larger_than_many(qapp: object) -> None:
    def size(count: int) -> float:
        pages = flow(notice(["接到报修后三十分钟内派人到场检查"] * count), BODY)
        return max(item.size for page in pages for item in page)

    assert size(2) > size(12) > size(30) >= BODY.smallest


def test_a_clause_longer_than_a_page_is_split(qapp: object) -> None:
    pages = flow(notice(["长" * 4000]), BODY)
    assert len(pages) > 1
    assert sum(bool(item.number) for page in pages for item in page) == 1


def test_a_list_by_its_name_is_headed_by_it() -> None:
    made = notice_of(replace(FOUR, title="八个不让", valid_until=None), "办公室")
    assert (made.heading, made.below, made.valid) == ("八个不让", "服务承诺", "")
    unnamed = replace(FOUR, clauses=(Clause(key="a"), Clause(key="b", text="来电即接")))
    assert [one.text for one in notice_of(unnamed, "办公室").clauses] == ["来电即接"]


def test_the_dialog_leads_to_the_preview(on_page: OnPage) -> None:
    user = on_page(replace(FOUR, hotline=""))
    user.do("print_notice")
    dialog = user.dialog(NoticeDialog)
    dialog.sizes.button(1).setChecked(True)
    dialog.ways.button(1).setChecked(True)
    dialog.go()
    user.settle()
    preview = user.dialog(PreviewDialog)
    assert preview.view.count() == 1
    layout = preview.printer.pageLayout()
    assert layout.pageSize().id() == A3
    assert layout.orientation() == layout.Orientation.Landscape
    preview.reject()
    user.closed(preview)
