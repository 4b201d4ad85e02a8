"""Filling a superior's form from a ledger, and remembering how forms of its headers are filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.own_form.filling import Answers, Filled, filled_form
from sanyou_desktop.exchange.own_form.layout import Layout
from sanyou_desktop.exchange.own_form.looking import Form, Look
from sanyou_desktop.exchange.report_period import ReportPeriod
from sanyou_desktop.exchange.report_references import ReferenceTitles
from sanyou_desktop.exchange.safe_write import clear_leftovers, replacing
from sanyou_desktop.exchange.tables.importing import keep_head, with_kept_head
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import IS_CONFIDENTIAL, NOT_CONFIDENTIAL, Filter, Query, undated
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _, in_source_language

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Wanted:
    """Which records fill a form: the period by EDTF bounds, and whether only the own unit's."""

    first: str = ""
    last: str = ""
    own_unit_only: bool = True

    def unit(self, own: str) -> str:
        """Return the unit whose records are wanted, "" for all; ``own`` is the ledger's."""
        return own if self.own_unit_only else ""

    def query(self, own: str, *filters: Filter) -> Query:
        """Return the records that are wanted and meet ``filters``; ``own`` as for ``unit``."""
        return Query(filters=filters, first=self.first, last=self.last, unit=self.unit(own))


@dataclass(frozen=True)
class Written:
    """A form that was filled and stored; its text is for the user.

    Attributes:
        confidential: how many records of the period were left out for their mark.
        undated: how many were left out because they have no date.
        outgoing: for the log of the ledger (``ledger.exports``).
        unlogged: why it could not be noted there, "" if it was.
    """

    filled: Filled
    confidential: int
    undated: int
    outgoing: Outgoing
    unlogged: str = ""

    def __str__(self) -> str:
        """Return some sentences."""
        told = str(self.filled)
        if self.undated:
            told += _("另有 {count} 条没有填日期，未导出；起止日期留空可导出全部。").format(
                count=self.undated
            )
        if self.confidential:
            told += _("有密级的 {count} 条没有导出。").format(count=self.confidential)
        if self.unlogged:
            told += _("但没有记入导出登记：{reason}").format(reason=self.unlogged)
        return told


def count_wanted(ledger: Ledger, kind: str, wanted: Wanted) -> int:
    """Return how many records would fill a form."""
    return ledger.count(kind, wanted.query(ledger.unit, NOT_CONFIDENTIAL))


def fill(
    ledger: Ledger,
    form: Form,
    layout: Layout,
    out: Path,
    wanted: Wanted,
    *,
    replacing_rows: bool = False,
    progress: Progress | None = None,
) -> Written:
    """Store the filled form at ``out``; the form itself stays as it was sent.

    ``progress`` is told steps done and in all, and may raise to cancel: nothing is written then.

    Raises:
        ExchangeError: with the reason; what was at ``out`` is as it was.
    """
    if out.suffix.lower() != form.path.suffix.lower():
        raise CannotWrite(
            _("{name} 的扩展名与原表 {form} 不同，没有写入。请用同样的扩展名。").format(
                name=out.name, form=form.path.name
            )
        )
    check_not_open(out)
    clear_leftovers(out)
    step = progress or _untold
    step(0, 3)
    with in_source_language():
        records = list(_records(ledger, layout.kind, wanted))
        step(1, 3)
        answers = _answers(ledger, layout.kind, wanted)
        filled = filled_form(
            form.data, form.path.name, layout, records, answers, replacing=replacing_rows
        )
    step(2, 3)
    with replacing(out) as temporary:
        temporary.write_bytes(filled.content)
        # The last moment to change one's mind.
        step(3, 3)
    period = {"first": wanted.first, "last": wanted.last}
    outgoing = Outgoing("form", str(out.resolve()), period)
    for record in records:
        outgoing.add(record.id, record.revision)
    done = Written(filled, *_left_out(ledger, layout.kind, wanted), outgoing)
    outgoing.result = str(done)
    return done


def _untold(_done: int, _total: int) -> None:
    """Nobody wants to know."""


def _records(ledger: Ledger, kind: str, wanted: Wanted) -> Iterator[Record]:
    unit = wanted.unit(ledger.unit)
    found = ledger.records(kind, unit=unit, first=wanted.first, last=wanted.last)
    return (record for record in found if not record.confidential)


def _answers(ledger: Ledger, kind: str, wanted: Wanted) -> Answers:
    return Answers(
        unit_names={unit.code: unit.name for unit in ledger.units()},
        unit=ledger.unit,
        period=ReportPeriod(wanted.first, wanted.last).in_words(),
        today=date.today(),
        references=ReferenceTitles(ledger, kind),
    )


def _left_out(ledger: Ledger, kind: str, wanted: Wanted) -> tuple[int, int]:
    confidential = ledger.count(kind, wanted.query(ledger.unit, IS_CONFIDENTIAL))
    if not wanted.first and not wanted.last:
        return confidential, 0
    nowhere = Query(unit=wanted.unit(ledger.unit), filters=(undated(kind),))
    return confidential, ledger.count(kind, nowhere)


def with_kept_columns(ledger: Ledger, form: Form, look: Look) -> Look:
    """Return the look with what somebody chose for such headers, else as it was guessed.

    The choice is kept with the ledger, and serves reading a form that comes back as well.
    """
    head = with_kept_head(ledger, look.head)
    return look if head is look.head else form.with_head(look.sheet, head, known=True)


def keep_columns(ledger: Ledger, look: Look, columns: Mapping[int, str]) -> None:
    """Remember what fills the columns of forms with these headers.

    Raises:
        LedgerError: it could not be kept.
    """
    keep_head(ledger, look.head.chosen(look.head.kind, columns))
