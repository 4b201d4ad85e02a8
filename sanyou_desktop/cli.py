"""The commands of the program, for scripts and for machines without a screen.

Exit status: 0 done, 1 refused (the reason on standard error, nothing changed), 2 wrong usage.
To add a command: a function below that takes the parsed arguments, and a line in ``_COMMANDS``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TextIO

from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.model.fields import Refused
from sanyou_desktop.model.kinds import KINDS
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.unit import LEVELS, Unit
from sanyou_desktop.wording import _

DONE, REFUSED, USAGE = 0, 1, 2
# Named in the contract, not there yet: they say so instead of doing half of it.
NOT_YET = ("import", "rollup", "report", "indicators")


class CommandRefused(Exception):
    """A command that was not carried out; the message is the reason."""


def main(argv: list[str]) -> int:
    """Carry out one command and return the exit status."""
    _speak_utf8()
    if argv and argv[0] in NOT_YET:
        print(_("{command}：not yet（此命令尚未提供）").format(command=argv[0]), file=sys.stderr)
        return USAGE
    arguments = _parser().parse_args(argv)
    try:
        run: Callable[[argparse.Namespace], int] = arguments.run
        return run(arguments)
    except (CommandRefused, LedgerError, Invalid, Refused) as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # The reader of our output (head, a pager) has seen enough.
        sys.stderr.close()
        return DONE


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the console's code page, so that pipes keep Chinese whole."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")


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
    with _open(arguments.ledger, to_write=True) as ledger:
        for number, line in _lines(sys.stdin):
            try:
                draft = Draft.from_json(arguments.kind, _object(line), unit=ledger.unit)
                saved = ledger.save(draft.accepted())
            except (CommandRefused, Invalid, LedgerError) as refusal:
                reason = "; ".join(str(refusal).splitlines())
                raise CommandRefused(
                    _("第 {number} 行：{reason}").format(number=number, reason=reason)
                ) from refusal
            print(saved.record.id, flush=True)
    return DONE


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
            result = export_report(ledger, arguments.out, first, last)
        except ExchangeError as error:
            raise CommandRefused(str(error)) from error
    print(result)
    return DONE


def share(arguments: argparse.Namespace) -> int:
    """Bring this unit's rows in the shared workbook up to date."""
    from sanyou_desktop.exchange.errors import ExchangeError
    from sanyou_desktop.exchange.sharing import share_ledger

    with _open(arguments.ledger) as ledger:
        try:
            result = share_ledger(ledger, arguments.workbook)
        except ExchangeError as error:
            raise CommandRefused(str(error)) from error
    print(result)
    return DONE


def verify(arguments: argparse.Namespace) -> int:
    """Check the ledger; print what is wrong and where."""
    with Ledger.open(arguments.ledger, read_only=True) as ledger:
        faults = ledger.verify()
    for fault in faults:
        print(fault)
    return REFUSED if faults else DONE


def backup(arguments: argparse.Namespace) -> int:
    """Copy the ledger while it may be in use, and verify the copy."""
    from sanyou_desktop.ledger.backup import back_up

    back_up(arguments.ledger, arguments.file)
    return DONE


def restore(arguments: argparse.Namespace) -> int:
    """Put a backup in the ledger's place; the replaced ledger is kept beside it."""
    from sanyou_desktop.ledger.backup import restore_backup

    kept = restore_backup(arguments.file, arguments.ledger)
    if kept:
        print(_("原台账已保留为：{path}").format(path=kept))
    return DONE


def _open(path: Path, *, to_write: bool = False) -> Ledger:
    ledger = Ledger.open(path, read_only=not to_write)
    if to_write and ledger.read_only:
        reason = ledger.read_only_reason
        ledger.close()
        raise CommandRefused(reason)
    return ledger


def _lines(stream: TextIO) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(stream, start=1):
        text = line.removeprefix("\ufeff") if number == 1 else line
        if text.strip():
            yield number, text


def _object(line: str) -> dict[str, Any]:
    try:
        given = json.loads(line, parse_constant=_not_json)
    except (ValueError, RecursionError) as error:
        raise CommandRefused(_("不是有效的 JSON：{error}").format(error=error)) from error
    if not isinstance(given, dict):
        raise CommandRefused(
            _("每行应为一个 JSON 对象，如 {example}").format(example='{"title": "…"}')
        )
    return given


def _not_json(name: str) -> NoReturn:
    raise ValueError(name)


def _period(arguments: argparse.Namespace) -> tuple[str, str]:
    return arguments.first or "", arguments.last or ""


def _date(text: str) -> str:
    try:
        date = PartialDate.parse(text)
    except BadDate as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if date.year is None:
        raise argparse.ArgumentTypeError(_("期间的起止日期须有年份"))
    return str(date)


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("应为正整数"))
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py", description=_("三优台账的命令"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, arguments in _COMMANDS:
        summary = (run.__doc__ or "").splitlines()[0]
        command = commands.add_parser(name, help=summary, description=run.__doc__)
        for names, options in arguments:
            command.add_argument(*names, **options)
        command.set_defaults(run=run)
    return parser


_Argument = tuple[tuple[str, ...], dict[str, Any]]
_LEDGER: _Argument = (("ledger",), {"type": Path, "metavar": "LEDGER"})
_KIND: _Argument = (("kind",), {"choices": tuple(KINDS), "metavar": "KIND"})
_FROM: _Argument = (("--from",), {"dest": "first", "type": _date, "metavar": "DATE"})
_TO: _Argument = (("--to",), {"dest": "last", "type": _date, "metavar": "DATE"})
_UNIT_LEVELS = tuple(option.value for option in LEVELS)

_COMMANDS: tuple[tuple[str, Callable[[argparse.Namespace], int], tuple[_Argument, ...]], ...] = (
    (
        "new",
        new,
        (
            _LEDGER,
            (("--unit",), {"required": True, "metavar": "NAME"}),
            (("--code",), {"required": True, "metavar": "CODE"}),
            (("--level",), {"choices": _UNIT_LEVELS, "metavar": "L"}),
            (("--superior",), {"metavar": "CODE"}),
        ),
    ),
    ("sample", sample, (_LEDGER,)),
    ("add", add, (_LEDGER, _KIND)),
    ("list", list_records, (_LEDGER, _KIND, (("--unit",), {"metavar": "CODE"}), _FROM, _TO)),
    (
        "search",
        search,
        (
            _LEDGER,
            (("text",), {"metavar": "TEXT"}),
            (("--limit",), {"type": _positive, "default": 50, "metavar": "N"}),
        ),
    ),
    ("export", export, (_LEDGER, (("out",), {"type": Path, "metavar": "OUT.xlsx"}), _FROM, _TO)),
    ("share", share, (_LEDGER, (("workbook",), {"type": Path, "metavar": "SHARED.xlsx"}))),
    ("verify", verify, (_LEDGER,)),
    ("backup", backup, (_LEDGER, (("file",), {"type": Path, "metavar": "FILE"}))),
    (
        "restore",
        restore,
        ((("file",), {"type": Path, "metavar": "FILE"}), _LEDGER),
    ),
)
COMMANDS = (*(name for name, _run, _arguments in _COMMANDS), *NOT_YET)
