"""The command line: which commands there are, and what becomes of what they raise.

To add a command: a function in ``commands``, and a line in ``_COMMANDS``.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.cli import commands
from sanyou_desktop.cli.commands import DONE, REFUSED, CommandRefused, silence_output
from sanyou_desktop.cli.usage import Command, argument, date, parser_of, past_day, positive, words
from sanyou_desktop.ledger.errors import LedgerBug, LedgerError
from sanyou_desktop.ledger.os_reasons import reason_of
from sanyou_desktop.model.fields import Refused
from sanyou_desktop.model.kinds import KINDS, REPORTED
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.unit import LEVELS
from sanyou_desktop.wording import N_, SOURCE_LANGUAGE, _, use_language

if TYPE_CHECKING:
    import argparse

INTERRUPTED = 130
# Scripts rely on nothing but Chinese unless they ask; the machine's own language does not matter.
LANGUAGE = "SANYOU_LANGUAGE"
_LANGUAGES = (SOURCE_LANGUAGE, "en")


def main(argv: list[str]) -> int:
    """Carry out one command and return the exit status."""
    _speak_utf8()
    language = os.environ.get(LANGUAGE, SOURCE_LANGUAGE)
    use_language(language if language in _LANGUAGES else SOURCE_LANGUAGE)
    try:
        arguments = parser_of(_COMMANDS).parse_args(argv)
        run: Callable[[argparse.Namespace], int] = arguments.run
        status = run(arguments)
        sys.stdout.flush()
    except (CommandRefused, LedgerError, Invalid, Refused) as refusal:
        return _refuse(str(refusal))
    except LedgerBug as bug:
        return _refuse(
            _("程序内部出错（{error}），这次操作没有写入。请把这句话告诉维护人员。").format(
                error=bug
            )
        )
    except BrokenPipeError:
        # The reader of our output (head, a pager) has seen enough.
        silence_output()
        return DONE
    except OSError as error:
        silence_output()
        return _refuse(_in_words(error))
    except KeyboardInterrupt:
        silence_output()
        return INTERRUPTED
    return status


def _in_words(error: OSError) -> str:
    """Return why the system refused: a file, or what we print where no file is named."""
    if error.filename is None:
        text = _("输出中断：{reason}。请检查磁盘空间和权限。")
        return text.format(reason=reason_of(error))
    return _("{path}：{reason}，没有完成。请检查文件名、权限和磁盘空间。").format(
        path=error.filename, reason=reason_of(error)
    )


def _refuse(reason: str) -> int:
    """Print the reason, which may name several faults, on one line of its own."""
    print("；".join(line for line in reason.splitlines() if line), file=sys.stderr)
    return REFUSED


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the console's code page, so that pipes keep Chinese whole.

    Bytes that are not UTF-8 pass through as they are: names of files, and input that the fields
    then refuse.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            errors = "backslashreplace" if stream is sys.stderr else "surrogateescape"
            stream.reconfigure(encoding="utf-8", errors=errors)


_LEDGER = argument("ledger", type=Path, metavar="LEDGER", told=N_("台账文件"))
_KIND = argument(
    "kind",
    choices=tuple(KINDS),
    metavar="KIND",
    told=N_(
        "记录种类：pledge 承诺，rule 制度，inspection 检查，finding 问题整改，survey 满意度，"
        "activity 活动，scheme 清单，plan 检查计划，unit 单位，round 活动轮次"
    ),
)
_FROM = argument(
    "--from",
    dest="first",
    type=date,
    metavar="DATE",
    told=N_("起始日期，如 2026-01-01、2026-01 或 2026"),
)
_TO = argument("--to", dest="last", type=date, metavar="DATE", told=N_("截止日期，写法同上"))
_UNIT_LEVELS = tuple(option.value for option in LEVELS)

_COMMANDS = {
    "new": Command(
        commands.new,
        N_("建立一本空台账。"),
        (
            _LEDGER,
            argument(
                "--unit", type=words, required=True, metavar="NAME", told=N_("所属单位的名称")
            ),
            argument(
                "--code", type=words, required=True, metavar="CODE", told=N_("所属单位的代码")
            ),
            argument(
                "--level",
                choices=_UNIT_LEVELS,
                metavar="L",
                told=N_("单位层级：nation、province、city、county、department 或 enterprise"),
            ),
            argument("--superior", type=words, metavar="CODE", told=N_("上级单位的代码")),
        ),
    ),
    "sample": Command(commands.sample, N_("建立一本示例台账，内有原文中的全部做法。"), (_LEDGER,)),
    "add": Command(
        commands.add,
        N_("从标准输入读取 JSON 对象，每行一条，添加为记录；每存好一条，打印它的标识。"),
        (_LEDGER, _KIND),
    ),
    "list": Command(
        commands.list_records,
        N_("打印记录，每行一个 JSON 对象。"),
        (
            _LEDGER,
            _KIND,
            argument("--unit", type=words, metavar="CODE", told=N_("只列这个单位的记录")),
            _FROM,
            _TO,
        ),
    ),
    "search": Command(
        commands.search,
        N_("查找文字或拼音，打印种类、标识和标题，以制表符分隔，最相符的在前。"),
        (
            _LEDGER,
            argument("text", type=words, metavar="TEXT", told=N_("要找的文字，一个字也可以")),
            argument(
                "--limit", type=positive, default=50, metavar="N", told=N_("最多打印几条，默认 50")
            ),
        ),
    ),
    "export": Command(
        commands.export,
        N_("导出上报工作簿，每类一张表。"),
        (
            _LEDGER,
            argument("out", type=Path, metavar="OUT.xlsx", told=N_("写到哪个文件，已有的会被替换")),
            _FROM,
            _TO,
            argument(
                "--include-confidential",
                action="store_true",
                told=N_("连同有密级的记录一起导出；不写此项则一条也不导出"),
            ),
            argument(
                "--photos",
                action="store_true",
                told=N_("在各条记录旁附上照片的缩略图，每条最多 6 张"),
            ),
        ),
    ),
    "share": Command(
        commands.share,
        N_("把本单位的行更新到共享表格，其他内容不动；没有这个文件时新建。"),
        (
            _LEDGER,
            argument("workbook", type=Path, metavar="SHARED.xlsx", told=N_("共享表格")),
            argument(
                "--kind",
                dest="kinds",
                action="append",
                choices=REPORTED,
                metavar="KIND",
                told=N_("只更新这一类记录，可以写多次；不给时更新各类"),
            ),
            _FROM,
            _TO,
            argument(
                "--wait",
                type=positive,
                default=0,
                metavar="SECONDS",
                told=N_("表格正被别人打开时，等它关闭，最多等几秒；默认不等"),
            ),
        ),
    ),
    "report": Command(
        commands.report,
        N_("写总结材料（公文格式），可为 Word 文档或 PDF；不给起止日期时写全部记录。"),
        (
            _LEDGER,
            argument(
                "out",
                type=Path,
                metavar="OUT.docx|OUT.pdf",
                told=N_("写到哪个文件，已有的会被替换"),
            ),
            _FROM,
            _TO,
            argument(
                "--template",
                type=Path,
                metavar="T.docx",
                told=N_("本单位的 Word 模板，其中用双花括号写明正文等内容的位置；只用于 .docx"),
            ),
        ),
    ),
    "import": Command(
        commands.import_table,
        N_(
            "导入一份表格（xlsx、xls、et、ods、csv）；有读不了的行时，整份都不导入，并指出是哪一格。"
        ),
        (
            _LEDGER,
            argument("table", type=Path, metavar="IN.xlsx", told=N_("要导入的表格")),
            argument(
                "--dry-run",
                action="store_true",
                told=N_("只试算：打印会新增、修改、读不了多少，不写入"),
            ),
            argument(
                "--kind",
                choices=REPORTED,
                metavar="KIND",
                told=N_("表中是哪一类记录；不给时按表头判断"),
            ),
            argument(
                "--valid-only",
                action="store_true",
                told=N_("读不了的行跳过，其余照样导入"),
            ),
            argument(
                "--blank-clears",
                action="store_true",
                told=N_("表中空着的格子清空台账原有的内容；不写此项则空格不作改动"),
            ),
        ),
    ),
    "rollup": Command(
        commands.rollup,
        N_("汇总各单位的上报工作簿；能合并的并入台账，有冲突的保留台账原值并列出。"),
        (
            _LEDGER,
            argument(
                "paths",
                type=Path,
                nargs="+",
                metavar="PATH",
                told=N_("上报工作簿，或放有它们的文件夹（连同其中的子文件夹）"),
            ),
            argument(
                "--dry-run",
                action="store_true",
                told=N_("只试算：打印会新增、修改、冲突多少，不写入"),
            ),
            argument(
                "--received",
                dest="received_on",
                type=past_day,
                metavar="DATE",
                told=N_("收到这些工作簿的日期，按它判断按时还是迟报，例如 2026-10-09；默认今天"),
            ),
        ),
    ),
    "indicators": Command(
        commands.indicators,
        N_("打印本期指标（JSON），附上期和上年同期；不给起止日期时统计全部记录。"),
        (
            _LEDGER,
            _FROM,
            _TO,
            argument(
                "--by",
                choices=("unit", "theme"),
                metavar="unit|theme",
                told=N_("再按单位（unit）或活动内容（theme）分列"),
            ),
        ),
    ),
    "verify": Command(
        commands.verify,
        N_("检查台账的完整性、修改历史和附件，打印哪里有什么问题。"),
        (_LEDGER,),
    ),
    "backup": Command(
        commands.backup,
        N_("备份台账并校验，台账正在使用时也可以。"),
        (_LEDGER, argument("file", type=Path, metavar="FILE", told=N_("备份文件"))),
    ),
    "restore": Command(
        commands.restore,
        N_("用备份恢复台账，被替换的台账保留在旁边。"),
        (argument("file", type=Path, metavar="FILE", told=N_("备份文件")), _LEDGER),
    ),
}
COMMANDS = tuple(_COMMANDS)
