"""The faces that GB/T 9704 asks for, which of them this machine has, and what stands in for others.

A character that the chosen face lacks is drawn by the first other font that has it, and said so;
one that no font has is drawn as 〓, the printers' mark for it, and said so too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sanyou_desktop.exchange.font_file import characters_of
from sanyou_desktop.exchange.official_document import FANGSONG, HEI, KAI, SONG, TITLE
from sanyou_desktop.resources import resource_path
from sanyou_desktop.wording import _

if TYPE_CHECKING:
    from typst import FontInfo, Fonts

GETA = "〓"
_BOLD = 700

# By face of the standard: the names under which the same design is installed, then what comes
# closest to it on systems that have none, best first.
_SERIFS = ("Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "宋体", "STSong")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "微软雅黑")
_DESIGNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    FANGSONG: (
        (
            *("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "华文仿宋"),
            *("FZFangSong-Z02", "FZFangSong-Z02S", "方正仿宋_GBK", "方正仿宋简体"),
        ),
        _SERIFS,
    ),
    KAI: (
        (
            *("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "华文楷体"),
            *("FZKai-Z03", "FZKai-Z03S", "方正楷体_GBK", "方正楷体简体", "LXGW WenKai"),
        ),
        _SERIFS,
    ),
    HEI: (
        ("黑体", "SimHei", "STHeiti", "华文黑体", "FZHei-B01", "方正黑体_GBK", "方正黑体简体"),
        _SANS,
    ),
    TITLE: (
        (
            *("方正小标宋简体", "方正小标宋_GBK", "小标宋"),
            *("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "FZXBSJW--GB1-0"),
        ),
        _SERIFS,
    ),
    SONG: (
        ("宋体", "SimSun", "STSong", "华文宋体", "FZShuSong-Z01", "方正书宋_GBK", "FandolSong"),
        _SERIFS[:2],
    ),
}
# Every face ends here: it comes with the program.
_LAST = "Noto Sans CJK SC"


@dataclass(frozen=True)
class Face:
    """What a face of the standard is drawn with here.

    Attributes:
        wanted: its name in the standard.
        family: the family that is used.
        is_bold: a bold weight stands in for the heavy strokes of 小标宋.
        is_substitute: the family is of another design.
    """

    wanted: str
    family: str
    is_bold: bool
    is_substitute: bool


@dataclass(frozen=True)
class Faces:
    """The faces of a document on this machine.

    Attributes:
        by_name: by the name in the standard.
        others: families that draw what the faces lack, in this order.
        missing: characters that no font has.
        borrowed: characters that a face lacks, with the family that draws them.
    """

    by_name: Mapping[str, Face]
    others: tuple[str, ...]
    missing: tuple[str, ...]
    borrowed: tuple[tuple[str, str], ...]

    def remarks(self) -> list[str]:
        """Return what the operator is told."""
        told = substitutes_in_words(self.by_name.values())
        if self.borrowed:
            families: dict[str, str] = {}
            for char, family in self.borrowed:
                families[family] = families.get(family, "") + char
            said = _("；").join(
                f"{_shown(chars)}（{family}）" for family, chars in families.items()
            )
            told.append(_("所用字体中没有的字，改用其他字体：{said}。").format(said=said))
        if self.missing:
            told.append(
                _(
                    "本机没有字体能显示这些字，文中以「{mark}」代替，请安装字体后重新导出：{chars}。"
                ).format(mark=GETA, chars=_shown("".join(self.missing)))
            )
        return told

    def drawable(self, text: str) -> str:
        """Return a text with 〓 in the place of what no font has."""
        return text.translate(dict.fromkeys(map(ord, self.missing), GETA))


def substitutes_in_words(faces: Iterable[Face]) -> list[str]:
    """Return one remark that names the faces which are not installed, and what stands in."""
    found = [
        _("{wanted}（以 {family} 代替）").format(wanted=face.wanted, family=face.family)
        for face in faces
        if face.is_substitute
    ]
    return [_("本机没有安装公文字体：{faces}。").format(faces=_("、").join(found))] if found else []


def faces_for(texts: Iterable[str]) -> Faces:
    """Return what the texts are drawn with, and what in them cannot be drawn as asked."""
    chosen = installed_faces()
    wanted = {char for text in texts for char in text if _is_drawn(char)}
    body = _covered(chosen[FANGSONG].family)
    # What the body lacks; the other faces are asked for the same characters at worst.
    lacking = sorted(
        char
        for char in wanted
        if not all(ord(char) in _covered(face.family) for face in chosen.values())
    )
    others: list[str] = []
    missing: list[str] = []
    borrowed: list[tuple[str, str]] = []
    for char in lacking:
        family = _family_with(char, [*others, *_families()])
        if not family:
            missing.append(char)
            continue
        if family not in others:
            others.append(family)
        if ord(char) not in body:
            borrowed.append((char, family))
    return Faces(chosen, tuple(others), tuple(missing), tuple(borrowed))


@lru_cache(maxsize=1)
def fonts() -> Fonts:
    """Return the fonts of the system, and the program's own where they are needed; found once.

    The program's own is a subset of a family that many systems have whole; with both, the one
    with fewer characters might be taken.
    """
    import typst

    system = typst.Fonts(include_embedded_fonts=False)
    if _LAST in system.families():
        return system
    return typst.Fonts(include_embedded_fonts=False, font_paths=[resource_path("fonts")])


@lru_cache(maxsize=1)
def installed_faces() -> dict[str, Face]:
    """Return what each face of the standard is drawn with on this machine."""
    installed = {family.casefold(): family for family in _families()}
    chosen = {}
    for wanted, (same, close) in _DESIGNS.items():
        names = [installed[name.casefold()] for name in same if name.casefold() in installed]
        near = [installed[name.casefold()] for name in close if name.casefold() in installed]
        family = (names or near or [_LAST])[0]
        is_bold = wanted == TITLE and not names and _has_bold(family)
        chosen[wanted] = Face(wanted, family, is_bold, not names)
    return chosen


@lru_cache(maxsize=1)
def _by_family() -> dict[str, list[FontInfo]]:
    found: dict[str, list[FontInfo]] = {}
    for font in fonts().fonts():
        if font.path:
            found.setdefault(font.family, []).append(font)
    return found


def _families() -> Sequence[str]:
    """Return all families, those of the program's kind of text first."""
    return sorted(_by_family(), key=lambda name: ("CJK SC" not in name, "Noto" not in name, name))


def _has_bold(family: str) -> bool:
    return any(font.weight >= _BOLD for font in _by_family().get(family, []))


@lru_cache(maxsize=64)
def _covered(family: str) -> frozenset[int]:
    """Return the characters that some upright font of a family has."""
    upright = [font for font in _by_family().get(family, []) if font.style == "normal"]
    regular = [font for font in upright if font.weight == 400] or upright
    found: set[int] = set()
    for font in regular:
        found |= characters_of(Path(font.path or ""), font.index)
    return frozenset(found)


def _family_with(char: str, families: Iterable[str]) -> str:
    return next((family for family in families if ord(char) in _covered(family)), "")


def _is_drawn(char: str) -> bool:
    """Tell whether a character needs a glyph: not blanks, joiners and variation selectors."""
    if char.isspace() or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef":
        return False
    return unicodedata.category(char) not in ("Cc", "Cf")


def _shown(chars: str) -> str:
    most = 20
    said = _("、").join(f"{char}（U+{ord(char):04X}）" for char in dict.fromkeys(chars[:most]))
    return said + (_("等 {count} 个").format(count=len(chars)) if len(chars) > most else "")
