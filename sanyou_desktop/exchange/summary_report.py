"""总结材料 from a ledger into a file: .docx or .pdf by its name, and what to tell the operator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.paper_faces import substitutes_in_words
from sanyou_desktop.exchange.safe_write import clear_leftovers
from sanyou_desktop.exchange.summary_pdf import faces_of, write_pdf
from sanyou_desktop.exchange.summary_source import summary_of
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.wording import _

Progress = Callable[[int, int], None]
SUFFIXES = (".docx", ".pdf")


@dataclass(frozen=True)
class Report:
    """A document that was written.

    Attributes:
        records: how many records speak in it.
        remarks: what the operator must know: fonts, what was left out, how it measures.
    """

    records: int
    remarks: tuple[str, ...]

    def __str__(self) -> str:
        """Return it in lines for the user."""
        told = _("写入 {count} 件记录。").format(count=self.records)
        return "\n".join((told, *self.remarks))


def write_report(
    ledger: Ledger,
    path: Path,
    first: str = "",
    last: str = "",
    *,
    template: Path | None = None,
    progress: Progress | None = None,
    apart: bool = False,
) -> Report:
    """Write the document of a period (EDTF, "" open); ``progress`` may raise to cancel.

    With ``apart`` what would hold up a window is done in a process of its own.

    Raises:
        ExchangeError: the file or the template will not do; nothing was written.
    """
    suffix = _checked(path, template)
    told_of = _Told(progress)
    summary = summary_of(ledger, first, last, progress=told_of)
    look = told_of.again if apart else None
    if suffix == ".docx":
        from sanyou_desktop.exchange.summary_document import write_docx

        told = write_docx(summary, path, template=template, progress=told_of)
        told += substitutes_in_words(faces_of(summary, look=look).by_name.values())
    else:
        from sanyou_desktop.exchange.layout_check import check_layout

        told = write_pdf(summary, path, look=look).remarks()
        told.append(str(check_layout(path)))
    return Report(summary.records, (*summary.remarks, *told))


class _Told:
    """Passes progress on, and can tell it once more, by which the user may stop what cannot."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._last = (0, 1)

    def __call__(self, done: int, total: int) -> None:
        self._last = (done, total)
        self.again()

    def again(self) -> None:
        if self._progress is not None:
            self._progress(*self._last)


def _checked(path: Path, template: Path | None) -> str:
    """Return the ending of the file, after looking at what can be refused at once."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise CannotWrite(
            _("{name} 不是 .docx 或 .pdf 文件名，没有写入。请让文件名以其中之一结尾。").format(
                name=path.name
            )
        )
    if template is not None and suffix != ".docx":
        raise CannotWrite(_("模板只用于 .docx，没有写入。请去掉模板，或把文件名改为 .docx 结尾。"))
    if template is not None and path.exists() and template.exists() and path.samefile(template):
        raise CannotWrite(_("输出文件就是模板本身，没有写入。请另取一个文件名。"))
    check_not_open(path)
    clear_leftovers(path)
    return suffix
