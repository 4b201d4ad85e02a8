"""Which deeds each kind has.

To add one: a line in the kind's own file, in ``DEEDS`` for a record or ``PAGE_DEEDS`` for its
page; button, menu, key and the table of keys follow. A kind that has none yet gets a file
and a line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from sanyou_desktop.desktop.deeds.deed import Deed

# Imported when a page of the kind is first made.
MODULES: Mapping[str, str] = MappingProxyType(
    {
        kind: f"sanyou_desktop.desktop.deeds.of_{kind}"
        for kind in (
            "pledge",
            "rule",
            "inspection",
            "finding",
            "survey",
            "activity",
            "scheme",
            "plan",
            "request",
            "submission",
        )
    }
)


def deeds_of(kind: str) -> tuple[Deed, ...]:
    """Return what can be done with a record of that kind, in the order of the buttons."""
    return _declared(kind, "DEEDS")


def page_deeds_of(kind: str) -> tuple[Deed, ...]:
    """Return what can be done on the page of that kind, in the order of the menu."""
    return _declared(kind, "PAGE_DEEDS")


def keys_of(kind: str) -> dict[str, str]:
    """Return the keys of that kind's deeds by their ids, in Qt's portable form.

    Alt with the place of the button, from 1; in the page's menu Alt+0 and then the digits that are
    left. Nothing else in the window means these, and Ctrl+Shift with a letter belongs to Chinese
    input methods.
    """
    buttons = deeds_of(kind)[:9]
    free = (0, *range(len(buttons) + 1, 10))
    places = (*enumerate(buttons, start=1), *zip(free, page_deeds_of(kind), strict=False))
    return {deed.id: f"Alt+{digit}" for digit, deed in places}


def _declared(kind: str, name: str) -> tuple[Deed, ...]:
    if kind not in MODULES:
        return ()
    found: tuple[Deed, ...] = getattr(import_module(MODULES[kind]), name)
    return found
