"""A text that is longer than its line ends in …, and is whole for those who ask for it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from sanyou_desktop.desktop.widgets.elided_label import ElidedLabel


def test_what_has_no_room_is_cut_with_a_mark(qtbot: QtBot) -> None:
    label = ElidedLabel("title")
    qtbot.addWidget(label)
    label.setText("地下车库出入口坡道排水沟盖板松动")
    label.resize(2000, 40)
    assert label.shown == label.text()
    label.resize(120, 40)
    label.grab()
    assert label.shown.endswith("…")
    assert label.text().startswith(label.shown[:-1])
