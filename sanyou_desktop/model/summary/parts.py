"""Sections of the document, numbered as GB/T 9704 numbers them: 一、 （一） 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.numerals import numeral
from sanyou_desktop.model.summary.blocks import Block, Heading, Paragraph
from sanyou_desktop.model.summary.remark import Remark
from sanyou_desktop.model.summary.voice import counted, sentence
from sanyou_desktop.wording import N_, _

# Up to so many records of a part are told in full, up to so many by their titles in an annex, more
# only by their number: a summary of ten thousand inspections one by one is none.
MOST_IN_FULL = 60
MOST_BY_TITLE = 200
# Findings stand in a list of their own with their days, which a superior checks one by one.
MOST_FINDINGS = 600


@dataclass(frozen=True)
class Entry:
    """What is told of one record: its opening words alone, or with all the rest, and its day."""

    brief: str
    full: tuple[str, ...]
    on: PartialDate | None = None


@dataclass(frozen=True)
class Listing:
    """The records of a part that are named in an annex."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part of a section; without a title its entries stand in the section itself.

    ``listed_in`` is the annex that names all of them anyway, if one does.
    """

    title: str
    entries: tuple[Entry, ...]
    opening: str = ""
    listed_in: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to say."""
        return not self.entries and not self.opening


@dataclass
class Section:
    """A section; ``name`` is what the operator is told where it is left out."""

    name: str
    opening: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to say."""
        return not self.opening and all(part.is_empty for part in self.parts)


def blocks_of(
    sections: Iterable[Section], remarks: list[Remark], listings: list[Listing]
) -> Iterator[Block]:
    """Yield the sections that say something; of the others the operator is told.

    What is too much for the text and not too much for an annex goes to ``listings``.
    """
    number = 0
    silent = []
    for section in sections:
        if section.is_empty:
            silent.append(section.name)
            continue
        number += 1
        yield Heading(1, f"{numeral(number)}、{section.name}")
        yield from (Paragraph(text) for text in section.opening)
        told = [part for part in section.parts if not part.is_empty]
        for place, part in enumerate(told):
            yield from _part(
                part, place + 1 if len(told) > 1 else 0, section.name, remarks, listings
            )
    if silent:
        remarks.append(
            Remark(N_("没有可写的记录，文中没有这些部分：{names}。"), names=tuple(silent))
        )


def _part(
    part: Part, number: int, section: str, remarks: list[Remark], listings: list[Listing]
) -> Iterator[Block]:
    if number and part.title:
        yield Heading(2, f"（{numeral(number)}）{part.title}")
    if part.opening:
        yield Paragraph(part.opening)
    if len(part.entries) > MOST_IN_FULL:
        yield from map(Paragraph, _in_numbers(part, section, remarks, listings))
        return
    for place, entry in enumerate(part.entries):
        for line, text in enumerate(entry.full):
            numbered = f"{place + 1}. {text}" if len(part.entries) > 1 and not line else text
            yield Paragraph(numbered)


def _in_numbers(
    part: Part, section: str, remarks: list[Remark], listings: list[Listing]
) -> Iterator[str]:
    """Yield when the many records of a part were, and where they are named."""
    count = len(part.entries)
    name = part.title or section
    names = (section, name) if name != section else (section,)
    said = [_over_time(part.entries)]
    if not part.opening and part.title:
        said = [_("{part}共{count}件").format(part=name, count=count), *said]
    if part.listed_in:
        said.append(_("名称见附件《{annex}》").format(annex=part.listed_in))
    elif count <= MOST_BY_TITLE:
        said.append(_("名称见附件《{annex}》").format(annex=listing_title()))
        listings.append(Listing("：".join(names), tuple(one.brief for one in part.entries)))
    if words := _("，").join(filter(None, said)):
        yield sentence(words)
    is_named = bool(part.listed_in) or count <= MOST_BY_TITLE
    text = (
        N_("{part}共 {count} 件，文中只写件数，名称列在附件中，具体内容没有展开。")
        if is_named
        else N_("{part}共 {count} 件，文中只写件数，没有逐件列出。")
    )
    remarks.append(Remark(text, names=names, count=count))


def findings_title() -> str:
    """Return what the annex is called that lists the findings."""
    return _("问题整改清单")


def listing_title() -> str:
    """Return what the annex is called that names the records of long parts."""
    return _("记录名称清单")


def _over_time(entries: Iterable[Entry]) -> str:
    """Return 按季度分：一季度141件、二季度140件, or by years; "" where days are unknown.

    A record whose date does not say so much is counted apart.
    """
    days = [entry.on for entry in entries]
    years = {day.year for day in days if day and day.year}
    if not years:
        return ""
    if len(years) > 1:
        by = _("按年度分")
        titles = {year: _("{year}年").format(year=year) for year in sorted(years)}
        told = Counter(day.year if day else None for day in days)
    else:
        by = _("按季度分")
        titles = {at: _("{quarter}季度").format(quarter=numeral(at)) for at in range(1, 5)}
        told = Counter((day.month + 2) // 3 if day and day.month else None for day in days)
    known = [(title, told[at]) for at, title in titles.items()]
    rest = len(days) - sum(count for _title, count in known)
    said = counted([*known, (_("日期不详"), rest)], _("件"))
    return f"{by}：{said}" if rest < len(days) else ""
