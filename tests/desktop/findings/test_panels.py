"""What the form of a finding shows beside its fields: photo pairs, repeats, what comes next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton

from sanyou_desktop.desktop.editors.attachments import AttachmentsEditor
from sanyou_desktop.desktop.findings.pairs_panel import PairsPanel
from sanyou_desktop.desktop.findings.repeats_panel import RepeatsPanel
from sanyou_desktop.desktop.findings.repeats_setting import FindingsCard
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.repeat_window import repeat_days_of
from sanyou_desktop.model import rectification
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import Finding
from sanyou_desktop.model.inspection import Inspection, Item
from sanyou_desktop.model.raising import finding_of
from tests.desktop.conftest import UNIT
from tests.desktop.findings.conftest import RAISED, Clerk, finding, picture
from tests.desktop.forms.filling import paste_files

TITLE = "走廊灯不亮"


def write(clerk: Clerk, *records: Finding) -> None:
    """Save records as another page of the window would."""
    clerk.at.session.operations.run(
        lambda ledger: ledger.save_many(records, "另一处"), owner=clerk.page, quiet=True
    )
    clerk.settle()


def pairs(clerk: Clerk) -> PairsPanel:
    return next(one for one in clerk.page.form.body.panels if isinstance(one, PairsPanel))


def repeats(clerk: Clerk) -> RepeatsPanel:
    return next(one for one in clerk.page.form.body.panels if isinstance(one, RepeatsPanel))


def words(panel: PairsPanel | RepeatsPanel) -> list[str]:
    """Return what is read in a panel."""
    return [label.text() for label in panel.findChildren(QLabel) if label.isVisible()]


def files(clerk: Clerk) -> AttachmentsEditor:
    editor = clerk.page.form.body.editors["attachments"]
    assert isinstance(editor, AttachmentsEditor)
    return editor


def photo(tmp_path: Path, name: str, colour: str = "#c02040") -> Path:
    path = tmp_path / name
    path.write_bytes(picture(colour))
    return path


# Photos


def test_a_photo_shows_the_problem_until_something_is_rectified(
    clerk: Clerk, tmp_path: Path
) -> None:
    clerk.show(TITLE)
    assert not pairs(clerk).isVisible()
    paste_files(clerk.qtbot, files(clerk), [photo(tmp_path, "前.png")])
    clerk.settle()
    clerk.qtbot.waitUntil(pairs(clerk).isVisible)
    assert words(pairs(clerk)) == ["尚未整改", "整改前", "整改后", "缺整改后照片"]
    clerk.page.save()
    clerk.settle()
    (kept,) = clerk.now(TITLE).attachments
    assert (kept.stage, kept.round) == ("before", "")


def test_two_rounds_side_by_side(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clerk.now(TITLE)
    now = rectification.rectify(now, on=RAISED, by="张三", rectification="已换")
    now = rectification.recheck(now, on=RAISED, by="李四", passed=False, opinion="仍不亮")
    now = rectification.rectify(now, on=RAISED, by="张三", rectification="再换")
    write(clerk, now)
    clerk.show(TITLE)
    editor = files(clerk)
    paste_files(clerk.qtbot, editor, [photo(tmp_path, "一.png"), photo(tmp_path, "二.png", "#111")])
    clerk.settle()

    editor.list.setCurrentRow(0)
    details = editor.details
    details.stage.setFocus()
    clerk.qtbot.keyClick(details.stage, Qt.Key.Key_Up)
    details.round.setFocus()
    clerk.qtbot.keyClick(details.round, Qt.Key.Key_Home)
    clerk.qtbot.keyClick(details.round, Qt.Key.Key_Down)
    details.caption.setFocus()
    clerk.qtbot.keyClicks(details.caption, "east 3F")
    clerk.qtbot.waitUntil(lambda: len(pairs(clerk).photos) == 3)
    assert words(pairs(clerk)) == [
        "第 1 轮 · 复查退回",
        "整改前",
        "整改后",
        "缺整改后照片",
        "第 2 轮",
        "整改前（同上一轮）",
        "整改后",
    ]
    shown = pairs(clerk).photos
    assert [one.text() for one in shown] == ["east 3F", "east 3F", "二.png"]

    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()))
    clerk.qtbot.keyClick(shown[2], Qt.Key.Key_Space)
    clerk.settle()
    assert opened == ["二.png"]

    clerk.page.save()
    clerk.settle()
    first, second = clerk.now(TITLE).attachments
    keys = [one.key for one in clerk.now(TITLE).rounds]
    assert (first.stage, first.round, first.caption) == ("before", keys[0], "east 3F")
    assert (second.stage, second.round) == ("after", keys[1])


def test_other_files_have_a_caption_but_no_stage(clerk: Clerk, tmp_path: Path) -> None:
    clerk.show(TITLE)
    note = tmp_path / "说明.txt"
    note.write_text("说明", encoding="utf-8")
    paste_files(clerk.qtbot, files(clerk), [note])
    clerk.settle()
    files(clerk).list.setCurrentRow(0)
    details = files(clerk).details
    assert details.caption.isVisibleTo(details)
    assert not details.stage.isVisibleTo(details)
    assert files(clerk).list.item(0).text() == "说明.txt"


# Repeats


def test_what_came_up_before_in_the_same_place_is_named(clerk: Clerk) -> None:
    clerk.show(TITLE)
    assert not repeats(clerk).isVisible()
    days = (RAISED - timedelta(days=30), RAISED - timedelta(days=300))
    write(clerk, *(finding("走廊 灯不亮。", raised_on=day.isoformat()) for day in days))
    panel = repeats(clerk)
    assert panel.isVisible()
    assert "同一地点近 180 天已出现 1 次同样的问题" in words(panel)

    panel.window_box.setFocus()
    clerk.qtbot.keyClick(panel.window_box, Qt.Key.Key_Down)
    clerk.settle()
    assert "同一地点近 365 天已出现 2 次同样的问题" in words(panel)
    with Ledger.open(clerk.at.session.path, read_only=True) as ledger:
        assert repeat_days_of(ledger) == 365

    link = panel.findChildren(QPushButton)[0]
    with clerk.qtbot.waitSignal(clerk.page.reference_opened) as opened:
        clerk.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    latest = next(one for one in clerk.stored() if one.raised_on == PartialDate.of(days[0]))
    assert opened.args == [latest.id]


def test_the_same_item_of_another_inspection_is_named_whatever_was_wrong_with_it(
    clerk: Clerk,
) -> None:
    ids: list[str] = []

    def work(ledger: Ledger) -> None:
        for days, remark in ((40, "桌上有杂物"), (10, "柜里有杂物")):
            held = PartialDate.of(date.today() - timedelta(days=days))
            item = Item(key=f"row{days}", item="办公室整洁有序", result="fail", remark=remark)
            inspection = Inspection(
                unit=UNIT, title="环境检查", inspected_on=held, inspected_unit="车队", items=(item,)
            )
            saved = ledger.save(inspection).record
            assert isinstance(saved, Inspection)
            ids.append(ledger.save(finding_of(saved, 0, held)).record.id)

    clerk.change(work)
    clerk.page.show_record(ids[1])
    clerk.settle()
    clerk.qtbot.waitUntil(repeats(clerk).isVisible)
    assert "同一部门近 180 天已出现 1 次同样的问题" in words(repeats(clerk))


def test_a_repeat_is_named_while_it_is_being_entered(clerk: Clerk) -> None:
    clerk.page.new_record()
    form = clerk.page.form
    for key, text in (
        ("title", TITLE),
        ("place", "别处"),
        ("department", "物业科"),
        ("raised_on", date.today().isoformat()),
    ):
        form.body.editors[key].set_raw(text)
        form.body.editors[key].changed.emit()
    clerk.qtbot.waitUntil(lambda: repeats(clerk).isVisible())
    assert "同一部门近 180 天已出现 1 次同样的问题" in words(repeats(clerk))
    form.body.editors["department"].set_raw("")
    form.body.editors["department"].changed.emit()
    clerk.qtbot.waitUntil(lambda: not repeats(clerk).isVisible())


def test_the_window_is_chosen_in_the_settings_too(clerk: Clerk) -> None:
    card = FindingsCard(clerk.at.session)
    clerk.qtbot.addWidget(card)
    card.show()
    clerk.settle()
    assert card.window_box.currentData() == 180
    card.window_box.setFocus()
    clerk.qtbot.keyClick(card.window_box, Qt.Key.Key_End)
    clerk.settle()
    with Ledger.open(clerk.at.session.path, read_only=True) as ledger:
        assert repeat_days_of(ledger) == 365


# What comes next


@pytest.mark.parametrize(
    ("limit", "told"),
    [(-3, "已逾期 3 天"), (0, "今天到期"), (2, "还有 2 天")],
)
def test_the_head_says_what_is_awaited_and_how_long(clerk: Clerk, limit: int, told: str) -> None:
    day = PartialDate.of(date.today() + timedelta(days=limit))
    write(clerk, replace(clerk.now(TITLE), due_on=day))
    clerk.show(TITLE)
    hint = clerk.page.form.head.hint
    assert hint.text() == f"等待开始整改，{told}"
    assert hint.property("role") == ("error" if limit < 0 else "muted")
