"""What a command takes, and saying so in the program's language."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NoReturn

from sanyou_desktop.cli.usage_words import in_our_words
from sanyou_desktop.model.edtf import BadDate, PartialDate
from sanyou_desktop.wording import _

USAGE = 2

Argument = tuple[tuple[str, ...], dict[str, Any]]


@dataclass(frozen=True)
class Command:
    """A command: what it runs, its one sentence of help (``N_``), what it takes."""

    run: Callable[[argparse.Namespace], int]
    help: str
    arguments: tuple[Argument, ...]


def argument(*names: str, told: str, **options: Any) -> Argument:  # noqa: ANN401 - argparse's
    """Declare an argument as argparse takes it; ``told`` (``N_``) is its help."""
    return names, options | {"help": told}


def date(text: str) -> str:
    """Return a date of a period in EDTF; the type of ``--from`` and ``--to``."""
    try:
        parsed = PartialDate.parse(text)
    except BadDate as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if parsed.year is None:
        raise argparse.ArgumentTypeError(_("期间的起止日期须有年份"))
    return str(parsed)


def past_day(text: str) -> datetime.date:
    """Return a day, today at the latest; the type of ``--received``."""
    try:
        parsed = PartialDate.parse(text)
    except BadDate as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    day = parsed.first()
    today = datetime.date.today()
    if parsed.precision != "day" or day is None or day > today:
        raise argparse.ArgumentTypeError(_("应是今天或以前的某一天，例如 2026-10-09"))
    return day


def words(text: str) -> str:
    """Return an argument as UTF-8 has it, where the locale let Python read only its bytes."""
    try:
        return os.fsencode(text).decode() if _has_stray_bytes(text) else text
    except UnicodeDecodeError:
        return text


def _has_stray_bytes(text: str) -> bool:
    """Tell whether a text holds bytes that Python could not read (PEP 383)."""
    return any("\udc80" <= char <= "\udcff" for char in text)


def positive(text: str) -> int:
    """Return a whole number from 1 on."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("应为正整数"))
    return int(text)


class Parser(argparse.ArgumentParser):
    """A parser that speaks to the user in the program's language."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - argparse's own options
        super().__init__(add_help=False, formatter_class=_Help, **options)
        self._positionals.title = _("参数")
        self._optionals.title = _("可用选项")
        self.add_argument("-h", "--help", action="help", help=_("显示这份说明"))

    def error(self, message: str) -> NoReturn:
        """Print how the command is used and what is wrong, and leave with status 2."""
        self.print_usage(sys.stderr)
        self.exit(USAGE, _("用法不对：{message}\n").format(message=in_our_words(message)))


class _Help(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("用法：") if prefix is None else prefix)


def parser_of(known: dict[str, Command]) -> argparse.ArgumentParser:
    """Return the parser of the commands by name."""
    parser = Parser(
        prog="main.py",
        description=_(
            "三优台账。不带命令时打开窗口：main.py [台账文件]。命令供脚本和没有屏幕的机器使用。"
        ),
        epilog=_("退出状态：0 完成，1 拒绝（原因在标准错误输出，没有改动），2 用法不对。"),
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title=_("命令"))
    for name, command in known.items():
        made = commands.add_parser(name, help=_(command.help), description=_(command.help))
        for names, options in command.arguments:
            told = options | {"help": _(options["help"])}
            made.add_argument(*names, **told)
        made.set_defaults(run=command.run)
    return parser
