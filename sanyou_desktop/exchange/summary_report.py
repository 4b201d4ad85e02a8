"""总结材料 from a ledger into a file: .docx or .pdf by its name, and what to tell the operator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.paper_faces import installed_faces, substitutes_in_words
from sanyou_desktop.exchange.safe_write import clear_leftovers
from sanyou_desktop.exchange.summary_pdf import pdf_of, write_pdf
from sanyou_desktop.exchange.summary_result import Looked, Report
from sanyou_desktop.exchange.summary_source import summary_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.wording import to_user

Progress = Callable[[int, int], None]
SUFFIXES = (".docx", ".pdf")


def write_report(
    ledger: Ledger,
    path: Path,
    first: str = "",
    last: str = "",
    *,
    template: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Write the document of a period (EDTF, "" open); ``progress`` may raise to cancel.

    Raises:
        ExchangeError: the file or the template will not do; nothing was written.
    """
    suffix = _checked(path, template)
    summary = summary_of(ledger, first, last, progress=progress)
    if suffix == ".docx":
        from sanyou_desktop.exchange.summary_document import write_docx

        # Looked for before: once the file is there, only the log is left to be written.
        substitutes = substitutes_in_words(installed_faces().values())
        told = write_docx(summary, path, template=template, progress=progress) + substitutes
    else:
        told = write_pdf(summary, path, progress).remarks()
    return Report(summary.records, (*map(str, summary.remarks), *told), summary.sources)


def look_at(
    ledger: Ledger, first: str = "", last: str = "", *, progress: Progress | None = None
) -> Looked:
    """Return the document of a period as it would be written; ``progress`` may raise to cancel."""
    summary = summary_of(ledger, first, last, progress=progress)
    pdf, faces = pdf_of(summary)
    return Looked(pdf, (*map(str, summary.remarks), *faces.remarks()))


def _checked(path: Path, template: Path | None) -> str:
    """Return the ending of the file, after looking at what can be refused at once."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise CannotWrite(
            to_user(
                "{name} 不是 .docx 或 .pdf 文件名，没有写入。请让文件名以其中之一结尾。"
            ).format(name=path.name or path)
        )
    if template is not None and suffix != ".docx":
        raise CannotWrite(
            to_user("模板只用于 .docx，没有写入。请去掉模板，或把文件名改为 .docx 结尾。")
        )
    if template is not None and path.exists() and template.exists() and path.samefile(template):
        raise CannotWrite(to_user("输出文件就是模板本身，没有写入。请另取一个文件名。"))
    check_not_open(path)
    clear_leftovers(path)
    return suffix
