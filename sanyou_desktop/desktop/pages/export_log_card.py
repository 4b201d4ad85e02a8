"""导出登记: what left the ledger, prints too, and how each differs from the last one there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTreeWidget, QTreeWidgetItem

from sanyou_desktop.desktop.pages.card import Card
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, text_label
from sanyou_desktop.ledger.exports import WAYS, Logged, SinceLast
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.fields import Instant
from sanyou_desktop.wording import _

_SHOWN = 100
_NAMED = 5
_ROWS_HIGH = 6
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class _Difference:
    """What differs, with the numbers and titles of the first few records."""

    since: SinceLast
    titles: dict[str, str]


class ExportLogCard(Card):
    """A list, newest first; under it what the chosen line holds that the one before did not."""

    def __init__(self, session: Session) -> None:
        """Start empty; ``refresh`` fills it."""
        super().__init__(_("导出登记"))
        self._session = session
        self._lines: list[Logged] = []
        self.nothing = text_label(
            _("还没有导出或打印过。每次的时间、去向和记录都会自动记在这里，不能修改。"),
            "muted",
            wrap=True,
        )
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(_("导出登记"))
        self.list.setHeaderLabels([_("时间"), _("方式"), _("去向"), _("记录"), _("有密级")])
        for column in (3, 4):
            self.list.headerItem().setTextAlignment(column, _RIGHT)
        self.list.currentItemChanged.connect(self._compare)
        self.difference = text_label("", "caption", wrap=True)
        self.difference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.rows = button(_("查看全部记录…"), self.open_rows, role="link")
        self.list.itemActivated.connect(lambda *_item: self.open_rows())
        foot = QHBoxLayout()
        foot.addWidget(self.difference, 1)
        foot.addWidget(self.rows, 0, Qt.AlignmentFlag.AlignTop)
        for part in (self.nothing, self.list):
            self.column.addWidget(part)
        self.column.addLayout(foot)
        self._show([])

    def refresh(self, *_given: object) -> None:
        """Look again; what a signal says is not needed for that."""
        self._session.jobs.read(lambda ledger: ledger.exports.lines(_SHOWN), self._show, owner=self)

    def _show(self, lines: list[Logged]) -> None:
        self._lines = lines
        ways = {option.value: _(option.title) for option in WAYS}
        self.list.clear()
        for line in lines:
            at = Instant(_("时间")).show(line.at)
            name = Path(line.target).name
            cells = [at, ways.get(line.way, line.way), name, f"{line.records:,}"]
            item = QTreeWidgetItem([*cells, f"{line.confidential:,}" if line.confidential else ""])
            for column in (3, 4):
                item.setTextAlignment(column, _RIGHT)
            item.setToolTip(2, line.target)
            self.list.addTopLevelItem(item)
        for column in (0, 1, 3, 4):
            self.list.resizeColumnToContents(column)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(2, self.list.header().ResizeMode.Stretch)
        rows = min(len(lines), _ROWS_HIGH)
        high = self.list.sizeHintForRow(0) if lines else 0
        head = self.list.header().sizeHint().height()
        self.list.setFixedHeight(head + rows * high + 2 * self.list.frameWidth() + 2)
        self.list.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.difference.setVisible(bool(lines))
        self.rows.setVisible(bool(lines))
        newest = self.list.topLevelItem(0)
        if newest is not None:
            self.list.setCurrentItem(newest)

    def open_rows(self) -> None:
        """Show every record of the chosen line; Enter does it too."""
        from sanyou_desktop.desktop.pages.export_rows import open_rows

        chosen = self.list.currentItem()
        if chosen is not None:
            open_rows(self, self._session, self._lines[self.list.indexOfTopLevelItem(chosen)])

    def _compare(self, current: QTreeWidgetItem | None) -> None:
        self.difference.setText("")
        if current is None:
            return
        line = self._lines[self.list.indexOfTopLevelItem(current)]

        def show(found: _Difference) -> None:
            # Another line may have been chosen meanwhile.
            chosen = self.list.currentItem()
            if chosen is not None and self._lines[self.list.indexOfTopLevelItem(chosen)] == line:
                self.difference.setText("\n".join([line.result, *_in_words(found)]))

        self._session.jobs.read(lambda ledger: _difference(ledger, line.seq), show, owner=self)


def _difference(ledger: Ledger, seq: int) -> _Difference:
    since = ledger.exports.since_last(seq)
    ids = [one for part in (since.new, since.changed, since.gone) for one in part[:_NAMED]]
    titles = {key: f"{title[1]} {title[2]}" for key, title in ledger.titles(ids).items()}
    return _Difference(since, titles)


def _in_words(found: _Difference) -> Iterable[str]:
    """Yield a line each for what is new, changed, and in it no more."""
    since = found.since
    if since.before is None:
        yield _("第一次导出或打印到这里，没有可比的上一次。")
        return
    when = Instant(_("时间")).show(since.before.at)
    if not (since.new or since.changed or since.gone):
        same = _("与上次（{when}）相比没有变化，{count} 条相同。")
        yield same.format(when=when, count=since.same)
        return
    yield _("与上次（{when}）相比，{count} 条相同；").format(when=when, count=since.same)
    for label, ids in (
        (_("新增"), since.new),
        (_("有改动"), since.changed),
        (_("不再包含"), since.gone),
    ):
        if ids:
            named = "、".join(found.titles.get(one, one) for one in ids[:_NAMED])
            more = _(" 等") if len(ids) > _NAMED else ""
            yield _("{label} {count} 条：{named}{more}").format(
                label=label, count=len(ids), named=named, more=more
            )
