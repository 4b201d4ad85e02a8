"""What one can do with an inspection, and on the page of them."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.desktop.deeds.table_deeds import TABLE_DEEDS
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.wording import N_

_MODULE = "sanyou_desktop.desktop.inspections"


def _has_failed(inspection: Inspection) -> bool:
    return any(item.result == "fail" for item in inspection.items)


DEEDS: tuple[Deed, ...] = (
    Deed(
        "on_site",
        N_("现场检查"),
        "clipboard-check",
        f"{_MODULE}.on_site:open_on_site",
        offered=lambda inspection: bool(inspection.items) and inspection.status != "closed",
        awaited=lambda inspection: bool(inspection.items) and inspection.status == "planned",
    ),
    Deed(
        "raise_all",
        N_("不合格项转问题"),
        "flag",
        f"{_MODULE}.raising:raise_all",
        offered=_has_failed,
    ),
    Deed(
        "inspect_again",
        N_("复查不合格项"),
        "refresh-cw",
        f"{_MODULE}.again:inspect_again",
        offered=lambda inspection: inspection.status != "planned" and _has_failed(inspection),
    ),
    Deed(
        "print_sheet",
        N_("打印检查表"),
        "printer",
        f"{_MODULE}.check_sheet:print_sheet",
        writes=False,
        offered=lambda inspection: bool(inspection.items),
    ),
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
        begins=True,
    ),
    *TABLE_DEEDS,
)
