"""What one can do with a pledge, and on the page of them."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.wording import N_

DEEDS: tuple[Deed, ...] = ()
PAGE_DEEDS: tuple[Deed, ...] = (
    Deed(
        "from_list",
        N_("按清单新建…"),
        "list-checks",
        "sanyou_desktop.desktop.schemes.beginning:begin_pledge",
        "Ctrl+Shift+L",
        begins=True,
    ),
)
