"""An empty list says what belongs in it, whatever its kind."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.lists.nothing import no_record_yet
from sanyou_desktop.model.kinds import KINDS


@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("read_only", [True, False])
def test_every_kind_has_its_words(qtbot: QtBot, kind: str, read_only: bool) -> None:
    face = no_record_yet(kind, read_only=read_only)
    qtbot.addWidget(face)
    said = [label.text() for label in face.findChildren(QLabel)]
    assert any(text.startswith("这里登记") for text in said)
