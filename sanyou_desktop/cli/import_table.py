"""The command ``import``: a table that somebody keeps, taken into the ledger."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from sanyou_desktop.cli.commands import DONE, CommandRefused
from sanyou_desktop.cli.incoming_words import listed
from sanyou_desktop.exchange.errors import ExchangeError
from sanyou_desktop.exchange.return_file import ENDING, new_findings, read_return, take_return
from sanyou_desktop.exchange.tables.importing import FileLook, Wanted, keep_head, look_at, take
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.incoming import State
from sanyou_desktop.wording import _


def import_table(arguments: argparse.Namespace) -> int:
    """Import all rows or none, unless those that can be read are asked for alone.

    Status 1 if a row cannot be read, with its cell and the reason; nothing was changed then.
    """
    dry_run: bool = arguments.dry_run
    with Ledger.open(arguments.ledger, read_only=dry_run) as ledger:
        if ledger.read_only and not dry_run:
            raise CommandRefused(
                _("没有导入，台账没有改动。{reason}").format(reason=ledger.read_only_reason)
            )
        if arguments.table.name.endswith(ENDING):
            print(_returned(ledger, arguments.table, dry_run=dry_run))
            return DONE
        try:
            found = look_at(ledger, arguments.table, _wanted(arguments))
        except ExchangeError as error:
            raise CommandRefused(str(error)) from error
        invalid = found.preview.counts.get(State.INVALID, 0)
        if invalid and not arguments.valid_only:
            raise CommandRefused("\n".join(_refused(found)))
        if not dry_run and found.preview.changes_anything:
            rows, _unfit = found.decided({})
            take(ledger, rows, found.name)
        if arguments.kind and not dry_run:
            # As the window does: the next table with these headers needs no --kind.
            for sheet in found.sheets:
                keep_head(ledger, sheet.head)
    for told in _told(found, dry_run=dry_run):
        print(told)
    for left in found.preview.left_out:
        print(left, file=sys.stderr)
    return DONE


def _returned(ledger: Ledger, path: Path, *, dry_run: bool) -> str:
    """Take in what a superior sent back; return what is to be told of it."""
    try:
        sent_back = read_return(path, ledger.unit)
    except FileNotFoundError as error:
        raise CommandRefused(_("找不到 {path}，没有导入。").format(path=path)) from error
    except ExchangeError as error:
        raise CommandRefused(str(error)) from error
    count = len(new_findings(ledger, sent_back)) if dry_run else 0
    if not dry_run:
        count = len(take_return(ledger, sent_back).ids)
    head = _("试导入（没有写入）：{superior}退回的 {count} 条意见会成为待整改的问题")
    if not dry_run:
        head = _("已导入：{superior}退回的 {count} 条意见成为待整改的问题")
    return head.format(superior=sent_back.superior_name, count=count)


def _wanted(arguments: argparse.Namespace) -> Wanted:
    return Wanted(kind=arguments.kind or "", blank_clears=arguments.blank_clears)


def _refused(found: FileLook) -> Iterator[str]:
    counts = str(found.preview)
    yield _(
        "没有导入，台账没有改动（{counts}）。请改正下列各格，或加 --valid-only 跳过这些行"
    ).format(counts=counts)
    yield from listed(found.preview, State.INVALID)


def _told(found: FileLook, *, dry_run: bool) -> Iterator[str]:
    counts = str(found.preview)
    head = _("试导入（没有写入）：{counts}") if dry_run else _("已导入：{counts}")
    yield head.format(counts=counts)
    yield from found.preview.notes
    yield from listed(found.preview, State.CONFLICTING)
    yield from listed(found.preview, State.INVALID)
