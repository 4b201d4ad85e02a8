"""The command ``rollup``: units' report workbooks merged into a superior's ledger."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from sanyou_desktop.cli.commands import DONE, CommandRefused
from sanyou_desktop.cli.incoming_words import listed
from sanyou_desktop.cli.progress import told_on_terminal
from sanyou_desktop.exchange.rollup import RolledUp, roll_up
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.incoming import State
from sanyou_desktop.wording import _


def rollup(arguments: argparse.Namespace) -> int:
    """Merge reports; print what was taken, each conflict and what was left out.

    What is clear is taken. A conflict keeps the ledger's value until somebody decides it in the
    window, and comes again the next time. Status 1 if not one report could be taken; nothing was
    changed then.
    """
    dry_run = arguments.dry_run
    # Trying it out needs nobody to stop writing.
    with Ledger.open(arguments.ledger, read_only=dry_run) as ledger:
        if ledger.read_only and not dry_run:
            raise CommandRefused(
                _("没有汇总，台账没有改动。{reason}").format(reason=ledger.read_only_reason)
            )
        with told_on_terminal(_("正在汇总 {done}/{total} 份……")) as progress:
            found = roll_up(
                ledger,
                arguments.paths,
                rehearsal=dry_run,
                received_on=arguments.received_on,
                progress=progress,
            )
    left_out = [str(one) for one in found.preview.left_out]
    if not found.files:
        reasons = left_out or [_("没有可汇总的工作簿。")]
        raise CommandRefused("\n".join([_("没有汇总，台账没有改动"), *reasons]))
    for told in _told(found, dry_run=dry_run):
        print(told)
    for reason in left_out:
        print(reason, file=sys.stderr)
    return DONE


def _told(found: RolledUp, *, dry_run: bool) -> Iterator[str]:
    preview = found.preview
    files, counts = len(found.files), str(preview)
    head = (
        _("试汇总 {files} 份（没有写入）：{counts}")
        if dry_run
        else _("已汇总 {files} 份：{counts}")
    )
    yield head.format(files=files, counts=counts)
    yield from preview.notes
    yield from listed(preview, State.CONFLICTING)
    yield from listed(preview, State.INVALID)
    yield from listed(preview, State.WITHDRAWN)
    if any(row.undecided for row in preview.of(State.CONFLICTING)):
        yield _("有冲突的地方保留台账原值；请在窗口的「汇总」中逐项决定，或协商后由一方改正。")
