"""Who has a workbook open, as the file tells that an office program keeps beside it meanwhile.

Excel, ONLYOFFICE and WPS on Windows write ``~$name``, WPS on Linux ``.~name`` (UOS and Kylin come
with it), LibreOffice ``.~lock.name#``.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sanyou_desktop.exchange.errors import FileBusy
from sanyou_desktop.wording import _, to_user

# Excel's owner file: a length byte, the name in the system's code page up to here, then a length
# and the name once more in UTF-16.
_WIDE_NAME_AT = 54
_BEGINS = ("~$", ".~")
_LONG = 10


def check_not_open(path: Path) -> None:
    """Refuse a workbook that an office program has open.

    Raises:
        FileBusy: the text names who has it open, as far as the owner file tells.
    """
    owners = [(owner, _excel_name) for owner in _excel_owners(path)]
    for owner, read in (*owners, (_libre_owner(path), _libre_name)):
        content = _content(owner)
        if content is None:
            continue
        who = read(content) or _("别人")
        raise FileBusy(
            to_user(
                "{name} 正被{who}打开，没有写入，文件未变。"
                "请关闭后再试；如果确定没有人打开，请删除旁边的 {owner}。"
            ).format(name=path.name, who=who, owner=owner.name),
            who=who,
            owner=owner.name,
        )


def _content(owner: Path) -> bytes | None:
    """Return what an owner file holds, nothing if it may not be read, None if there is none."""
    try:
        return owner.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        # No file can have such a name. Else: Excel keeps it locked while the workbook is open.
        return None if error.errno == errno.ENAMETOOLONG else b""


def _excel_owners(path: Path) -> Iterator[Path]:
    """Yield the names that an owner file of Excel's kind may have."""
    name = path.name
    yield from (path.with_name(f"{begin}{name}") for begin in _BEGINS)
    # Word and some versions of WPS drop the first one or two letters of a long name; a file that
    # is called what is left has an owner file of its own.
    for short in (name[1:], name[2:]) if len(name) > _LONG else ():
        if not os.path.exists(path.with_name(short)):
            yield from (path.with_name(f"{begin}{short}") for begin in _BEGINS)


def _libre_owner(path: Path) -> Path:
    return path.with_name(f".~lock.{path.name}#")


def _excel_name(content: bytes) -> str:
    wide = content[_WIDE_NAME_AT + 2 :]
    if len(content) > _WIDE_NAME_AT + 2:
        length = int.from_bytes(content[_WIDE_NAME_AT : _WIDE_NAME_AT + 2], "little")
        with suppress(UnicodeDecodeError):
            name = wide[: length * 2].decode("utf-16-le").strip(" \0")
            if name:
                return name
    length = content[0] if content else 0
    # A length byte leads, or nothing but the name stands there.
    narrow = content[1 : 1 + length] if length < len(content) else content
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return narrow.decode(encoding).strip(" \0\r\n")
    return ""


def _libre_name(content: bytes) -> str:
    with suppress(UnicodeDecodeError):
        parts = content.decode("utf-8").split(",")
        named = next((part.strip() for part in parts[:2] if part.strip()), "")
        machine = parts[2].strip() if len(parts) > 2 else ""
        return f"{named}（{machine}）" if named and machine else named or machine
    return ""
