"""What is wrong with a command line is said in the program's language."""

from __future__ import annotations

import pytest

from sanyou_desktop.cli.program import main
from sanyou_desktop.cli.usage_words import in_our_words


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("add", "缺少参数：LEDGER, KIND"),
        ("foo", "COMMAND 没有 'foo' 这个选项，可选：'new'"),
        ("list a.sytz colour", "KIND 没有 'colour' 这个选项，可选："),
        ("list a.sytz pledge more", "没有这样的参数：more"),
        ("search a.sytz x --limit", "--limit 后面要写一个值"),
        ("list a.sytz pledge --from 2026-13", "用法不对：--from：没有 13 月，月份应为 1 到 12"),
    ],
)
def test_a_wrong_line_is_explained(
    capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(line.split())
    assert left.value.code == 2
    assert told.replace("'", "") in capsys.readouterr().err.replace("'", "")


def test_what_is_not_known_stays_as_it_is() -> None:
    assert in_our_words("something else") == "something else"
