"""What argparse says of a wrong command line, in the words of the program.

Its own texts are looked up in whatever catalogue the system's environment names, which on the
offices' machines is none.
"""

from __future__ import annotations

import re

from sanyou_desktop.wording import N_, _

# The English of argparse from Python 3.11 on; what is not here stays as it is.
_KNOWN: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (?P<names>.+)", N_("缺少参数：{names}")),
    (r"unrecognized arguments: (?P<names>.+)", N_("没有这样的参数：{names}")),
    (
        r"argument (?P<name>[^:]+): invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)",
        N_("{name} 没有 {value} 这个选项，可选：{choices}"),
    ),
    (
        r"argument (?P<name>[^:]+): invalid \S+ value: (?P<value>.+)",
        N_("{name} 不能是 {value}"),
    ),
    (r"argument (?P<name>[^:]+): expected one argument", N_("{name} 后面要写一个值")),
    # What our own types say of a value is in the language of the program already.
    (r"argument (?P<name>[^:]+): (?P<told>.+)", N_("{name}：{told}")),
    (
        r"ambiguous option: (?P<name>\S+) could match (?P<choices>.+)",
        N_("{name} 不明确，可能是：{choices}"),
    ),
)


def in_our_words(message: str) -> str:
    """Return argparse's message in the language of the program, as it is if it is not known."""
    for pattern, text in _KNOWN:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return _(text).format(**found.groupdict())
    return message
