"""Ctrl+P prints the record or the list: everything of it, and nothing secret by accident."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.actions.register import ACTIONS
from sanyou_desktop.desktop.editors.attached_file import png
from sanyou_desktop.desktop.lists.conditions import Condition
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.desktop.printing import list_paper
from sanyou_desktop.desktop.printing.leaving import write_pdf
from sanyou_desktop.desktop.printing.preview import PreviewDialog
from sanyou_desktop.desktop.printing.print_dialog import PrintDialog
from sanyou_desktop.desktop.printing.print_flow import print_page
from sanyou_desktop.ledger.accepted import Copy
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.pledge import Clause, Fulfilment, Pledge
from sanyou_desktop.model.record import Attachment
from tests.desktop.conftest import PLEDGES, UNIT, settled
from tests.desktop.deed_page import PageUser
from tests.desktop.program import Program

OnPage = Callable[..., PageUser]
pytestmark = pytest.mark.pdf
LONG = "".join(f"第{number}句：为群众提供热心、耐心、细心的服务。" for number in range(400))
PLEDGE = Pledge(
    unit=UNIT,
    title="窗口服务承诺",
    statement=LONG,
    hotline="0595-85680000",
    clauses=(Clause(key="a", text="来电三声内接听", standard="不推诿"),),
    fulfilments=tuple(
        Fulfilment(key=f"f{day}", clause="a", on=PartialDate(2026, 3, day), outcome="kept")
        for day in range(1, 32)
    ),
    status="published",
)


def asked(user: PageUser) -> PrintDialog:
    print_page(user.page)
    user.settle()
    return user.dialog(PrintDialog)


def choose(dialog: PrintDialog, key: str) -> None:
    places = [offer.key for offer in dialog._offers]
    dialog.choices.button(places.index(key)).setChecked(True)


def preview(user: PageUser, dialog: PrintDialog) -> PreviewDialog:
    dialog.go()
    user.qtbot.waitUntil(lambda: bool(user.open_dialogs(PreviewDialog)), timeout=20_000)
    return user.dialog(PreviewDialog)


def on_paper(user: PageUser, dialog: PrintDialog, tmp_path: Path) -> list[str]:
    """Return the text of each page as a program reads it that did not write it."""
    shown = preview(user, dialog)
    path = tmp_path / "纸.pdf"
    write_pdf(shown.printable, path)
    shown.reject()
    told = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    # Fonts that draw a character and its radical with one glyph come back as the radical.
    text = told.stdout.decode().translate(str.maketrans("⻚⻔⺠⻓⻅", "页门民长见"))
    return ["".join(normalize("NFKC", page).split()) for page in text.split("\f")[:-1]]


def plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def test_a_record_is_printed_whole(on_page: OnPage, tmp_path: Path) -> None:
    user = on_page(PLEDGE)
    dialog = asked(user)
    choose(dialog, "record")
    pages = on_paper(user, dialog, tmp_path)
    whole = "".join(pages)
    assert len(pages) > 3
    for number, one in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in one
        assert user.page.shown_id not in one
    words = (
        "晋江市政府办公室·承诺",
        "编号:CN",
        "监督电话",
        "0595-85680000",
        "不推诿",
        "兑现率",
        "共1版",
        "经办人(签字)",
    )  # fmt: skip - one list
    assert [text for text in words if text not in whole] == []
    # Not a sentence is lost where the text goes on over the next page.
    whole = "".join(re.sub(r"CN[-\d]*打印于.*$", "", one) for one in pages)
    assert [number for number in range(400) if f"第{number}句:" not in whole] == []
    # A row that names another is told by its words, not by its key.
    assert whole.count("第1条来电三声内接听") == 31
    assert [day for day in range(1, 32) if f"2026-03-{day:02}" not in whole] == []


def test_the_fields_follow_the_form(on_page: OnPage, tmp_path: Path) -> None:
    user = on_page(replace(PLEDGE, statement="少说多做", fulfilments=()))
    dialog = asked(user)
    choose(dialog, "record")
    (page,) = on_paper(user, dialog, tmp_path)
    order = [page.index(text) for text in ("监督电话", "少说多做", "来电三声内接听", "历史")]
    assert order == sorted(order)


@pytest.mark.parametrize("wanted", [False, True])
def test_photos_are_shown_where_they_are_wanted(
    on_page: OnPage, tmp_path: Path, *, wanted: bool
) -> None:
    user = on_page(Finding(unit=UNIT, title="走廊灯不亮"))
    shown = user.page.shown_id
    image = QImage(400, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("#c02040"))

    def attach(ledger: Ledger) -> object:
        found = ledger.get(shown)
        assert isinstance(found, Finding)
        photo = replace(
            ledger.attachments.add(png(image), "现场.png"), caption="东侧走廊", stage="after"
        )
        return ledger.save(replace(found, attachments=(photo,)))

    user.change(attach)
    dialog = asked(user)
    choose(dialog, "record")
    assert dialog.pictures.isVisible()
    dialog.pictures.setChecked(wanted)
    (page,) = on_paper(user, dialog, tmp_path)
    assert "整改后东侧走廊" in page or "整改后现场.png东侧走廊" in page
    listed = subprocess.run(
        ["pdfimages", "-list", str(tmp_path / "纸.pdf")], capture_output=True, check=True
    )
    assert (len(listed.stdout.splitlines()) > 2) == wanted


def test_photos_that_lie_with_the_reporting_unit_keep_nobody_from_printing(
    on_page: OnPage, tmp_path: Path
) -> None:
    user = on_page(Finding(unit=UNIT, title="走廊灯不亮"))
    shown = user.page.shown_id

    def report(ledger: Ledger) -> object:
        """Take the record in again as another unit's, with a photo that did not come along."""
        photo = Attachment(key="p", name="现场.png", sha256="ab" * 32, media_type="image/png")
        found = ledger.get(shown)
        assert found is not None
        with ledger.rolling_up() as run:
            before = run.known("350783", [shown])[shown]
            after = run.take(replace(found, attachments=(photo,)))
            run.accept("350783", before, after, Copy(1, "h"))
            run.finish("")
        return run.changes

    user.change(report)
    dialog = asked(user)
    choose(dialog, "record")
    dialog.pictures.setChecked(True)
    (page,) = on_paper(user, dialog, tmp_path)
    assert "现场.png" in page


def test_a_list_is_printed_as_it_is_shown(on_page: OnPage, tmp_path: Path) -> None:
    user = on_page(Pledge(unit=UNIT, title="另一项承诺", department="会务科"))
    page = user.page
    page.filters.set_conditions((Condition("department", ("办公室",)),))
    page._filters_changed()
    user.settle()
    dialog = asked(user)
    choose(dialog, "list")
    (paper,) = on_paper(user, dialog, tmp_path)
    listed = [title for title, department, _status in PLEDGES if department == "办公室"]
    assert all(plain(title) in paper for title in listed)
    assert "另一项承诺" not in paper
    told = plain("责任部门：办公室；按编号从大到小；共 3 条。")
    assert told in paper
    fields = kind_of("pledge").fields
    titles = [plain(fields[key].title) for key in page.list.header.visual_columns()]
    places = [paper.index(title, paper.index(told) + len(told)) for title in titles]
    assert places == sorted(places)


def test_a_long_list_has_its_header_on_every_page_and_an_end_that_is_told(
    on_page: OnPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_paper, "MOST", 300)
    user = on_page(*(Pledge(unit=UNIT, title=f"承诺第{n}号") for n in range(340)))
    dialog = asked(user)
    choose(dialog, "list")
    pages = on_paper(user, dialog, tmp_path)
    assert len(pages) > 5
    assert all("序号编号标题" in page for page in pages)
    whole = "".join(pages)
    assert plain("共 345 条；一次最多打印 300 条，只印出前 300 条") in whole
    # The newest first, as the list shows them.
    assert "承诺第339号" in whole
    assert [n for n in range(40, 340) if f"承诺第{n}号" not in whole] == []
    assert "承诺第39号" not in whole


def test_what_is_selected_is_printed_alone(on_page: OnPage, tmp_path: Path) -> None:
    user = on_page(PLEDGE)
    table = user.page.list.table
    table.setFocus()
    user.qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    user.settle()
    dialog = asked(user)
    assert dialog.offer.key == "chosen"
    (paper,) = on_paper(user, dialog, tmp_path)
    assert plain("共 2 条") in paper
    assert "窗口服务承诺" in paper
    assert plain("一快三通") in paper
    assert plain("八个不让") not in paper


# What has a mark of secrecy


def test_a_list_leaves_out_what_is_secret_unless_it_is_said_twice(
    on_page: OnPage, tmp_path: Path
) -> None:
    user = on_page(Pledge(unit=UNIT, title="内部承诺", confidential="secret"))
    dialog = asked(user)
    choose(dialog, "list")
    assert dialog.confidential.text() == "有密级的 1 条也要打印"
    assert not dialog.confidential.isChecked()
    (paper,) = on_paper(user, dialog, tmp_path)
    assert "内部承诺" not in paper
    assert plain("共 5 条；另有 1 条有密级，没有印出") in paper
    assert user.at.ask.asked == []

    dialog = asked(user)
    choose(dialog, "list")
    dialog.confidential.setChecked(True)
    user.at.ask.yes = False
    dialog.go()
    user.settle()
    assert "1 条有密级的记录" in user.at.ask.asked[-1]
    assert user.open_dialogs(PreviewDialog) == []
    user.at.ask.yes = True
    (paper,) = on_paper(user, dialog, tmp_path)
    assert "内部承诺" in paper


def test_a_secret_record_is_refused_until_it_is_said_twice(on_page: OnPage, tmp_path: Path) -> None:
    user = on_page(replace(PLEDGE, statement="", confidential="secret"))
    dialog = asked(user)
    choose(dialog, "record")
    dialog.go()
    user.settle()
    assert dialog.isVisible()
    assert "有密级的记录不会自动打印" in dialog.why_not.text()
    dialog.confidential.setChecked(True)
    pages = on_paper(user, dialog, tmp_path)
    assert len(user.at.ask.asked) == 1
    assert "密级:" in pages[0]


def test_the_title_of_a_secret_record_does_not_leave_by_another(
    on_page: OnPage, tmp_path: Path
) -> None:
    user = on_page(Finding(unit=UNIT, title="没有兑现"))
    finding_id = user.page.shown_id

    def refer(ledger: Ledger) -> object:
        secret = Pledge(unit=UNIT, title="内部承诺", confidential="secret")
        found = ledger.get(finding_id)
        assert isinstance(found, Finding)
        against = ledger.save(secret).record.id
        return ledger.save(replace(found, against=against))

    user.change(refer)
    dialog = asked(user)
    choose(dialog, "record")
    (paper,) = on_paper(user, dialog, tmp_path)
    assert "内部承诺" not in paper
    assert "(有密级)" in paper


# Asking


def test_what_is_typed_is_settled_before_the_record_is_printed(on_page: OnPage) -> None:
    user = on_page(PLEDGE)
    editor = user.page.form.body.editors["title"]
    editor.set_raw("新的标题")
    editor.changed.emit()
    dialog = asked(user)
    choose(dialog, "record")
    dialog.go()
    user.settle()
    assert "尚未保存" in user.at.ask.asked[-1]
    assert user.open_dialogs(PreviewDialog) == []


def test_the_key_is_in_the_menu() -> None:
    (action,) = [one for one in ACTIONS if one.shortcut == "Ctrl+P"]
    assert (action.id, action.writes) == ("print", False)


def test_the_key_prints_in_the_window(
    qtbot: QtBot, program: Program, few: Path, tmp_path: Path
) -> None:
    program.open(Path(shutil.copy(few, tmp_path / "window.sytz")))
    window = program.main
    window.go("pledge")
    page = window.stack.currentWidget()
    assert isinstance(page, RecordPage)
    settled(qtbot, window.session)
    qtbot.waitUntil(lambda: bool(page.shown_id))
    with qtbot.waitActive(window):
        window.activateWindow()
    title = page.form.body.editors["title"]
    for focused, suggested in ((page.list.table, "list"), (title, "record")):
        focused.setFocus()
        qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        settled(qtbot, window.session)
        (dialog,) = [one for one in page.findChildren(PrintDialog) if one.isVisible()]
        assert dialog.offer.key == suggested
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()
        with qtbot.waitActive(window):
            window.activateWindow()


def test_the_preview_counts_its_pages(on_page: OnPage) -> None:
    user = on_page(*(Pledge(unit=UNIT, title=f"承诺第{n}号") for n in range(600)))
    dialog = asked(user)
    choose(dialog, "list")
    shown = preview(user, dialog)
    count = shown.printable.count
    assert count > 8
    user.qtbot.mouseClick(shown.later, Qt.MouseButton.LeftButton)
    assert shown.place.text() == f"第 2 页，共 {count} 页"
    shown.reject()
