"""Every record of one line of the log of exports, beside what went there the time before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.dialogs.deed_dialog import show
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.ledger.exports import Logged, SinceLast
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.fields import Instant
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import N_, _

_WIDTH, _HEIGHT = 760, 560
# More are counted; a workbook of so many is looked at in the workbook.
_MOST = 2000
_MEASURED = 60
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NEW, _CHANGED, _GONE, _SAME = N_("新增"), N_("有改动"), N_("不再包含"), N_("相同")


@dataclass(frozen=True)
class ExportRows:
    """What one line holds: cells of the first records, and how many more there are."""

    cells: Sequence[tuple[str, str, str, str]]
    more: int


class ExportRowsDialog(QDialog):
    """Shows them; nothing of it can be copied, because it would be another way out."""

    def __init__(self, parent: QWidget, line: Logged, rows: ExportRows) -> None:
        """Show the records of a line."""
        super().__init__(parent)
        name = Path(line.target).name
        self.setWindowTitle(_("导出的记录：{name}").format(name=name))
        when = Instant("").show(line.at)
        told = _("{when}　{target}").format(when=when, target=line.target)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(_("导出的记录"))
        self.list.setHeaderLabels([_("记录"), _("种类"), _("当时版本"), _("与上次相比")])
        self.list.headerItem().setTextAlignment(2, _RIGHT)
        self.list.addTopLevelItems([_item(cells) for cells in rows.cells])
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setResizeContentsPrecision(_MEASURED)
        head.setSectionResizeMode(0, head.ResizeMode.Stretch)
        for column in (1, 2, 3):
            head.setSectionResizeMode(column, head.ResizeMode.ResizeToContents)
        more = _("另有 {count} 条没有列出。").format(count=f"{rows.more:,}") if rows.more else ""
        self.more = text_label(more, "caption")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        whole.setSpacing(SPACE_3)
        whole.addWidget(text_label(told, "muted", wrap=True))
        whole.addWidget(text_label(line.result, wrap=True))
        whole.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        close = button(_("关闭"), self.accept, role="primary")
        close.setDefault(True)
        for made in (self.more, spacer(), close):
            foot.addWidget(made)
        whole.addLayout(foot)
        self.resize(_WIDTH, _HEIGHT)
        self.list.setFocus()


def open_rows(parent: QWidget, session: Session, line: Logged) -> None:
    """Read which records went out in a line, and show them."""
    # On a lane of its own: a report may have held a million.
    session.jobs.run(
        lambda _progress: rows_of(session.path, line.seq),
        lambda rows: show(ExportRowsDialog(parent, line, rows)),
        owner=parent,
    )


def rows_of(source: Path, seq: int) -> ExportRows:
    """Return the records of a line, what differs from the time before first."""
    with Ledger.open(source, read_only=True) as ledger, ledger.as_of_now():
        held, since = ledger.exports.held(seq), ledger.exports.since_last(seq)
        states = _states(held, since)
        shown = list(states)[:_MOST]
        titles = ledger.titles(shown)
    cells = []
    for one in shown:
        kind, number, title = titles.get(one, ("", "", one))
        name = " ".join(filter(None, (number, title)))
        revision = str(held.get(one, ""))
        cells.append((name, _(kind_of(kind).title) if kind else "", revision, _(states[one])))
    return ExportRows(cells, len(states) - len(shown))


def _states(held: dict[str, int], since: SinceLast) -> dict[str, str]:
    """Return how each record stands to the time before, "" where there was none."""
    if since.before is None:
        return dict.fromkeys(held, "")
    told = dict.fromkeys(since.new, _NEW) | dict.fromkeys(since.changed, _CHANGED)
    told |= dict.fromkeys(since.gone, _GONE)
    return told | {one: _SAME for one in held if one not in told}


def _item(cells: tuple[str, str, str, str]) -> QTreeWidgetItem:
    item = QTreeWidgetItem(list(cells))
    item.setTextAlignment(2, _RIGHT)
    item.setToolTip(0, cells[0])
    return item
