"""A file gets the ending that it is of, and never replaces one that nobody was asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.ask import Ask

PDF = "PDF 文件 (*.pdf)"


@pytest.mark.parametrize(
    ("typed", "patterns", "name"),
    [
        ("检查 2026.3", PDF, "检查 2026.3.pdf"),
        ("检查", PDF, "检查.pdf"),
        ("检查.PDF", PDF, "检查.PDF"),
        ("共享.xlsm", "Excel (*.xlsx *.xlsm)", "共享.xlsm"),
        ("共享", "Excel (*.xlsx *.xlsm)", "共享.xlsx"),
        ("随便", "所有文件 (*)", "随便"),
    ],
)
def test_a_point_in_a_name_is_no_ending(
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    patterns: str,
    name: str,
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked: list[str] = []
    answer = True
    ask = Ask()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_given, **_options: (str(tmp_path / typed), "")
    )

    def confirm(_parent: QWidget, text: str, _yes: str) -> bool:
        asked.append(text)
        return answer

    monkeypatch.setattr(ask, "confirm", confirm)
    assert ask.save_file(parent, "存为", "甲", patterns) == tmp_path / name
    assert asked == []
    if typed == name:
        return
    (tmp_path / name).write_text("别人的")
    assert ask.save_file(parent, "存为", "甲", patterns, overwrite=False) == tmp_path / name
    assert ask.save_file(parent, "存为", "甲", patterns) == tmp_path / name
    answer = False
    assert ask.save_file(parent, "存为", "甲", patterns) is None
    assert len(asked) == 2
