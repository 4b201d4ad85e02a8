"""How Chinese is read, for the index only: words by pypinyin's phrases, single characters by hand.

Loading the reading data takes about 0.2 s, so this module is imported when the first record with
Chinese is indexed, never for searching.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from sanyou_desktop.ledger.pinyin_syllables import SYLLABLES, canonical

Stream = tuple[str, ...]

# Longer entries are sayings and verse, which only repeat what their words say.
_LONGEST_PHRASE = 4
# Each side of a character read in a second way, this many neighbours are indexed with it.
_AROUND = 3
# Office words that pypinyin's phrases lack or give another reading than people say.
_WORDS = {
    "还款": ("huan", "kuan"),
    "同行": ("tong", "xing"),
    "朝阳": ("chao", "yang"),
    "处室": ("chu", "shi"),
    "差旅": ("chai", "lv"),
    "出差": ("chu", "chai"),
}
# Characters that are commonly read in more than one way (surnames included). Where no phrase
# settles the reading, both are found. pypinyin's own lists also hold readings nobody means today.
_ALSO = {
    "行": "hang xing",
    "重": "zhong chong",
    "长": "chang zhang",
    "调": "diao tiao",
    "会": "hui kuai",
    "乐": "le yue",
    "都": "du dou",
    "还": "hai huan",
    "单": "dan shan",
    "曾": "zeng ceng",
    "仇": "qiu chou",
    "区": "qu ou",
    "解": "jie xie",
    "查": "cha zha",
    "盛": "sheng cheng",
    "石": "shi dan",
    "厦": "sha xia",
    "朴": "pu piao",
    "尉": "wei yu",
    "翟": "zhai di",
    "覃": "qin tan",
    "柏": "bai bo",
    "薄": "bao bo",
    "藏": "cang zang",
    "朝": "chao zhao",
    "称": "cheng chen",
    "传": "chuan zhuan",
    "差": "cha chai",
    "大": "da dai",
    "得": "de dei",
    "地": "di de",
    "的": "de di",
    "度": "du duo",
    "给": "gei ji",
    "和": "he huo",
    "降": "jiang xiang",
    "角": "jiao jue",
    "觉": "jue jiao",
    "校": "xiao jiao",
    "卡": "ka qia",
    "壳": "ke qiao",
    "了": "le liao",
    "率": "lv shuai",
    "绿": "lv lu",
    "露": "lu lou",
    "落": "luo la",
    "模": "mo mu",
    "没": "mei mo",
    "弄": "nong long",
    "炮": "pao bao",
    "色": "se shai",
    "塞": "sai se",
    "什": "shen shi",
    "识": "shi zhi",
    "似": "si shi",
    "宿": "su xiu",
    "提": "ti di",
    "血": "xue xie",
    "削": "xiao xue",
    "择": "ze zhai",
    "着": "zhe zhuo",
    "种": "zhong chong",
    "参": "can shen",
    "泊": "bo po",
    "贾": "jia gu",
    "隗": "wei kui",
    "员": "yuan yun",
    "缪": "miao mou",
    "佛": "fo fu",
    "圩": "xu wei",
    "埔": "pu bu",
    "涌": "yong chong",
    "六": "liu lu",
    "阿": "a e",
}


@lru_cache(maxsize=8192)
def readings(run: str) -> tuple[Stream, ...]:
    """Return the syllables of a run of Chinese, in order, without tones.

    First come the run's own streams (more than one where characters without a reading interrupt
    it), then a short one around each character that may be read in a second way.
    """
    main: list[str] = []
    second: list[tuple[int, str]] = []
    for syllables, others in _words(run):
        second += [(len(main), other) for other in others]
        main += syllables
    streams = list(_uninterrupted(main))
    for place, other in second:
        before = _unbroken(main[max(0, place - _AROUND) : place], from_end=True)
        after = _unbroken(main[place + 1 : place + 1 + _AROUND], from_end=False)
        streams.append((*before, other, *after))
    return tuple(streams)


def _words(run: str) -> Iterator[tuple[Stream, Stream]]:
    """Yield the readings of each word, longest match first, and a lone character's others."""
    place = 0
    while place < len(run):
        longest = _longest_from(run[place : place + 2])
        for end in range(min(place + longest, len(run)), place + 1, -1):
            found = _phrase(run[place:end])
            if found:
                yield found, ()
                place = end
                break
        else:
            known = _characters(run[place])
            yield known[:1] or ("",), known[1:]
            place += 1


def _longest_from(pair: str) -> int:
    """Return the length of the longest word that begins with a pair of characters, 0 if none."""
    if not _LONGEST:
        for word in (*PHRASES_DICT, *_WORDS):
            if len(word) <= _LONGEST_PHRASE:
                _LONGEST[word[:2]] = max(len(word), _LONGEST.get(word[:2], 0))
    return _LONGEST.get(pair, 0)


_LONGEST: dict[str, int] = {}


@lru_cache(maxsize=16384)
def _phrase(word: str) -> Stream:
    if word in _WORDS:
        return _WORDS[word]
    found = PHRASES_DICT.get(word)
    return tuple(_plain(reading[0]) for reading in found) if found else ()


@lru_cache(maxsize=8192)
def _characters(char: str) -> Stream:
    if char in _ALSO:
        return tuple(_ALSO[char].split())
    listed = PINYIN_DICT.get(ord(char), "")
    return tuple(_plain(reading) for reading in listed.split(",")[:1] if _plain(reading))


def _plain(reading: str) -> str:
    """Return a reading without its tone; "" for the few that nobody types, such as ḿ."""
    spelled = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    letters = canonical("".join(char for char in spelled if char.isascii()))
    return letters if letters in SYLLABLES else ""


def _uninterrupted(syllables: list[str]) -> Iterator[Stream]:
    stream: list[str] = []
    for syllable in [*syllables, ""]:
        if syllable:
            stream.append(syllable)
        elif stream:
            yield tuple(stream)
            stream = []


def _unbroken(syllables: list[str], *, from_end: bool) -> Stream:
    """Return the syllables next to a place, up to the first character without a reading."""
    nearest_first = syllables[::-1] if from_end else syllables
    known = nearest_first[: nearest_first.index("")] if "" in nearest_first else nearest_first
    return tuple(known[::-1] if from_end else known)
