"""Where file dialogs begin: where the user last was, never where the program lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.ask import Ask


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "文档"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: str(folder))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    return folder


class Dialog:
    """Stands in for the system's dialog: keeps where it began, returns what is set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begin = ""
        self.answer = ""
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, self)

    def __call__(
        self, _parent: QWidget, _title: str, begin: str, _patterns: str, **_options: object
    ) -> tuple[str, str]:
        self.begin = begin
        return self.answer, ""


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch) -> Dialog:
    return Dialog(monkeypatch)


def test_at_first_the_documents_are_shown(parent: QWidget, documents: Path, dialog: Dialog) -> None:
    documents.mkdir()
    assert Ask().save_file(parent, "", "台账.sytz", "") is None
    assert Path(dialog.begin) == documents / "台账.sytz"


def test_without_documents_it_is_the_home(parent: QWidget, documents: Path, dialog: Dialog) -> None:
    Ask().open_file(parent, "", "")
    assert Path(dialog.begin) == documents.parent


def test_then_it_is_where_the_last_file_was(
    parent: QWidget, documents: Path, dialog: Dialog, tmp_path: Path
) -> None:
    ask = Ask()
    dialog.answer = str(tmp_path / "共享盘" / "台账.sytz")
    assert ask.save_file(parent, "", "台账.sytz", "") == tmp_path / "共享盘" / "台账.sytz"
    dialog.answer = ""
    assert ask.open_file(parent, "", "") is None
    assert Path(dialog.begin) == tmp_path / "共享盘"


@pytest.mark.parametrize(
    ("suggested", "patterns", "name"),
    [
        ("市局/办公室 2026.xlsx", "Excel (*.xlsx)", "市局 办公室 2026.xlsx"),
        ("长" * 100 + ".sanyou-return.json", "退回 (*.sanyou-return.json)", "长" * 60
         + ".sanyou-return.json"),
        ("长" * 100 + ".JPG", "所有文件 (*)", "长" * 65 + ".JPG"),
        ("..", "Excel (*.xlsx)", "未命名"),
    ],
)  # fmt: skip
def test_a_suggestion_is_a_name_that_the_system_takes(
    parent: QWidget, documents: Path, dialog: Dialog, suggested: str, patterns: str, name: str
) -> None:
    documents.mkdir()
    Ask().save_file(parent, "", suggested, patterns)
    assert Path(dialog.begin) == documents / name


def test_a_whole_suggestion_is_taken_as_it_is(
    parent: QWidget, documents: Path, dialog: Dialog, tmp_path: Path
) -> None:
    Ask().save_file(parent, "", str(tmp_path / "别处" / "台账.sytz"), "")
    assert Path(dialog.begin) == tmp_path / "别处" / "台账.sytz"
