"""The unit's own score is typed in the head of the sheet."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.inspections.score_head import ScoreHead


def test_the_menu_to_paste_from_does_not_end_the_typing(qtbot: QtBot) -> None:
    head = ScoreHead()
    qtbot.addWidget(head)
    head.show()
    head.activateWindow()
    head.type_self_score(None)
    qtbot.waitUntil(head.typing.hasFocus)
    menu = head.typing.createStandardContextMenu()
    menu.popup(head.typing.mapToGlobal(head.typing.rect().center()))
    qtbot.waitUntil(menu.isVisible)
    assert head.typing.isVisible()
    menu.close()
    menu.deleteLater()
