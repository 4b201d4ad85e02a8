"""A box that is not ticked can be seen, in both schemes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.theme.palette import apply_theme
from sanyou_desktop.desktop.theme.style_sheet import tick_of
from sanyou_desktop.desktop.theme.tokens import DARK, LIGHT


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    apply_theme(qapp, Qt.ColorScheme.Light)


SCHEMES = {Qt.ColorScheme.Light: LIGHT, Qt.ColorScheme.Dark: DARK}


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_chosen_is_filled_with_the_accent(
    qtbot: QtBot,
    application: QApplication,
    scheme: Qt.ColorScheme,
    kind: type[QCheckBox | QRadioButton],
) -> None:
    apply_theme(application, scheme)
    box = kind("x")
    qtbot.addWidget(box)
    box.show()
    accent = QColor(SCHEMES[scheme].accent)
    counts = []
    for chosen in (False, True):
        box.setChecked(chosen)
        picture = box.grab().toImage()
        places = product(range(picture.width()), range(picture.height()))
        counts.append(sum(picture.pixelColor(x, y) == accent for x, y in places))
    assert counts[1] > counts[0] + 8


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_tick_has_the_colour_that_reads_on_the_accent(scheme: Qt.ColorScheme) -> None:
    colours = SCHEMES[scheme]
    assert f'stroke="{colours.on_accent}"' in tick_of(colours).read_text(encoding="utf-8")


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
