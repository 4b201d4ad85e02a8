"""What will be printed, looked at before it goes to the printer or into a PDF."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.jobs import Progress
from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.printing.leaving import print_logged, write_pdf_logged
from sanyou_desktop.desktop.printing.page_feed import PageFeed
from sanyou_desktop.desktop.printing.printable import Printable, picture
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, icon_button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4
from sanyou_desktop.desktop.widgets.page_view import PageView
from sanyou_desktop.exchange.file_names import file_name
from sanyou_desktop.wording import _

_WIDTH, _HEIGHT = 860, 900
# Of a page on its side, whose text is small; the window may be made as wide.
_WIDTH_ACROSS, _WIDEST = 1180, 1600
_TURNING = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
LayOut = Callable[[Progress], Printable]


class PreviewDialog(QDialog):
    """Shows the pages of a ``Printable``; 打印 and 存为 PDF go on from there.

    Laying out, painting what comes into view and printing are done on other threads.
    """

    def __init__(self, parent: QWidget, session: Session, title: str) -> None:
        """Open without pages."""
        super().__init__(parent)
        self._session = session
        self._printable: Printable | None = None
        self._printer: QPrinter | None = None
        self.setWindowTitle(_("打印预览：{title}").format(title=title))
        self.view = PageView(widest=_WIDEST)
        self._feed = PageFeed(self.view, session.jobs)
        self.view.turned.connect(self._tell_place)
        self.work = LongWork(session)
        self.told = text_label("", "caption", wrap=True)
        self.earlier = icon_button("chevron-left", _("前一页"), lambda: self._turn(-1))
        self.later = icon_button("chevron-right", _("后一页"), lambda: self._turn(1))
        self.place = text_label("", "muted")
        self.whole = QCheckBox(_("整页显示"))
        self.whole.toggled.connect(self.view.show_whole)
        self.pdf = button(_("存为 PDF…"), self.save_pdf, icon_name="download")
        self.print = button(_("打印…"), self.ask_printer, role="primary", icon_name="printer")
        self.work.hold(self.pdf, self.print)
        self.work.ended.connect(self._ended)
        self._lay_out()
        self._ended()
        self._tell_place()
        self._grow_to(_WIDTH)

    def _grow_to(self, width: int) -> None:
        """Be so wide, as far as the screen allows."""
        self.resize(QSize(width, _HEIGHT).boundedTo(self.screen().availableSize()))

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for looking in (self.earlier, self.place, self.later, self.whole):
            foot.addWidget(looking)
        foot.addWidget(self.told, 1)
        foot.addWidget(spacer())
        for made in (button(_("关闭"), self.reject), self.pdf, self.print):
            foot.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self.view, 1)
        column.addWidget(self.work)
        column.addLayout(foot)

    def lay_out(self, work: LayOut) -> None:
        """Let ``work`` make the pages in the background, and show them."""
        self.work.run(_("正在排版"), work, self.show_pages, cancelled=_("已取消，没有打印。"))

    def show_pages(self, printable: Printable) -> None:
        """Show these pages."""
        self._printable = printable
        paper = printable.layout.fullRectPoints()
        if paper.width() > paper.height():
            self._grow_to(_WIDTH_ACROSS)
        self._feed.draw = lambda number, width: picture(printable, number, width)
        self.view.set_pages([(paper.width(), paper.height())] * printable.count)
        self._ended()
        self._tell_place()
        self.print.setFocus()

    @property
    def printable(self) -> Printable:
        """What is shown."""
        assert self._printable is not None
        return self._printable

    def _turn(self, by: int) -> None:
        self.view.go_to(self.view.page() + by)

    def _tell_place(self, _page: int = 0) -> None:
        count, at = self.view.count(), self.view.page()
        words = _("第 {page} 页，共 {pages} 页").format(page=at + 1, pages=count)
        self.place.setText(words if count else "")
        for turning in (self.earlier, self.later):
            turning.setVisible(count > 1)
        self.earlier.setEnabled(at > 0)
        self.later.setEnabled(at + 1 < count)

    @property
    def printer(self) -> QPrinter:
        """Where it will be printed; looked for only by those who print."""
        if self._printer is None:
            self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
            self._printer.setPageLayout(self.printable.layout)
            self._printer.setDocName(self.printable.title)
        return self._printer

    def _ended(self) -> None:
        """Take another printer after one that failed: Qt lets nothing be chosen on that one."""
        idle = QPrinter.PrinterState.Idle
        if self._printer is not None and self._printer.printerState() is not idle:
            self._printer = None
        for leaving in (self.pdf, self.print):
            leaving.setEnabled(self._printable is not None)

    def ask_printer(self) -> None:
        """Let the system's dialog choose the printer, and print."""
        dialog = QPrintDialog(self.printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.send_to_printer()

    def send_to_printer(self) -> None:
        """Print all pages as the printer is set up."""
        source, printable, printer = self._session.path, self.printable, self.printer
        self.work.run(
            _("正在打印"),
            lambda progress: print_logged(source, printable, printer, progress),
            self._tell,
            cancelled=_("已停止打印。已经送出的页可能仍会印出。"),
        )

    def save_pdf(self) -> None:
        """Ask for a name and write the pages there."""
        printable = self.printable
        suggested = file_name(printable.title, ".pdf", _("打印"))
        path = self._session.ask.save_file(self, _("存为 PDF"), suggested, _("PDF 文件 (*.pdf)"))
        if path is None:
            return
        self.told.setText("")
        source = self._session.path
        self.work.run(
            _("正在存为 PDF"),
            lambda progress: write_pdf_logged(source, printable, path, progress),
            self._tell,
            cancelled=_("已取消，没有写文件。"),
        )

    def _tell(self, text: str) -> None:
        self.work.banner.hide()
        self.told.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages by the usual keys, whichever button has them."""
        if event.key() in _TURNING:
            self.view.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Stop what is being written, else close."""
        if self._printable is None:
            self.work.drop()
        if self.work.is_busy:
            self.work.stop()
        else:
            super().reject()


def offer_print(parent: QWidget, session: Session, printable: Printable) -> PreviewDialog:
    """Open the preview of pages that are laid out over ``parent``; it goes away by itself."""
    dialog = _opened(parent, session, printable.title)
    dialog.show_pages(printable)
    return dialog


def offer_to_lay_out(parent: QWidget, session: Session, title: str, work: LayOut) -> PreviewDialog:
    """Open the preview, and let ``work`` lay out its pages meanwhile; closing it stops that."""
    dialog = _opened(parent, session, title)
    dialog.lay_out(work)
    return dialog


def _opened(parent: QWidget, session: Session, title: str) -> PreviewDialog:
    dialog = PreviewDialog(parent, session, title)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
