"""Who is meant by names as people write them, so that one can tell whether two are the same."""

from __future__ import annotations

import re
import unicodedata

from sanyou_desktop.model.fields.listing import listed

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_BETWEEN_NAMES = re.compile(r"[和与及/&]|(?<=\w\w)\s+(?=\w\w)")


def people_in(written: str) -> set[str]:
    """Return the names in a text, however they are separated: 张 三，李四（科长）和王五/赵六."""
    plain = _IN_BRACKETS.sub("", unicodedata.normalize("NFKC", written))
    # 张 三 is one name spread out, 张三 李四 are two.
    parted = _BETWEEN_NAMES.sub("、", plain)
    return {"".join(str(name).split()) for name in listed(parted)}
