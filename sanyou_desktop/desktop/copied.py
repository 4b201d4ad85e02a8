"""Cells on the clipboard: texts in a spreadsheet too, and taken back here as they were."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QStandardItemModel

from sanyou_desktop.desktop.copied_cells import CopiedCells, as_meant

_OURS = "application/x-sanyou-cells"


def put_cells(cells: CopiedCells) -> None:
    """Put cells on the clipboard."""
    made = _data_of_qt()
    made.setText(cells.plain)
    if cells.html:
        made.setHtml(cells.html)
    made.setData(_OURS, cells.exact.encode())
    QGuiApplication.clipboard().setMimeData(made)


def _data_of_qt() -> QMimeData:
    """Return empty data that Qt made: what Python makes, it would need when Qt lets go of it.

    The clipboard outlives the interpreter, and the program would end in a crash.
    """
    model = QStandardItemModel(1, 1)
    made = model.mimeData([model.index(0, 0)])
    made.clear()
    return made


def put_text(text: str) -> None:
    """Put a text on the clipboard that is no table: a message."""
    QGuiApplication.clipboard().setText(text)


def cells_there() -> str:
    """Return the cells that are on the clipboard, by tabs and lines; "" without any."""
    there: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if there is None:
        # Nothing was ever copied.
        return ""
    if there.hasFormat(_OURS):
        return bytes(there.data(_OURS).data()).decode()
    return as_meant(there.text())
