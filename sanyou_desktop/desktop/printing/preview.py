"""What will be printed, looked at before it goes to the printer or into a PDF."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.pages.long_work import LongWork
from sanyou_desktop.desktop.printing.leaving import print_logged, write_pdf_logged
from sanyou_desktop.desktop.printing.printable import Printable
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, icon_button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4
from sanyou_desktop.exchange.file_names import file_name
from sanyou_desktop.wording import _

_WIDTH, _HEIGHT = 860, 900


class PreviewDialog(QDialog):
    """Shows the pages of a ``Printable``; 打印 and 存为 PDF go on from there, on another thread."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        printable: Printable,
        parts: Sequence[Printable] = (),
    ) -> None:
        """Draw the first pages.

        ``parts`` are the same pages in bundles that are looked at one after another, for what is
        too long to be drawn at once while somebody waits.
        """
        super().__init__(parent)
        self._session, self._printable = session, printable
        self._parts = parts or (printable,)
        self._at = 0
        self.setWindowTitle(_("打印预览：{title}").format(title=printable.title))
        self.printer, self._looked_at_on = self._new_printer(), self._new_printer()
        self.view = QPrintPreviewWidget(self._looked_at_on)
        self.view.paintRequested.connect(lambda printer: self._parts[self._at].draw(printer))
        self.work = LongWork(session)
        self.told = text_label("", "caption", wrap=True)
        self.earlier = icon_button("chevron-left", _("前面的页"), lambda: self._turn(-1))
        self.later = icon_button("chevron-right", _("后面的页"), lambda: self._turn(1))
        self.place = text_label("", "muted")
        self.pdf = button(_("存为 PDF…"), self.save_pdf, icon_name="download")
        self.print = button(_("打印…"), self.ask_printer, role="primary", icon_name="printer")
        self.work.hold(self.pdf, self.print)
        self.work.ended.connect(self._let_go_of_printer)
        self._lay_out()
        self._turn(0)
        self.resize(_WIDTH, _HEIGHT)
        self.print.setFocus()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        for turning in (self.earlier, self.place, self.later):
            turning.setVisible(len(self._parts) > 1)
            foot.addWidget(turning)
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

    def _turn(self, by: int) -> None:
        """Look at other pages of what is too long to be drawn at once."""
        if self.work.is_busy:
            # The printer is being drawn on.
            return
        self._at += by
        words = _("第 {number} 部分，共 {count} 部分")
        self.place.setText(words.format(number=self._at + 1, count=len(self._parts)))
        self.earlier.setEnabled(self._at > 0)
        self.later.setEnabled(self._at + 1 < len(self._parts))
        if by:
            self.view.updatePreview()

    def _new_printer(self) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setPageLayout(self._printable.layout)
        made.setDocName(self._printable.title)
        return made

    def _let_go_of_printer(self) -> None:
        """Take another printer after one that failed: Qt lets nothing be chosen on that one."""
        if self.printer.printerState() is not QPrinter.PrinterState.Idle:
            self.printer = self._new_printer()

    def ask_printer(self) -> None:
        """Let the system's dialog choose the printer, and print."""
        dialog = QPrintDialog(self.printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.send_to_printer()

    def send_to_printer(self) -> None:
        """Print all pages as the printer is set up."""
        source, printable, printer = self._session.path, self._printable, self.printer
        self.work.run(
            _("正在打印"),
            lambda progress: print_logged(source, printable, printer, progress),
            self._tell,
            cancelled=_("已停止打印。已经送出的页可能仍会印出。"),
        )

    def save_pdf(self) -> None:
        """Ask for a name and write the pages there."""
        suggested = file_name(self._printable.title, ".pdf", _("打印"))
        path = self._session.ask.save_file(self, _("存为 PDF"), suggested, _("PDF 文件 (*.pdf)"))
        if path is None:
            return
        self.told.setText("")
        source, printable = self._session.path, self._printable
        self.work.run(
            _("正在存为 PDF"),
            lambda progress: write_pdf_logged(source, printable, path, progress),
            self._tell,
            cancelled=_("已取消，没有写文件。"),
        )

    def _tell(self, text: str) -> None:
        self.work.banner.hide()
        self.told.setText(text)

    def reject(self) -> None:
        """Stop what is being written, else close."""
        if self.work.is_busy:
            self.work.stop()
        else:
            super().reject()


def offer_print(
    parent: QWidget, session: Session, printable: Printable, parts: Sequence[Printable] = ()
) -> PreviewDialog:
    """Open the preview over ``parent``; it goes away by itself."""
    dialog = PreviewDialog(parent, session, printable, parts)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
