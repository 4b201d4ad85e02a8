"""Rows of a list on the clipboard: those with a mark only after a question, and noted."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from sanyou_desktop.desktop.copied import put_cells, put_text
from sanyou_desktop.desktop.copied_cells import CopiedCells
from sanyou_desktop.desktop.lists.selected import Copied
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.withheld import may_copy
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import _


def put_on_clipboard(parent: QWidget, session: Session, kind: str, copied: Copied) -> None:
    """Put the rows there, and tell what was not copied or that it was noted."""
    marked, title = copied.marked, _(kind_of(kind).title)
    if marked and copy_noted(parent, session, copied.whole, f"list:{kind}", title, marked):
        return
    if copied.rows:
        put_cells(copied.public)
    if not marked:
        return
    told = _("已复制 {rows} 行，有密级的 {count} 条没有复制。")
    session.operations.told.emit(told.format(rows=f"{copied.rows:,}", count=f"{len(marked):,}"))


def copy_noted(
    parent: QWidget,
    session: Session,
    cells: CopiedCells | str,
    what: str,
    title: str,
    marked: Mapping[str, int],
) -> bool:
    """Put cells there, after a question and a line in the log if records with a mark are in it.

    Args:
        parent: over which it is asked.
        session: the open ledger.
        cells: what is copied: a table, or a text that is none.
        what: names it in the log, as ``Holding.what`` does.
        title: says the same to the user.
        marked: revision by id of the records with a mark that are in it.

    Return False if the user does not want it.
    """
    if not may_copy(parent, session, len(marked)):
        return False
    if isinstance(cells, str):
        put_text(cells)
    else:
        put_cells(cells)
    if marked:
        _note(parent, session, what, title, marked)
    return True


def _note(
    parent: QWidget, session: Session, what: str, title: str, marked: Mapping[str, int]
) -> None:
    """Write into the log that something of these records was copied, and tell so."""
    from sanyou_desktop.desktop.sharing.noted import noted
    from sanyou_desktop.ledger.exports import Outgoing

    told = _("{kind}：已复制到剪贴板，其中有密级的 {count} 条，请按保密规定处理。")
    outgoing = Outgoing("copy", _("剪贴板"), {"what": what})
    outgoing.result = told.format(kind=title, count=f"{len(marked):,}")
    outgoing.confidential = len(marked)
    for record_id, revision in marked.items():
        outgoing.add(record_id, revision)
    session.jobs.run(
        lambda _progress: noted(session.path, outgoing), session.operations.told.emit, owner=parent
    )
