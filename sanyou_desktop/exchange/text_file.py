"""Text from a file whose encoding nobody states."""

from __future__ import annotations

from sanyou_desktop.exchange.errors import Unsupported
from sanyou_desktop.wording import to_user

# The longer mark first: UTF-32 begins as UTF-16 does.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decoded(data: bytes, name: str) -> str:
    """Return the text of ``data``: by its byte order mark, else strict UTF-8, else GB18030.

    A Chinese office program saves .csv in GBK, a part of GB18030, without saying so.

    Raises:
        Unsupported: it is none of these.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Text of an office holds no zero characters; what does is no text.
        if "\0" not in text:
            return text
    raise Unsupported(
        to_user(
            "{name} 不是 UTF-8 或 GB18030 文字，没有读入。请用记事本另存为 UTF-8 后再试。"
        ).format(name=name)
    )
