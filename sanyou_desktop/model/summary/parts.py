"""Sections of the document, numbered as GB/T 9704 numbers them: 一、 （一） 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sanyou_desktop.model.numerals import numeral
from sanyou_desktop.model.summary.blocks import Block, Heading, Paragraph
from sanyou_desktop.model.summary.remark import Remark
from sanyou_desktop.model.summary.voice import listed, sentence
from sanyou_desktop.wording import N_, _

# Up to so many records of a part are told in full, up to so many by their titles, more only by
# their number: a summary of ten thousand inspections one by one is none.
MOST_IN_FULL = 60
MOST_BY_TITLE = 600


@dataclass(frozen=True)
class Entry:
    """What is told of one record: its opening words alone, or with all the rest."""

    brief: str
    full: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part of a section; without a title its entries stand in the section itself."""

    title: str
    entries: tuple[Entry, ...]
    opening: str = ""

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


def blocks_of(sections: Iterable[Section], remarks: list[Remark]) -> Iterator[Block]:
    """Yield the sections that say something; of the others the operator is told."""
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
            yield from _part(part, place + 1 if len(told) > 1 else 0, section.name, remarks)
    if silent:
        remarks.append(
            Remark(N_("没有可写的记录，文中没有这些部分：{names}。"), names=tuple(silent))
        )


def _part(part: Part, number: int, section: str, remarks: list[Remark]) -> Iterator[Block]:
    if number and part.title:
        yield Heading(2, f"（{numeral(number)}）{part.title}")
    if part.opening:
        yield Paragraph(part.opening)
    count = len(part.entries)
    if count > MOST_BY_TITLE:
        remarks.append(
            Remark(
                N_("{part}共 {count} 件，文中只写件数，没有逐件列出。"),
                names=(part.title or section,),
                count=count,
            )
        )
        if not part.opening:
            yield Paragraph(_("{part}共{count}件。").format(part=part.title, count=count))
        return
    if count > MOST_IN_FULL:
        remarks.append(
            Remark(
                N_("{part}共 {count} 件，文中只列标题，具体内容没有展开。"),
                names=(part.title or section,),
                count=count,
            )
        )
        yield Paragraph(sentence(listed([entry.brief for entry in part.entries])))
        return
    for place, entry in enumerate(part.entries):
        for line, text in enumerate(entry.full):
            numbered = f"{place + 1}. {text}" if count > 1 and not line else text
            yield Paragraph(numbered)
