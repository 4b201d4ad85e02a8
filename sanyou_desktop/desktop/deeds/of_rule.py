"""What one can do with a rule, and on the page of them."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed

DEEDS: tuple[Deed, ...] = ()
PAGE_DEEDS: tuple[Deed, ...] = ()
