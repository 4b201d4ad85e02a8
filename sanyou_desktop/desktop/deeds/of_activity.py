"""What one can do with an activity, and on the page of them."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.desktop.deeds.table_deeds import TABLE_DEEDS
from sanyou_desktop.wording import N_

DEEDS: tuple[Deed, ...] = ()
PAGE_DEEDS: tuple[Deed, ...] = (
    Deed(
        "totals",
        N_("合计数量与金额…"),
        "layers",
        "sanyou_desktop.desktop.activities.totals_dialog:open_totals",
        writes=False,
    ),
    *TABLE_DEEDS,
)
