"""What one can do with an inspection, and on the page of them."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.wording import N_

DEEDS: tuple[Deed, ...] = (
    Deed(
        "fill_from_list",
        N_("按清单填入…"),
        "list-checks",
        "sanyou_desktop.desktop.schemes.beginning:fill_inspection",
        offered=lambda record: record.status == "planned" and not record.items,
    ),
)
PAGE_DEEDS: tuple[Deed, ...] = (
    Deed(
        "from_list",
        N_("按清单新建…"),
        "list-checks",
        "sanyou_desktop.desktop.schemes.beginning:begin_inspection",
        "Ctrl+Shift+L",
        begins=True,
    ),
)
