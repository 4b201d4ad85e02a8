"""What shall go on paper: this record, the list, or what is selected in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.printing.laid_out import LaidOut
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, shortened, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from sanyou_desktop.desktop.withheld import may_print
from sanyou_desktop.wording import _

_WIDTH = 520
_LONGEST = 60


@dataclass(frozen=True)
class Choices:
    """What else the user chose.

    Attributes:
        pictures: thumbnails of the attached photos as well.
        confidential: what has a mark of secrecy as well.
    """

    pictures: bool = False
    confidential: bool = False


@dataclass(frozen=True)
class Offer:
    """One thing that can be printed.

    Attributes:
        key: ``record``, ``list`` or ``chosen``.
        text: its words.
        lay_out: reads and lays it out, in the background.
        confidential: how many records of it have a mark of secrecy.
        only: there is nothing else in it, so that without them nothing is left.
        pictures: how many photos are attached.
    """

    key: str
    text: str
    lay_out: Callable[[Choices, Progress], LaidOut]
    confidential: int = 0
    only: bool = False
    pictures: int = 0


class PrintDialog(QDialog):
    """Offers what can be printed; on 预览 it is laid out in the background and handed on."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        offers: Sequence[Offer],
        first: str,
        done: Callable[[LaidOut], None],
        settle: Callable[[Callable[[], None]], None],
    ) -> None:
        """Suggest the offer with the key ``first``.

        Args:
            parent: over which it opens.
            session: the open ledger.
            offers: at least one.
            first: key of the one suggested.
            done: gets the pages.
            settle: calls back once what is typed in the form is saved or dropped.
        """
        super().__init__(parent)
        self._session, self._offers = session, offers
        self._done, self._settle = done, settle
        self.setWindowTitle(_("打印"))
        self.setMinimumWidth(_WIDTH)
        self.choices = QButtonGroup(self)
        self.pictures = QCheckBox()
        self.confidential = QCheckBox()
        self.why_not = text_label("", "error", wrap=True)
        self.work = LongWork(session)
        self.take = button(_("预览…"), self.go, role="primary", icon_name="printer")
        self.take.setDefault(True)
        self._lay_out()
        self.work.hold(self.take)
        self.choices.idToggled.connect(lambda *_args: self._show_choices())
        keys = [offer.key for offer in offers]
        suggested = self.choices.button(keys.index(first) if first in keys else 0)
        suggested.setChecked(True)
        suggested.setFocus()
        self._show_choices()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_6, SPACE_4, SPACE_6, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(text_label(_("打印什么"), "section"))
        for place, offer in enumerate(self._offers):
            made = QRadioButton(shortened(offer.text, _LONGEST))
            made.setToolTip(offer.text)
            self.choices.addButton(made, place)
            column.addWidget(made)
        for widget in (self.pictures, self.confidential, self.why_not, self.work):
            column.addWidget(widget)
        column.addStretch()
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(text_label(_("预览里可以选打印机，也可以存为 PDF"), "caption"))
        foot.addStretch()
        foot.addWidget(button(_("取消"), self.reject))
        foot.addWidget(self.take)
        column.addLayout(foot)

    @property
    def offer(self) -> Offer:
        """What is chosen."""
        return self._offers[self.choices.checkedId()]

    def _show_choices(self) -> None:
        offer = self.offer
        self.pictures.setVisible(bool(offer.pictures))
        self.pictures.setText(_("附上照片的缩略图（{count} 张）").format(count=offer.pictures))
        self.confidential.setVisible(bool(offer.confidential))
        # Chosen anew for each print and each offer.
        self.confidential.setChecked(False)
        told = _("有密级的 {count} 条也要打印").format(count=f"{offer.confidential:,}")
        self.confidential.setText(_("这条记录有密级，仍要打印") if offer.only else told)
        self.why_not.hide()

    def go(self) -> None:
        """Lay out what is chosen; what has a mark of secrecy is asked about once more."""
        if self.work.is_busy:
            return
        offer = self.offer
        chosen = Choices(self.pictures.isChecked(), self.confidential.isChecked())
        if offer.only and not chosen.confidential:
            self.why_not.setText(_("有密级的记录不会自动打印。确需打印的，请先勾选上面一项。"))
            self.why_not.show()
            self.confidential.setFocus()
            return
        marked = offer.confidential if chosen.confidential else 0
        if not may_print(self, self._session, marked):
            return
        if offer.key == "record":
            self._settle(lambda: self._prepare(offer, chosen))
        else:
            self._prepare(offer, chosen)

    def _prepare(self, offer: Offer, chosen: Choices) -> None:
        def show(made: LaidOut) -> None:
            self.accept()
            self._done(made)

        self.work.run(
            _("正在排版"),
            lambda progress: offer.lay_out(chosen, progress),
            show,
            cancelled=_("已取消，没有打印。"),
        )

    def reject(self) -> None:
        """Stop what is being laid out, else close."""
        if self.work.is_busy:
            self.work.stop()
        else:
            super().reject()
