"""Shipped lists and those in files are looked at first, and come into the ledger in one go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from sanyou_desktop.exchange.scheme_files import write_scheme
from sanyou_desktop.model.scheme import Entry, Scheme
from tests.desktop.schemes.conftest import At

Open = Callable[..., At]
SHIPPED, IMPORT = 0, 5


def test_an_empty_page_offers_the_shipped_lists(at: Open) -> None:
    here = at("scheme")
    face = here.page.list.no_record
    offered = {button.text(): button for button in face.findChildren(QPushButton)}
    assert list(offered) == ["新建清单", "取用自带清单…"]
    here.qtbot.mouseClick(offered["取用自带清单…"], Qt.MouseButton.LeftButton)
    here.settle()
    assert here.chooser.windowTitle() == "取用自带清单"
    here.chooser.reject()


def test_several_are_taken_in_one_go_and_undone_as_one(at: Open) -> None:
    here = at("scheme")
    here.key(SHIPPED)
    assert not here.chooser.go.isEnabled()
    here.tick("五查", "四勤三特")
    assert here.chooser.told.text() == "已选 2 个"
    assert here.titles() == []
    here.accept()
    assert not here.has_dialog
    assert here.titles() == ["五查", "四勤三特"]
    assert [item.incomplete for item in here.schemes()] == [False, True]
    assert here.at.session.operations.undo_text == "加入 2 个清单"
    here.at.session.operations.undo()
    here.settle()
    assert here.titles() == []


def test_a_list_that_is_there_is_added_only_as_a_copy_that_was_wanted(at: Open) -> None:
    here = at("scheme")
    here.key(SHIPPED)
    here.tick("五查")
    here.accept()
    here.key(SHIPPED)
    here.tick("五查", "四心")
    here.at.ask.yes = False
    here.accept()
    assert here.has_dialog
    assert here.titles() == ["五查"]
    assert "台账里已有「五查」" in here.at.ask.asked[-1]
    here.at.ask.yes = True
    here.accept()
    assert sorted(here.titles()) == ["五查", "五查（副本）", "四心"]


def test_one_taken_alone_is_shown(at: Open) -> None:
    here = at("scheme")
    with here.qtbot.waitSignal(here.page.reference_opened):
        here.key(SHIPPED)
        here.tick("四心")
        here.accept()


def test_leaving_the_dialog_changes_nothing(at: Open) -> None:
    here = at("scheme")
    here.key(SHIPPED)
    here.tick("五查")
    here.qtbot.keyClick(here.chooser, Qt.Key.Key_Escape)
    here.settle()
    assert not here.has_dialog
    assert here.titles() == []


def test_files_are_previewed_and_bad_ones_named(at: Open, tmp_path: Path) -> None:
    here = at("scheme")
    good, table, bad = tmp_path / "a.json", tmp_path / "食堂检查.csv", tmp_path / "坏.json"
    write_scheme(Scheme(title="三清", entries=(Entry(key="a", text="一清"),)), good)
    table.write_text("检查项目,满分\n留样,10\n合计,10\n", "utf-8")
    bad.write_text("{", "utf-8")
    here.at.ask.paths = [good, table, bad]
    here.key(IMPORT)
    here.qtbot.waitUntil(lambda: here.has_dialog)
    assert "坏.json 不是完整的 JSON" in here.chooser.banner.text.text()
    chooser = here.chooser.chooser
    assert [offer.scheme.title for offer in chooser.chosen()] == ["三清", "食堂检查"]
    chooser.go_to(lambda offer: offer.scheme.title == "食堂检查")
    assert "合计、说明等 1 行没有读入（第 3 行）" in chooser.preview.about.text()
    assert here.titles() == []
    here.accept()
    assert here.titles() == ["三清", "食堂检查"]
    here.at.session.operations.undo()
    here.settle()
    assert here.titles() == []


def test_what_is_there_or_comes_twice_is_not_ticked(at: Open, tmp_path: Path) -> None:
    here = at("scheme")
    here.key(SHIPPED)
    here.tick("五查")
    here.accept()
    files = [tmp_path / "a.json", tmp_path / "b.json", tmp_path / "c.json"]
    write_scheme(here.schemes()[0], files[0])
    for path in files[1:]:
        write_scheme(Scheme(title="三清", entries=(Entry(key="a", text="一清"),)), path)
    here.at.ask.paths = files
    here.key(IMPORT)
    here.qtbot.waitUntil(lambda: here.has_dialog)
    assert [offer.origin for offer in here.chooser.chooser.chosen()] == ["b.json"]
    here.accept()
    assert here.titles() == ["五查", "三清"]


def test_nothing_readable_is_told_with_the_reasons(at: Open, tmp_path: Path) -> None:
    here = at("scheme")
    here.at.ask.paths = [tmp_path / f"{number}.json" for number in range(6)]
    here.key(IMPORT)
    here.qtbot.waitUntil(lambda: bool(here.at.ask.asked))
    (told,) = here.at.ask.asked
    assert told.startswith("没有读到清单，台账没有改动。")
    assert "没有找到 0.json" in told
    assert "还有 2 个文件没有读入" in told
    assert not here.has_dialog


def test_no_file_chosen_is_no_work(at: Open) -> None:
    here = at("scheme")
    here.key(IMPORT)
    assert not here.has_dialog
    assert here.at.ask.asked == []


def test_nothing_is_taken_where_nothing_can_be_saved(at: Open) -> None:
    here = at("scheme", read_only_reason="只读")
    here.key(SHIPPED)
    here.key(IMPORT)
    assert not here.has_dialog
    assert not here.page.list.no_record.findChildren(QPushButton)
