"""A form for one record (整改通知单), filled once for each: a folder with a workbook a record."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.file_names import file_name
from sanyou_desktop.exchange.own_form.filling import Filled
from sanyou_desktop.exchange.own_form.filling_cells import filled_card
from sanyou_desktop.exchange.own_form.from_ledger import (
    Progress,
    SheetToFill,
    Wanted,
    answers_of,
    left_out,
    left_out_words,
    records_of,
)
from sanyou_desktop.exchange.own_form.looking import Form
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.os_reasons import reason_of
from sanyou_desktop.ledger.replacing import sync, sync_folder
from sanyou_desktop.wording import _, in_source_language, to_user

_LONGEST_TITLE = 30
_NAMED = 5


@dataclass(frozen=True)
class CardsWritten:
    """A folder of filled cards; its text is for the user.

    Attributes:
        folder: where they are.
        count: how many there are.
        refused: what the lists of the form do not offer, with the file.
        confidential, undated, outgoing, unlogged: as of ``from_ledger.Written``.
    """

    folder: Path
    count: int
    refused: tuple[str, ...]
    confidential: int
    undated: int
    outgoing: Outgoing
    unlogged: str = ""

    def __str__(self) -> str:
        """Return some sentences."""
        told = _("每条记录一份，共 {count} 份。").format(count=self.count)
        if self.refused:
            told += _("有 {count} 格的内容不在该格规定的选项中，请核对：{cells}。").format(
                count=len(self.refused), cells=_("；").join(self.refused[:_NAMED])
            )
        return told + left_out_words(self.undated, self.confidential, self.unlogged)


def fill_cards(
    ledger: Ledger,
    form: Form,
    sheets: Sequence[SheetToFill],
    folder: Path,
    wanted: Wanted,
    *,
    progress: Progress,
) -> CardsWritten:
    """Make ``folder`` with a copy of the form for each record; nothing is made if any fails.

    All of ``sheets`` are cards of one kind, and every copy holds the same record in each.
    ``progress`` is told records done and in all, and may raise to cancel.

    Raises:
        ExchangeError: the folder is there already, or cannot be made, with the reason.
    """
    kind = sheets[0].layout.kind
    outgoing = Outgoing("form", str(folder.resolve()), {"first": wanted.first, "last": wanted.last})
    refused: list[str] = []
    with _new_folder(folder) as temporary, in_source_language():
        answers = answers_of(ledger, kind, wanted)
        records = list(records_of(ledger, kind, wanted))
        for number, record in enumerate(records):
            progress(number, len(records))
            words = f"{form.path.stem} {record.number} {record.title[:_LONGEST_TITLE]}"
            out = temporary / file_name(words, form.path.suffix, record.number or record.id)
            if out.exists():
                out = out.with_stem(f"{out.stem} {number + 1}")
            content = form.data
            for sheet in sheets:
                done: Filled = filled_card(content, form.path.name, sheet.layout, record, answers)
                content = done.content
                refused += [f"{out.name} {told}" for told in done.refused]
            out.write_bytes(content)
            sync(out)
            outgoing.add(record.id, record.revision)
        progress(len(records), len(records))
    counts = left_out(ledger, sheets, wanted)
    written = CardsWritten(folder, len(records), tuple(refused), *counts, outgoing)
    outgoing.result = str(written)
    return written


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """Yield a temporary folder that takes the name ``folder`` in the end, or is gone."""
    if os.path.lexists(folder):
        raise CannotWrite(
            to_user("{path} 已经有了，没有写入，原有文件未变。请另选位置，或先把它改名。").format(
                path=folder
            )
        )
    temporary = folder.with_name(f".{uuid4().hex[:8]}.tmp")
    try:
        temporary.mkdir()
        yield temporary
        os.replace(temporary, folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise CannotWrite(
            to_user("写不进 {path}（{reason}），没有写入。请检查磁盘空间和文件夹权限。").format(
                path=folder, reason=reason_of(error)
            )
        ) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
