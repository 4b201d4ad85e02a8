"""Make the bundled font: the part of Noto Sans CJK SC that office texts in Chinese need.

Run with fontTools installed: ``python make_subset.py NotoSansCJK-Regular.ttc``. The characters are
those of GB 2312, ASCII, Latin-1, Chinese and full-width punctuation, and the rare ones that
the tests use. Hints are dropped; tabular digits are kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection

FACE = "Noto Sans CJK SC"
RARE = "𠮷㐂〔〕〇○●◔☐☑☒①②③④⑤⑥⑦⑧⑨⑩≥≤≠≈±×÷"
RARE += "℃㎡…—·「」『』《》〈〉、。！？：；（）％＋－＝←↑→↓▲▼△▽■□★☆✓✕"


def wanted() -> set[int]:
    """Return the code points to keep."""
    chars = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100)) | set(range(0x3000, 0x3040))
    chars |= set(range(0xFF00, 0xFF66)) | set(range(0x2010, 0x2040)) | {ord(c) for c in RARE}
    for high in range(0xA1, 0xFF):
        for low in range(0xA1, 0xFF):
            chars |= {ord(c) for c in bytes((high, low)).decode("gb2312", "ignore")}
    return chars


def main(source: str) -> None:
    """Write the subset beside this file."""
    fonts = TTCollection(source).fonts
    font = next(f for f in fonts if f["name"].getDebugName(1) == FACE)
    options = Options()
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = ["tnum", "kern", "locl", "ccmp"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted())
    subsetter.subset(font)
    font.save(Path(__file__).with_name("NotoSansCJKsc-Regular-subset.otf"))


if __name__ == "__main__":
    main(sys.argv[1])
