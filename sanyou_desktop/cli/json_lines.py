"""Reading records as JSON objects, one a line, as strictly as a ledger must."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NoReturn, TextIO

from sanyou_desktop.wording import _


class NotJson(ValueError):
    """A line that is no JSON object; the text says why."""


def numbered_lines(stream: TextIO) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers; a byte order mark is skipped."""
    for number, line in enumerate(stream, start=1):
        text = line.removeprefix("\ufeff") if number == 1 else line
        if text.strip():
            yield number, text


def object_of(line: str) -> dict[str, Any]:
    """Return the object on a line.

    Raises:
        NotJson: it is none, names a key twice, or holds NaN or Infinity.
    """
    try:
        # Numbers with a point keep their digits: the fields read text more exactly than a float.
        given = json.loads(
            line, parse_float=str, parse_constant=_not_json, object_pairs_hook=_without_twins
        )
    except _Twins as twins:
        raise NotJson(_("{key}：同一个字段写了两次").format(key=twins)) from twins
    except RecursionError as error:
        raise NotJson(_("不是有效的 JSON，嵌套过深")) from error
    except json.JSONDecodeError as error:
        raise NotJson(
            _("不是有效的 JSON，第 {column} 个字符处有误").format(column=error.colno)
        ) from error
    except ValueError as error:
        # NaN and Infinity, or more digits than Python reads.
        raise NotJson(_("不是有效的 JSON，数字有误")) from error
    if not isinstance(given, dict):
        raise NotJson(_("每行应为一个 JSON 对象，如 {example}").format(example='{"title": "…"}'))
    return given


class _Twins(Exception):
    """An object with two values for one key, of which JSON readers would drop one in silence."""


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        raise _Twins(next(key for key in keys if keys.count(key) > 1))
    return found


def _not_json(name: str) -> NoReturn:
    raise ValueError(name)
