"""The coverage matrix: themes by kind, pledges unchecked, rules uncited; a click to each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.theme.current import current, tone_colours
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.desktop.theme.tokens import ROW_HEIGHT, ROW_HEIGHT_COMPACT, SPACE_2, SPACE_4
from sanyou_desktop.desktop.widgets.copy_table import CopyTable
from sanyou_desktop.ledger.coverage import Coverage, Uncovered
from sanyou_desktop.model.kinds import REPORTED, kind_of
from sanyou_desktop.model.record import THEMES
from sanyou_desktop.wording import _

_ID = Qt.ItemDataRole.UserRole
# The list says how many more there are; nobody reads on here.
_MOST = 200
# So many at first, so that both lists are seen; all of them a click away.
_FEW = 8


class ThemeMatrix(CopyTable):
    """Counts of themes by kind; emits ``cell_wanted`` with theme and kind, by click or Enter."""

    cell_wanted = Signal(str, str)

    def __init__(self) -> None:
        """Start with the themes and no counts."""
        super().__init__()
        self.setAccessibleName(_("活动内容与各类记录"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.cellClicked.connect(self._want)
        self._coverage: Coverage | None = None
        current.changed.connect(self._colour)

    def show_coverage(self, coverage: Coverage) -> None:
        """Show the counts; where there is none, the word says so as well as the colour."""
        self._coverage = coverage
        header = [_("活动内容"), *(_(kind_of(kind).title) for kind in REPORTED)]
        rows = []
        for theme in THEMES:
            counts = coverage.themes[theme.value]
            cells = [f"{counts[kind]:,}" if counts[kind] else _("缺") for kind in REPORTED]
            rows.append([_(theme.title), *cells])
        self.show_rows(header, rows)
        self._colour()
        for row in range(self.rowCount()):
            self.setRowHeight(row, ROW_HEIGHT)
        self.show_all_rows()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the records of the cell by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._want(self.currentRow(), self.currentColumn())
        else:
            super().keyPressEvent(event)

    def _want(self, row: int, column: int) -> None:
        if row >= 0 and column > 0:
            self.cell_wanted.emit(THEMES[row].value, REPORTED[column - 1])

    def _colour(self) -> None:
        if self._coverage is None:
            return
        text, tint = tone_colours("warn")
        for row, theme in enumerate(THEMES):
            for place, kind in enumerate(REPORTED, start=1):
                item = self.item(row, place)
                if (
                    isinstance(item, QTableWidgetItem)
                    and not self._coverage.themes[theme.value][kind]
                ):
                    item.setForeground(QColor(text))
                    item.setBackground(QColor(tint))


class MissingList(Card):
    """Records that something is missing for; emits ``opened`` with an id, by click or Enter."""

    opened = Signal(str)

    def __init__(self, title: str, told: str, nothing: str) -> None:
        """Say under the title what is meant; ``nothing`` is said where nothing is missing."""
        super().__init__(title, wide=True)
        self._title = title
        self._nothing = nothing
        self.column.addWidget(text_label(told, "caption", wrap=True))
        self.state = text_label("", wrap=True)
        self.column.addWidget(self.state)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        # The panel scrolls, not the list in it.
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self.list)
        self.rest = button("", self._show_rest, role="link")
        self.column.addWidget(self.rest, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def show_missing(self, missing: Sequence[Uncovered], whole: int) -> None:
        """List the records."""
        self.list.clear()
        for one in missing[:_MOST]:
            item = QListWidgetItem("  ".join(part for part in (one.number, one.title) if part))
            item.setData(_ID, one.id)
            item.setToolTip(one.title)
            item.setSizeHint(QSize(0, ROW_HEIGHT_COMPACT))
            self.list.addItem(item)
        self.list.setVisible(bool(missing))
        self._show_rows(_FEW)
        if not whole:
            self.state.setText(_("没有这样的记录。"))
        elif missing:
            words = _("{missing} 件，共 {whole} 件")
            self.state.setText(words.format(missing=len(missing), whole=whole))
        else:
            self.state.setText(self._nothing.format(whole=whole))

    def _show_rows(self, most: int) -> None:
        rows = min(self.list.count(), most)
        self.list.setFixedHeight(rows * ROW_HEIGHT_COMPACT + 2 * self.list.frameWidth() + SPACE_2)
        for row in range(self.list.count()):
            self.list.setRowHidden(row, row >= rows)
        self.rest.setText(_("全部列出（{count} 件）").format(count=self.list.count()))
        self.rest.setVisible(rows < self.list.count())

    def _show_rest(self) -> None:
        first = min(_FEW, self.list.count() - 1)
        self._show_rows(_MOST)
        self.list.setCurrentRow(first)
        self.list.setFocus()

    def _open(self, item: QListWidgetItem) -> None:
        """A click also activates where the system opens by one click: open once."""
        if item.data(_ID):
            self.opened.emit(str(item.data(_ID)))


class CoveragePanel(QScrollArea):
    """Signals: ``opened`` with an id; ``cell_wanted`` with theme and kind."""

    opened = Signal(str, str)
    cell_wanted = Signal(str, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, SPACE_2, 0, 0)
        column.setSpacing(SPACE_4)
        themes = Card(_("活动内容"), wide=True)
        told = _("本期各类记录的条数；没有记录的格子标「缺」，点开即到该类列表。日期不详的不计。")
        themes.column.addWidget(text_label(told, "caption", wrap=True))
        self.matrix = ThemeMatrix()
        self.matrix.cell_wanted.connect(self.cell_wanted)
        themes.column.addWidget(self.matrix)
        self.bare = text_label("", wrap=True)
        themes.column.addWidget(self.bare)
        column.addWidget(themes)
        self.unchecked = MissingList(
            _("没有检查过的承诺"),
            _(
                "已公示的承诺中，本期没有一次检查涉及的。检查涉及承诺，是指：检查发现的问题注明违反该承诺，"
                "或检查项目与承诺标题、条款文字相同，或检查方案与承诺同名。"
            ),
            _("{whole} 件承诺都有检查涉及。"),
        )
        self.uncited = MissingList(
            _("没有被引用的制度"),
            _(
                "现行制度中，没有任何问题注明违反它，也没有其他记录以《名称》或发文字号提到它的（不限期间）。"
            ),
            _("{whole} 件制度都有引用。"),
        )
        row = QHBoxLayout()
        row.setSpacing(SPACE_4)
        for kind, card in (("pledge", self.unchecked), ("rule", self.uncited)):
            card.opened.connect(lambda found, kind=kind: self.opened.emit(kind, found))
            row.addWidget(card, 1)
        column.addLayout(row)
        column.addStretch(1)
        self.setWidget(inside)

    def show_coverage(self, coverage: Coverage) -> None:
        """Show other findings."""
        self.matrix.show_coverage(coverage)
        titles = {theme.value: _(theme.title) for theme in THEMES}
        bare = _("、").join(titles[theme] for theme in coverage.bare_themes)
        words = _("本期没有任何记录的活动内容：{themes}").format(themes=bare)
        self.bare.setText(words if bare else _("四项活动内容本期都有记录。"))
        self.unchecked.show_missing(coverage.unchecked, coverage.pledges)
        self.uncited.show_missing(coverage.uncited, coverage.rules)
