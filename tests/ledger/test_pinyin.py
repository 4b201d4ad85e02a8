"""How Chinese is read, and how typed letters are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin.constants import PINYIN_DICT

from sanyou_desktop.ledger import pinyin
from sanyou_desktop.ledger.pinyin_syllables import SYLLABLES, canonical, cuts

# Dialect and interjection: nobody types these to find a word.
_NOT_TYPED = {"m", "n", "ng", "hm", "hng", "nia", "len", "cei", "wong", "din", "bong", "nun", "rua"}
_NOT_TYPED |= {"tei", "fiao", "lo", "dia", "dei", "eng", "zhei", "yo"}


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("车辆接待", "che liang jie dai"),
        ("重庆", "chong qing"),
        ("重要", "zhong yao"),
        ("银行行长", "yin hang hang zhang"),
        ("行政", "xing zheng"),
        ("会计", "kuai ji"),
        ("长乐", "chang le"),
        ("厦门", "xia men"),
        ("调研", "diao yan"),
        ("绿化", "lv hua"),
        ("战略", "zhan lue"),
        ("差旅", "chai lv"),
        ("晋江", "jin jiang"),
    ],
)
def test_words_are_read_as_people_say_them(word: str, read: str) -> None:
    assert tuple(read.split()) in pinyin.readings(word)


def test_a_lone_character_of_two_readings_is_found_by_both() -> None:
    assert pinyin.readings("曾志强") == (("zeng", "zhi", "qiang"), ("ceng", "zhi", "qiang"))


def test_characters_without_a_reading_part_the_stream() -> None:
    assert pinyin.readings("车😀队") == (("che",), ("dui",))
    assert pinyin.readings("😀") == ()


def test_the_table_has_every_syllable_that_characters_are_read_by() -> None:
    written = {
        canonical(pinyin._plain(reading))
        for readings in PINYIN_DICT.values()
        for reading in readings.split(",")
    } - {""}
    assert written | _NOT_TYPED >= SYLLABLES
    unread = {
        reading
        for code, readings in PINYIN_DICT.items()
        for reading in readings.split(",")
        if 0x4E00 <= code <= 0x9FA5 and not pinyin._plain(reading)
    }
    # The rest are readings such as ḿ and hng.
    assert len(unread) < 40


def test_every_reading_by_hand_is_a_syllable() -> None:
    by_hand = {syllable for readings in pinyin._ALSO.values() for syllable in readings.split()}
    by_hand |= {syllable for word in pinyin._WORDS.values() for syllable in word}
    assert by_hand <= SYLLABLES


def test_letters_are_cut_in_every_way_that_makes_syllables() -> None:
    assert set(cuts("xian")) >= {("xian",), ("xi", "an"), ("xia", "n")}
    assert ("che", "liang", "j") in cuts("cheliangj")
    assert cuts("vvv") == ()
    assert cuts("") == ((),)


@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=3))
def test_what_was_written_in_syllables_is_among_the_cuts(syllables: list[str]) -> None:
    assert tuple(syllables) in cuts("".join(syllables))


@given(st.text(alphabet="aeiounghcxzlv", max_size=48))
def test_every_cut_is_the_letters_again(letters: str) -> None:
    found = cuts(letters)
    assert len(found) <= 12
    assert all("".join(cut) == letters for cut in found)
