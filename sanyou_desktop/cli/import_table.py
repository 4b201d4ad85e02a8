"""The command ``import``: a table that somebody keeps, taken into the ledger."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from sanyou_desktop.cli.commands import DONE, CommandRefused
from sanyou_desktop.cli.incoming_words import listed
from sanyou_desktop.exchange.errors import ExchangeError
from sanyou_desktop.exchange.tables.importing import FileLook, Wanted, look_at, take
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
        try:
            found = look_at(ledger, arguments.table, _wanted(arguments))
        except ExchangeError as error:
            raise CommandRefused(str(error)) from error
        invalid = found.preview.counts.get(State.INVALID, 0)
        if invalid and not arguments.valid_only:
            raise CommandRefused("\n".join(_refused(found)))
        if not dry_run and found.takes_anything:
            rows, _unfit = found.decided({})
            take(ledger, rows, found.name)
    for told in _told(found, dry_run=dry_run):
        print(told)
    for left in found.preview.left_out:
        print(left, file=sys.stderr)
    return DONE


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
