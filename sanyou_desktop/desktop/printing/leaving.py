"""Pages leave by a printer or as a PDF file, and the log of the ledger says so (导出登记)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPdfWriter
from PySide6.QtPrintSupport import QPrinter

from sanyou_desktop.desktop.jobs import Cancelled
from sanyou_desktop.desktop.printing.printable import Printable, Turned, draw, untold
from sanyou_desktop.desktop.sharing.noted import unnoted
from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.safe_write import replacing
from sanyou_desktop.wording import _

_DPI = 300


def print_logged(source: Path, printable: Printable, printer: QPrinter, turned: Turned) -> str:
    """Print every page, note it in the log of the ledger ``source``, return what is told of it.

    Raises:
        Cancelled: by ``turned``; what went out until then is noted too.
        CannotWrite: the printer does not work; what went out is noted, where it did.
    """
    sent = 0

    def counted(done: int, total: int) -> None:
        nonlocal sent
        sent = done
        turned(done, total)

    def noted(words: str) -> str:
        result = words.format(title=printable.title, count=sent)
        return _noted(source, printable, _target(printer), result)

    try:
        draw(printable, printer, counted)
    except Cancelled as stopped:
        printer.abort()
        words = _("{title}：印到第 {count} 页时停止，已经送出的页可能仍会印出。")
        if sent and (reason := noted(words)):
            told = _("已停止打印。已经送出的页可能仍会印出。")
            raise CannotWrite(told + reason) from stopped
        raise
    if printer.printerState() is QPrinter.PrinterState.Error:
        reason = noted(_("{title}：打印机报告出错，{count} 页可能没有印完。"))
        told = _("打印机报告出错，可能没有印完。请检查打印机后重新打印。")
        raise CannotWrite(told + reason)
    return _("已送往打印机。") + noted(_("{title}：共 {count} 页，已送往打印机。"))


def write_pdf_logged(source: Path, printable: Printable, path: Path, turned: Turned) -> str:
    """Write the pages as ``write_pdf`` does, note it in the log, return what is told of it.

    Raises:
        CannotWrite, FileBusy: what was at ``path`` is as it was, and nothing was noted.
    """
    write_pdf(printable, path, turned)
    result = _("{title}：已存为 PDF。").format(title=printable.title)
    reason = _noted(source, printable, str(path.resolve()), result)
    return _("已存为 {path}。").format(path=path) + reason


def write_pdf(printable: Printable, path: Path, turned: Turned = untold) -> None:
    """Write the pages into a PDF file, which appears whole or not at all.

    ``turned`` is told pages done and in all, and may raise to stop.

    Raises:
        CannotWrite, FileBusy: what was at ``path`` is as it was.
    """
    with replacing(path) as temporary:
        # Else a folder that takes no file would be told of as a printer that does not answer.
        temporary.touch()
        writer = QPdfWriter(str(temporary))
        writer.setResolution(_DPI)
        writer.setPageLayout(printable.layout)
        writer.setTitle(printable.title)
        writer.setCreator(QCoreApplication.applicationName())
        draw(printable, writer, turned)


def _target(printer: QPrinter) -> str:
    """Return where its pages go: the printer by its name, or the file that stands for one."""
    if printer.outputFileName():
        return str(Path(printer.outputFileName()).resolve())
    return printer.printerName() or _("默认打印机")


def _noted(source: Path, printable: Printable, target: str, result: str) -> str:
    """Note in the log what went out; return what to add to what is told, "" where it is noted."""
    return unnoted(source, printable.holds.outgoing(printable.title, target, result))
