"""A small JSON file of ours that people hand on: named by its format and version, read warily."""

from __future__ import annotations

import json

from sanyou_desktop.exchange.errors import ExchangeError, NewerFormat, TooLarge
from sanyou_desktop.exchange.text_file import decoded
from sanyou_desktop.model.fields import Json
from sanyou_desktop.wording import _, to_user

LARGEST = 8 * 1024 * 1024


def read_ours(
    data: bytes, name: str, kind: tuple[str, int], wrong: ExchangeError
) -> dict[str, Json]:
    """Return the object in a file's bytes; ``name`` is for messages.

    ``kind`` is the format's name and the newest version known; ``wrong`` is raised where the
    file is of another format, and its class where it is no JSON.

    Raises:
        TooLarge, NewerFormat, Unsupported: as each says; nothing was read.
    """
    given = _object(data, name, type(wrong))
    version = given.get("version")
    if given.get("format") != kind[0] or isinstance(version, bool) or not isinstance(version, int):
        raise wrong
    if version > kind[1]:
        raise NewerFormat(
            to_user(
                "{name} 由更新版本的程序写出（格式 {version}，本程序认得 {known}），没有读入。"
                "请升级程序后再试。"
            ).format(name=name, version=version, known=kind[1])
        )
    return given


def json_text(content: dict[str, Json]) -> str:
    """Return the text of a file: readable, with Chinese as it is."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _object(data: bytes, name: str, error: type[ExchangeError]) -> dict[str, Json]:
    if len(data) > LARGEST:
        raise TooLarge(
            to_user("{name} 超过 {size} MB，不像是这种文件，没有读入。").format(
                name=name, size=LARGEST // 1024 // 1024
            )
        )
    try:
        given = json.loads(decoded(data, name), parse_constant=_refuse)
    except (ValueError, RecursionError) as found:
        place = ""
        if isinstance(found, json.JSONDecodeError):
            place = _("（第 {line} 行）").format(line=found.lineno)
        raise error(
            _("{name} 不是完整的 JSON{place}，没有读入。请让对方重新导出一份。").format(
                name=name, place=place
            )
        ) from found
    return given if isinstance(given, dict) else {}


def _refuse(constant: str) -> None:
    """Refuse NaN and the infinities, which JSON does not have."""
    raise ValueError(constant)
