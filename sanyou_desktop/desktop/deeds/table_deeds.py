"""Taking in a table that somebody keeps: what every page of reported records offers."""

from __future__ import annotations

from sanyou_desktop.desktop.deeds.deed import Deed
from sanyou_desktop.wording import N_

_FLOW = "sanyou_desktop.desktop.intake.flow"

TABLE_DEEDS: tuple[Deed, ...] = (
    Deed("import_table", N_("导入表格…"), "file-spreadsheet", f"{_FLOW}:import_table", begins=True),
    Deed("paste_table", N_("粘贴表格"), "clipboard-paste", f"{_FLOW}:paste_table"),
)
