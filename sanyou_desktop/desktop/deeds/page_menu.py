"""The menu beside 新建: what can be done on the page of a kind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton

from sanyou_desktop.desktop.deeds.deed import Deed, Place
from sanyou_desktop.desktop.deeds.register import keys_of, page_deeds_of
from sanyou_desktop.desktop.theme.icons import icon
from sanyou_desktop.desktop.theme.parts import button
from sanyou_desktop.wording import _


def page_menu(kind: str, place: Place) -> QPushButton:
    """Return a button that opens the menu of the page's deeds; each is done at ``place``."""
    made = button(_("更多操作"), lambda: None, icon_name="ellipsis")
    menu = QMenu(made)
    keys_by_id = keys_of(kind)
    for deed in page_deeds_of(kind):
        if deed.writes and place.session.read_only:
            continue
        text = _(deed.text)
        if deed.id in keys_by_id:
            # A menu that was never opened hears no keys of its own.
            keys = QKeySequence(keys_by_id[deed.id])
            text = f"{text}\t{keys.toString(QKeySequence.SequenceFormat.NativeText)}"
            QShortcut(keys, made).activated.connect(_doing(deed, place))
        action = menu.addAction(icon(deed.icon, "text"), text)
        action.setObjectName(deed.id)
        action.triggered.connect(_doing(deed, place))
    made.setMenu(menu)
    made.setEnabled(not menu.isEmpty())
    if not page_deeds_of(kind):
        made.hide()
    return made


def beginnings(deeds: tuple[Deed, ...], place: Place) -> list[tuple[str, Callable[[], None]]]:
    """Return the words and the doing of the deeds that an empty page offers."""
    writable = not place.session.read_only
    return [(_(deed.text), _doing(deed, place)) for deed in deeds if deed.begins and writable]


def _doing(deed: Deed, place: Place) -> Callable[[], None]:
    return lambda: deed.do(place)
