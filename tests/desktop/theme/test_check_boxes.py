"""A box that is not ticked can be seen, in both schemes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.theme.palette import apply_theme


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    apply_theme(qapp, Qt.ColorScheme.Light)


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_an_empty_check_box_has_a_frame(
    qtbot: QtBot, application: QApplication, scheme: Qt.ColorScheme
) -> None:
    apply_theme(application, scheme)
    box = QCheckBox()
    qtbot.addWidget(box)
    box.show()

    picture = box.grab().toImage()

    colours = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }
    assert len(colours) > 1
