"""What one can do with a finding, and on the page of them."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.desktop.supervision.deeds import SLIP_DEEDS, SLIP_PAGE_DEEDS

DEEDS: tuple[Deed, ...] = (*SLIP_DEEDS,)
PAGE_DEEDS: tuple[Deed, ...] = (*SLIP_PAGE_DEEDS,)
