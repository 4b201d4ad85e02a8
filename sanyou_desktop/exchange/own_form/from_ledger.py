"""Filling a superior's form from a ledger, and remembering how forms of its headers are filled."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sanyou_desktop.exchange.errors import CannotWrite
from sanyou_desktop.exchange.office_owner import check_not_open
from sanyou_desktop.exchange.own_form.answers import Answers
from sanyou_desktop.exchange.own_form.figures import Figures
from sanyou_desktop.exchange.own_form.filling import Filled, filled_form
from sanyou_desktop.exchange.own_form.filling_cells import filled_figures
from sanyou_desktop.exchange.own_form.layout import FIGURES, TABLE, Layout
from sanyou_desktop.exchange.own_form.looking import Form, Look
from sanyou_desktop.exchange.report_period import ReportPeriod
from sanyou_desktop.exchange.report_references import ReferenceTitles
from sanyou_desktop.exchange.safe_write import clear_leftovers, replacing
from sanyou_desktop.exchange.tables.importing import keep_head, with_kept_head
from sanyou_desktop.ledger.exports import Outgoing
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.ledger.query import IS_CONFIDENTIAL, NOT_CONFIDENTIAL, Filter, Query, undated
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _, in_source_language, to_user

Progress = Callable[[int, int], None]
# The settings in which it is kept what fills the single cells of forms.
_CELLS = "form:"


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
class SheetToFill:
    """A sheet of a form, how it is filled, and whether over the rows that are filled already."""

    layout: Layout
    replacing: bool = False


@dataclass(frozen=True)
class Written:
    """A form that was filled and stored; its text is for the user.

    Attributes:
        filled: what was done, by the name of the sheet or table.
        confidential: how many records of the period were left out for their mark.
        undated: how many were left out because they have no date.
        outgoing: for the log of the ledger (``ledger.exports``).
        unlogged: why it could not be noted there, "" if it was.
    """

    filled: Mapping[str, Filled]
    confidential: int
    undated: int
    outgoing: Outgoing
    unlogged: str = ""

    def __str__(self) -> str:
        """Return some sentences."""
        of_sheets = self.filled.items()
        told = "".join(
            str(done)
            if len(of_sheets) == 1
            else _("「{sheet}」{told}").format(sheet=sheet, told=done)
            for sheet, done in of_sheets
        )
        return told + left_out_words(self.undated, self.confidential, self.unlogged)

    @property
    def refused(self) -> bool:
        """Tell whether some cells do not allow what the ledger says."""
        return any(done.refused for done in self.filled.values())


def left_out_words(undated: int, confidential: int, unlogged: str) -> str:
    """Return sentences on what did not go into a form, and why the log does not tell of it."""
    told = ""
    if undated:
        told += _("另有 {count} 条没有填日期，未导出；起止日期留空可导出全部。").format(
            count=undated
        )
    if confidential:
        told += _("有密级的 {count} 条没有导出。").format(count=confidential)
    if unlogged:
        told += _("但没有记入导出登记：{reason}").format(reason=unlogged)
    return told


def count_wanted(ledger: Ledger, kind: str, wanted: Wanted) -> int:
    """Return how many records would fill a form, 0 for one of figures."""
    if not kind:
        return 0
    return ledger.count(kind, wanted.query(ledger.unit, NOT_CONFIDENTIAL))


def fill(
    ledger: Ledger,
    form: Form,
    sheets: Sequence[SheetToFill],
    out: Path,
    wanted: Wanted,
    *,
    progress: Progress | None = None,
) -> Written:
    """Store the form at ``out`` with these sheets filled; the form itself stays as it was sent.

    ``progress`` is told steps done and in all, and may raise to cancel: nothing is written then.

    Raises:
        ExchangeError: with the reason; what was at ``out`` is as it was.
    """
    if out.suffix.lower() != form.path.suffix.lower():
        raise CannotWrite(
            to_user("{name} 的扩展名与原表 {form} 不同，没有写入。请用同样的扩展名。").format(
                name=out.name, form=form.path.name
            )
        )
    check_not_open(out)
    clear_leftovers(out)
    step = progress or _untold
    steps = len(sheets) + 1
    with in_source_language():
        content, filled = form.data, dict[str, Filled]()
        went: dict[str, int] = {}
        # Rows that are made for a table move those below it: the last one first.
        for number, sheet in enumerate(_from_below(sheets)):
            step(number, steps)
            layout, name = sheet.layout, form.path.name
            answers = answers_of(ledger, layout.kind, wanted)
            if layout.shape == FIGURES:
                figures = Figures(ledger, wanted.first, wanted.last, wanted.unit(ledger.unit))
                done = filled_figures(content, name, layout, figures, answers)
            else:
                records = list(records_of(ledger, layout.kind, wanted))
                done = filled_form(
                    content, name, layout, records, answers, replacing=sheet.replacing
                )
                went.update((record.id, record.revision) for record in records)
            content, filled[layout.name] = done.content, done
    step(len(sheets), steps)
    with replacing(out) as temporary:
        temporary.write_bytes(content)
        # The last moment to change one's mind.
        step(steps, steps)
    outgoing = Outgoing("form", str(out.resolve()), {"first": wanted.first, "last": wanted.last})
    for record_id, revision in went.items():
        outgoing.add(record_id, revision)
    told = {sheet.layout.name: filled[sheet.layout.name] for sheet in sheets}
    written = Written(told, *left_out(ledger, sheets, wanted), outgoing)
    outgoing.result = str(written)
    return written


def _from_below(sheets: Sequence[SheetToFill]) -> list[SheetToFill]:
    return sorted(sheets, key=lambda sheet: -sheet.layout.header_row)


def _untold(_done: int, _total: int) -> None:
    """Nobody wants to know."""


def records_of(ledger: Ledger, kind: str, wanted: Wanted) -> Iterator[Record]:
    """Yield the records that fill a form; what carries a mark of secrecy stays."""
    unit = wanted.unit(ledger.unit)
    found = ledger.records(kind, unit=unit, first=wanted.first, last=wanted.last)
    return (record for record in found if not record.confidential)


def answers_of(ledger: Ledger, kind: str, wanted: Wanted) -> Answers:
    """Return what a form is answered with beside its records; ``kind`` is theirs, "" for none."""
    units = {unit.code: unit for unit in ledger.units()}
    own = units[ledger.unit].outside() if ledger.unit in units else None
    # A form of figures refers to no record.
    return Answers(
        unit_names={code: unit.name for code, unit in units.items()},
        unit=ledger.unit,
        period=ReportPeriod(wanted.first, wanted.last).in_words(),
        today=date.today(),
        references=ReferenceTitles(ledger, kind) if kind else {},
        contact=own.contact if own else "",
        phone=own.phone if own else "",
    )


def left_out(ledger: Ledger, sheets: Iterable[SheetToFill], wanted: Wanted) -> tuple[int, int]:
    """Return how many records a form leaves out for their mark, and for want of a date."""
    shapes = {sheet.layout.shape: sheet.layout.kind for sheet in sheets}
    kinds = REPORTED if FIGURES in shapes else {sheet.layout.kind for sheet in sheets}
    confidential = undated_ones = 0
    for kind in kinds:
        confidential += ledger.count(kind, wanted.query(ledger.unit, IS_CONFIDENTIAL))
        if wanted.first or wanted.last:
            nowhere = Query(unit=wanted.unit(ledger.unit), filters=(undated(kind),))
            undated_ones += ledger.count(kind, nowhere)
    return confidential, undated_ones


def codes_by_name(ledger: Ledger) -> dict[str, str]:
    """Return the codes of units by name and by what else they are called."""
    found: dict[str, str] = {}
    for unit in ledger.units():
        for name in (unit.name, *unit.aliases):
            found.setdefault(name, unit.code)
    return found


def with_kept_columns(ledger: Ledger, form: Form, look: Look) -> Look:
    """Return the look with what somebody chose for such headers, else as it was guessed.

    The choice is kept with the ledger, and serves reading a form that comes back as well.
    """
    if look.shape != TABLE:
        kept = ledger.setting(_CELLS + look.shape + look.head.fingerprint)
        if not kept:
            return look
        sources = {int(at): str(source) for at, source in json.loads(kept).items()}
        return replace(look, head=look.head.chosen(look.head.kind, sources), known=True)
    head = with_kept_head(ledger, look.head)
    if head is look.head:
        return look
    known = form.with_head(look.sheet, head, known=True, before=look.before, top=look.top)
    return replace(known, is_likely=not known.body.filled)


def keep_columns(ledger: Ledger, look: Look, columns: Mapping[int, str]) -> None:
    """Remember what fills the columns of forms with these headers.

    Raises:
        LedgerError: it could not be kept.
    """
    if look.shape != TABLE:
        kept = json.dumps({str(at): source for at, source in columns.items()})
        ledger.keep_setting(_CELLS + look.shape + look.head.fingerprint, kept)
        return
    keep_head(ledger, look.head.chosen(look.head.kind, columns))
