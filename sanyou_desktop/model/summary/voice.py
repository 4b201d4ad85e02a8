"""How the document speaks: who is named, how dates, quantities and lists are put into words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sanyou_desktop.model.activity import Figure
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Option
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.quantity import Quantity, bound, plain
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import N_, _

# Control characters, which no file format can hold, and those that turn the direction of what
# follows; line ends are told apart before.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_YUAN = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)元")
_LARGE = (
    (Decimal(100_000_000), N_("{amount}亿元")),
    (Decimal(10_000), N_("{amount}万元")),
)
_ENDS = "。！？!?；;…"
_IN_SENTENCES = {"finding": N_("问题"), "survey": N_("满意度测评")}
_BOUNDS = {
    "over": N_("{written}（不少于{figure}）"),
    "under": N_("{written}（不超过{figure}）"),
    "about": N_("{written}（约{figure}）"),
}
# A list whose entries are longer than this reads better with semicolons.
_SHORT = 16


@dataclass(frozen=True)
class Voice:
    """Who speaks: one unit of itself, or a superior unit of many.

    Attributes:
        names: names of the units by code.
        several: records of more than one unit are told, so each is named.
    """

    names: Mapping[str, str]
    several: bool

    def unit(self, record: Record) -> str:
        """Return the name of the record's unit where several speak, else ""."""
        return self.names.get(record.unit, record.unit) if self.several else ""

    def heading(
        self, record: Record, title: str, on: PartialDate | None = None, verb: str = ""
    ) -> str:
        """Return 单位：标题（2006年5月公示）, the opening words of a paragraph about one record."""
        unit = self.unit(record)
        opening = _("{unit}：{title}").format(unit=unit, title=title) if unit else title
        return opening + (_("（{date}{verb}）").format(date=on.in_words(), verb=verb) if on else "")


def one_line(text: str) -> str:
    """Return a text without control characters and line ends."""
    return " ".join(_CONTROL.sub("", text).split())


def paragraphs(text: str) -> list[str]:
    """Return the lines of a text that have something on them."""
    lines = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return [line.strip() for line in lines if line.strip()]


def sentence(text: str) -> str:
    """Return a text that ends as a sentence does."""
    tidy = text.strip()
    if not tidy:
        return ""
    # ； and ， at the end of what somebody wrote become the end of a sentence.
    bare = tidy.rstrip("，,、；;")
    return bare if bare and bare[-1] in _ENDS else f"{bare}。"


def sentences(*texts: str) -> str:
    """Return texts one after the other, each ended; empty ones are left out."""
    return "".join(sentence(text) for text in texts if text.strip())


def listed(items: Sequence[str]) -> str:
    """Return 甲、乙、丙; longer entries are parted by ；."""
    between = _("；") if any(len(item) > _SHORT for item in items) else _("、")
    return between.join(item.rstrip("。；;，,、") for item in items)


def counted(counts: Iterable[tuple[str, int]], unit: str) -> str:
    """Return 检查3件、投诉1件, leaving out what is 0."""
    return _("、").join(f"{name}{count}{unit}" for name, count in counts if count)


def kind_words(kind: str) -> str:
    """Return what a record of a kind is called in a sentence: 问题 rather than 问题整改."""
    return _(_IN_SENTENCES.get(kind) or kind_of(kind).title)


def titles_of(options: Iterable[Option]) -> dict[str, str]:
    """Return the titles of choices by value, in their order."""
    return {option.value: _(option.title) for option in options}


def quantity_words(quantity: Quantity) -> str:
    """Return a quantity as it was written; what is no exact number with its bound beside it.

    283辆次; 140多万元（不少于140万元）; 一大批.
    """
    written = one_line(quantity.as_written)
    if not written:
        return quantity.in_words()
    if quantity.qualifier == "exact" or quantity.value is None:
        return written
    if quantity.qualifier == "about" and written.startswith(_("约")):
        # 约3万元（约3万元）would say it twice.
        return written
    figure = replace(quantity, qualifier="exact").in_words().replace(" ", "")
    return _(_BOUNDS[bound(quantity.qualifier)]).format(
        written=written, figure=in_large_units(figure)
    )


def opened_by(
    voice: Voice, record: Record, title: str, first: str, on: PartialDate | None, verb: str = ""
) -> str:
    """Return the first sentences about a record: what it is called, when it was, what it was.

    A text that begins with the title says it itself: 2026年1月12日，召开推进会，由综合科牵头。
    """
    bare = title.rstrip("。！？!?；;，,、")
    if not bare or not first.startswith(bare) or verb:
        return sentence(voice.heading(record, title, on, verb)) + sentence(first)
    day = _("{date}，").format(date=on.in_words()) if on else ""
    unit = voice.unit(record)
    told = _("{unit}：{title}").format(unit=unit, title=day + first) if unit else day + first
    return sentence(told)


def in_large_units(words: str) -> str:
    """Return sums in 万元 or 亿元 where two places tell them whole, as documents do: 140万元."""

    def larger(found: re.Match[str]) -> str:
        value = Decimal(found.group(1).replace(",", ""))
        for factor, words in _LARGE:
            if value >= factor and not value % (factor / 100):
                return _(words).format(amount=plain(value / factor))
        return found.group(0)

    return _YUAN.sub(larger, words)


def sum_words(written: str) -> str:
    """Return a sum as a sentence says it: 不少于140万元 for ≥1,400,000 元."""
    words = written.replace("≥", _("不少于")).replace("≤", _("不超过"))
    return in_large_units(words.replace(" ", ""))


def figure_words(figure: Figure) -> str:
    """Return 派车283辆次: a label with its quantity."""
    label = one_line(figure.label)
    if figure.quantity is None:
        return label
    said = quantity_words(figure.quantity)
    return (
        label + said if said[:1].isdigit() else _("{label}：{said}").format(label=label, said=said)
    )


def period_words(period: Period, today: date) -> str:
    """Return the period as a document says it: 2026年, 2026年1月1日至6月10日; "" for all time."""
    if period.is_everything:
        return ""
    if period.grain:
        return period.in_words()
    if period.first is None:
        return _("截至{day}").format(day=_day(period.last or today))
    if period.last is None:
        return _("{first}以来").format(first=_day(period.first))
    words = month_and_day_words if period.last.year == period.first.year else _day
    last = words(period.last)
    return _("{first}至{last}").format(first=_day(period.first), last=last)


def day_words(day: date) -> str:
    """Return 2026年3月1日."""
    return _day(day)


def month_and_day_words(day: date) -> str:
    """Return 3月1日, for where the year was said."""
    return _day(day).partition("年")[2]


def _day(day: date) -> str:
    return PartialDate.of(day).in_words()
