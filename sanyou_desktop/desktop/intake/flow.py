"""From a file, or from cells that were copied, to the preview: read in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.desktop.copied import cells_there
from sanyou_desktop.desktop.deeds.deed import Place
from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.lists.record_page import RecordPage
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.exchange.tables.grid import Grid

_TABLES = "(*.xlsx *.xlsm *.xls *.et *.ods *.csv *.txt)"


def import_table(place: Place) -> None:
    """Ask for a file and show what it would bring."""
    patterns = _("表格 {endings};;所有文件 (*)").format(endings=_TABLES)
    path = place.session.ask.open_file(place.widget, _("导入表格"), patterns)
    if path is not None:
        look_at_file(place, _kind_of(place), path)


def paste_table(place: Place) -> None:
    """Show what the cells on the clipboard would bring."""
    look_at_clipboard(place, _kind_of(place))


def _kind_of(place: Place) -> str:
    assert isinstance(place.widget, RecordPage), place.widget
    return place.widget.kind


def look_at_file(place: Place, kind: str, path: Path) -> None:
    """Read a file and show what it would bring as records of a kind."""

    def read(_progress: Progress) -> Sequence[Grid]:
        # Imported off the window's own thread: the readers take as long as some frames.
        from sanyou_desktop.exchange.tables.reading import read_grids

        return read_grids(path)

    _look(place, kind, path.name, read)


def look_at_clipboard(place: Place, kind: str) -> None:
    """Show what cells that were copied in a spreadsheet would bring."""
    text = cells_there()
    if not text.strip():
        place.session.ask.tell(
            place.widget,
            _("剪贴板里没有文字。请先在 Excel 或 WPS 中选中表格（连同表头）并复制，再粘贴。"),
        )
        return
    name = _("粘贴的内容")

    def read(_progress: Progress) -> Sequence[Grid]:
        from sanyou_desktop.exchange.tables.reading import grid_of_text

        return [grid_of_text(text, name)]

    _look(place, kind, name, read)


def _look(place: Place, kind: str, name: str, read: Callable[[Progress], Sequence[Grid]]) -> None:
    def warm_up(_progress: Progress) -> None:
        # What the preview stands on, read off the window's own thread the first time.
        import_module("sanyou_desktop.exchange.tables.importing")

    def begin(_none: None) -> None:
        from sanyou_desktop.desktop.intake.import_dialog import ImportDialog

        if place.widget.findChild(ImportDialog) is not None:
            # Asked for twice before the first was there.
            return
        show(ImportDialog(place, kind, name, read))

    place.session.jobs.run(warm_up, begin, owner=place.widget)
