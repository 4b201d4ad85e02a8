"""What one can do with a named list, and on the page of them."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.wording import N_

_FOLDER = "sanyou_desktop.desktop.schemes"

DEEDS: tuple[Deed, ...] = (
    Deed(
        "make_inspection",
        N_("生成检查"),
        "clipboard-check",
        f"{_FOLDER}.beginning:make_inspection",
    ),
    Deed("make_pledge", N_("生成承诺"), "handshake", f"{_FOLDER}.beginning:make_pledge"),
    Deed(
        "make_zero_targets",
        N_("生成零目标"),
        "circle-dot",
        f"{_FOLDER}.beginning:make_zero_targets",
    ),
    Deed(
        "export",
        N_("导出为文件…"),
        "download",
        f"{_FOLDER}.exporting:export",
        writes=False,
    ),
)
PAGE_DEEDS: tuple[Deed, ...] = (
    Deed(
        "take_shipped",
        N_("取用自带清单…"),
        "list-checks",
        f"{_FOLDER}.taking:take_shipped",
        begins=True,
    ),
    Deed(
        "import_files",
        N_("从文件导入…"),
        "folder-open",
        f"{_FOLDER}.taking:import_files",
    ),
)
