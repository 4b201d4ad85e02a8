"""Nothing in Qt's own windows is left in English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QCalendarWidget, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.qt_words import translate_qt


@pytest.fixture
def translated(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    translate_qt(qapp, "zh_CN")
    yield
    QLocale.setDefault(before)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.mark.usefixtures("translated")
@pytest.mark.parametrize(
    "mode", [QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave]
)
def test_the_file_dialog_speaks_chinese(qtbot: QtBot, mode: QFileDialog.AcceptMode) -> None:
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    texts += [button.text() for button in dialog.findChildren(QPushButton)]
    assert len(texts) >= 5
    english = [text for text in texts if text and not any(sign >= "\u4e00" for sign in text)]
    assert english == []


@pytest.mark.usefixtures("translated")
def test_dates_and_calendar_are_chinese(qtbot: QtBot) -> None:
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    assert calendar.locale().standaloneMonthName(3) == "三月"


def test_in_english_qt_stays_english(qapp: QApplication) -> None:
    before = QLocale()
    translate_qt(qapp, "en")
    assert QLocale().language() == QLocale.Language.English
    assert qapp.translate("QFileDialog", "&Look in:") == "&Look in:"
    QLocale.setDefault(before)
