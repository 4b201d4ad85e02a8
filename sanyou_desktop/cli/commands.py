"""What each command does.

A command takes the parsed arguments and returns the exit status. What only one of them needs is
imported there, so that the others start without it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.cli.json_lines import NotJson, numbered_lines, object_of
from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.kinds import REPORTED
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.record import Record
from sanyou_desktop.model.unit import Unit
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from sanyou_desktop.ledger.exports import Outgoing

DONE, REFUSED = 0, 1


class CommandRefused(Exception):
    """A command that was not carried out; the message is the reason."""


def new(arguments: argparse.Namespace) -> int:
    """Make an empty ledger."""
    given = {"name": arguments.unit, "code": arguments.code}
    given |= {"level": arguments.level or "", "superior": arguments.superior or ""}
    unit = Draft.from_json("unit", given, unit=arguments.code).accepted()
    assert isinstance(unit, Unit)
    Ledger.create(arguments.ledger, unit).close()
    return DONE


def sample(arguments: argparse.Namespace) -> int:
    """Make a ledger filled with the practices of the article."""
    from sanyou_desktop.exchange.sample import make_sample

    make_sample(arguments.ledger)
    return DONE


def add(arguments: argparse.Namespace) -> int:
    """Add records, one JSON object a line; print each id once its record is durable."""
    with _open_to_add(arguments.ledger) as ledger:
        for number, line in numbered_lines(sys.stdin):
            try:
                saved = ledger.save(_new_record(ledger, arguments.kind, line))
            except (CommandRefused, NotJson, Invalid, LedgerError) as refusal:
                raise CommandRefused(
                    _("第 {number} 行：{reason}").format(number=number, reason=refusal)
                ) from refusal
            try:
                print(saved.record.id, flush=True)
            except BrokenPipeError as error:
                silence_output()
                raise CommandRefused(
                    _("输出已被对方关闭，第 {number} 行已保存，之后的各行没有添加。").format(
                        number=number
                    )
                ) from error
    return DONE


def _new_record(ledger: Ledger, kind: str, line: str) -> Record:
    try:
        given = object_of(line)
        record = Draft.from_json(kind, given, unit=ledger.unit).accepted()
    except RecursionError as error:
        raise CommandRefused(_("不是有效的 JSON：嵌套过深")) from error
    if "confidential" not in given:
        # As where it is made in the window; who wants it public says so with "".
        record = replace(record, confidential=ledger.mark_of_origins(record))
    if record.id and ledger.get(record.id) is not None:
        raise CommandRefused(_("记录标识：台账中已有 {id}，没有添加").format(id=record.id))
    return record


def list_records(arguments: argparse.Namespace) -> int:
    """Print records as JSON lines."""
    first, last = _period(arguments)
    with _open(arguments.ledger) as ledger:
        chosen = ledger.records(arguments.kind, unit=arguments.unit or "", first=first, last=last)
        for record in chosen:
            print(json.dumps(record.to_json(), ensure_ascii=False))
    return DONE


def search(arguments: argparse.Namespace) -> int:
    """Print kind, id and title of what is found, tab-separated, best first."""
    with _open(arguments.ledger) as ledger:
        for hit in ledger.search(arguments.text, limit=arguments.limit):
            print(hit.kind, hit.id, hit.title, sep="\t")
    return DONE


def export(arguments: argparse.Namespace) -> int:
    """Write the report workbook."""
    from sanyou_desktop.exchange.errors import ExchangeError
    from sanyou_desktop.exchange.report_workbook import export_report

    first, last = _period(arguments)
    with _open(arguments.ledger) as ledger:
        try:
            result = export_report(
                ledger,
                arguments.out,
                first,
                last,
                confidential=arguments.include_confidential,
                photos=arguments.photos,
            )
        except ExchangeError as error:
            raise CommandRefused(str(error)) from error
    _note(arguments.ledger, result.outgoing)
    print(result)
    return DONE


def share(arguments: argparse.Namespace) -> int:
    """Bring this unit's rows in the shared workbook up to date."""
    from sanyou_desktop.exchange.errors import ExchangeError
    from sanyou_desktop.exchange.share_scope import Scope
    from sanyou_desktop.exchange.share_when_free import share_when_free
    from sanyou_desktop.exchange.sharing import share_ledger

    chosen = tuple(kind for kind in REPORTED if kind in (arguments.kinds or REPORTED))
    scope = Scope(chosen, *_period(arguments))
    with _open(arguments.ledger) as ledger:
        try:
            result = share_when_free(
                lambda: share_ledger(ledger, arguments.workbook, scope=scope), arguments.wait
            )
        except ExchangeError as error:
            raise CommandRefused(str(error)) from error
    _note(arguments.ledger, result.outgoing)
    print(result)
    return DONE


def report(arguments: argparse.Namespace) -> int:
    """Write the summary document of a period."""
    from sanyou_desktop.exchange.errors import ExchangeError
    from sanyou_desktop.exchange.summary_report import write_report

    first, last = _period(arguments)
    with _open(arguments.ledger) as ledger:
        try:
            result = write_report(ledger, arguments.out, first, last, template=arguments.template)
        except ExchangeError as error:
            raise CommandRefused(str(error)) from error
    _note(arguments.ledger, result.outgoing(arguments.out, first, last))
    print(result)
    return DONE


def import_table(arguments: argparse.Namespace) -> int:
    """Take the rows of a table into the ledger, or tell what that would do."""
    from sanyou_desktop.cli.import_table import import_table as carried_out

    return carried_out(arguments)


def rollup(arguments: argparse.Namespace) -> int:
    """Merge units' report workbooks into the ledger, or tell what that would do."""
    from sanyou_desktop.cli.rollup import rollup as carried_out

    return carried_out(arguments)


def indicators(arguments: argparse.Namespace) -> int:
    """Print the indicators of a period as one JSON object."""
    from sanyou_desktop.cli.indicators import indicators_json

    first, last = _period(arguments)
    with _open(arguments.ledger) as ledger:
        found = indicators_json(ledger, first, last, arguments.by or "")
    print(json.dumps(found, ensure_ascii=False, indent=2))
    return DONE


def verify(arguments: argparse.Namespace) -> int:
    """Check the ledger; print what is wrong and where."""
    with _open(arguments.ledger) as ledger:
        faults = ledger.verify()
    for fault in faults:
        print(fault)
    return REFUSED if faults else DONE


def backup(arguments: argparse.Namespace) -> int:
    """Copy the ledger while it may be in use, verify the copy, and note it in the log."""
    from sanyou_desktop.ledger.backup import put_away
    from sanyou_desktop.ledger.backup_noted import back_up_to

    made = back_up_to(arguments.ledger, arguments.file)
    _note(arguments.ledger, made)
    put_away(arguments.ledger)
    print(made.result)
    return DONE


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup in the ledger's place; the replaced ledger is kept beside it."""
    from sanyou_desktop.ledger.backup import restore_backup

    kept = restore_backup(arguments.file, arguments.ledger)
    if kept:
        print(_("原台账已保留为：{path}").format(path=kept))
    return DONE


def _note(path: Path, outgoing: Outgoing) -> None:
    """Note in the ledger's log what went out; where that cannot be, say so: the file is there.

    Before anything is printed: a reader that has gone must not keep it out of the log.
    """
    from sanyou_desktop.ledger.exports import note_beside

    reason = note_beside(path, outgoing)
    if reason:
        print(_("文件已写好，但没有记入导出登记：{reason}").format(reason=reason), file=sys.stderr)


@contextmanager
def _open(path: Path) -> Iterator[Ledger]:
    """Open a ledger for reading, and leave nothing beside it."""
    from sanyou_desktop.ledger.backup import put_away

    try:
        with Ledger.open(path, read_only=True) as ledger:
            yield ledger
    finally:
        put_away(path)


def _open_to_add(path: Path) -> Ledger:
    """Open a ledger for adding, beside other commands that add, but not beside a window."""
    ledger = Ledger.open(path, shared=True)
    if ledger.read_only:
        reason = ledger.read_only_reason
        ledger.close()
        raise CommandRefused(_("没有添加任何记录。{reason}").format(reason=reason))
    return ledger


def _period(arguments: argparse.Namespace) -> tuple[str, str]:
    first, last = arguments.first or "", arguments.last or ""
    if first and last and last < first[: len(last)]:
        raise CommandRefused(
            _("截止日期 {last} 早于起始日期 {first}，请核对").format(first=first, last=last)
        )
    return first, last


def silence_output() -> None:
    """Let what is still buffered go nowhere, so that leaving the program does not fail on it."""
    with suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
