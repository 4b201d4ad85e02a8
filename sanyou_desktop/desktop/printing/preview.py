"""What will be printed, looked at before it goes to the printer or into a PDF."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from sanyou_desktop.desktop.printing.printable import Printable
from sanyou_desktop.desktop.session import Session
from sanyou_desktop.desktop.theme.parts import button, spacer, text_label
from sanyou_desktop.desktop.theme.tokens import SPACE_2, SPACE_3, SPACE_4
from sanyou_desktop.exchange.errors import ExchangeError
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.wording import _

_WIDTH, _HEIGHT = 860, 900
_DPI = 300
_LONGEST_NAME = 80


class PreviewDialog(QDialog):
    """Shows the pages of a ``Printable``; 打印 and 存为 PDF go on from there."""

    def __init__(self, parent: QWidget, session: Session, printable: Printable) -> None:
        """Draw the first page."""
        super().__init__(parent)
        self._session, self._printable = session, printable
        self.setWindowTitle(_("打印预览：{title}").format(title=printable.title))
        self.printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self.printer.setPageLayout(printable.layout)
        self.printer.setDocName(printable.title)
        self.view = QPrintPreviewWidget(self.printer)
        self.view.paintRequested.connect(printable.draw)
        self.told = text_label("", "caption", wrap=True)
        self.pdf = button(_("存为 PDF…"), self.save_pdf, icon_name="download")
        self.print = button(_("打印…"), self.ask_printer, role="primary", icon_name="printer")
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_2)
        foot.addWidget(self.told, 1)
        foot.addWidget(spacer())
        for made in (button(_("关闭"), self.reject), self.pdf, self.print):
            foot.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        column.setSpacing(SPACE_3)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.resize(_WIDTH, _HEIGHT)
        self.print.setFocus()

    def ask_printer(self) -> None:
        """Let the system's dialog choose the printer, and print."""
        dialog = QPrintDialog(self.printer, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._printable.draw(self.printer)
            self.told.setText(_("已送往打印机。"))

    def save_pdf(self) -> None:
        """Ask for a name and write the pages there."""
        suggested = file_name(self._printable.title)
        path = self._session.ask.save_file(self, _("存为 PDF"), suggested, _("PDF 文件 (*.pdf)"))
        if path is None:
            return
        try:
            write_pdf(self._printable, path)
        except ExchangeError as error:
            self.told.setText(str(error))
            return
        self.told.setText(_("已存为 {path}").format(path=path))


def offer_print(parent: QWidget, session: Session, printable: Printable) -> PreviewDialog:
    """Open the preview over ``parent``; it goes away by itself."""
    dialog = PreviewDialog(parent, session, printable)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def write_pdf(printable: Printable, path: Path) -> None:
    """Write the pages into a PDF file, which appears whole or not at all.

    Raises:
        CannotWrite, FileBusy: what was at ``path`` is as it was.
    """
    with replacing(path) as temporary:
        writer = QPdfWriter(str(temporary))
        writer.setResolution(_DPI)
        writer.setPageLayout(printable.layout)
        writer.setTitle(printable.title)
        writer.setCreator(QCoreApplication.applicationName())
        printable.draw(writer)


def file_name(title: str) -> str:
    """Return a name for a file with that title, without what Windows forbids in names."""
    safe = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", title).strip(" .")[:_LONGEST_NAME]
    return f"{safe or _('打印')}.pdf"
