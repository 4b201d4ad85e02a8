"""承诺 in words."""

from __future__ import annotations

from collections.abc import Sequence

from sanyou_desktop.model.pledge import Clause, Pledge
from sanyou_desktop.model.summary.deeds import section_of_themes
from sanyou_desktop.model.summary.parts import Entry, Part
from sanyou_desktop.model.summary.voice import (
    Voice,
    listed,
    one_line,
    paragraphs,
    sentence,
    sentences,
)
from sanyou_desktop.wording import _


def part_of(pledges: Sequence[Pledge], voice: Voice, section: str) -> Part:
    """Return the part of a section that tells its pledges."""
    wanted = [pledge for pledge in pledges if section_of_themes(pledge.themes) == section]
    return Part(_("服务承诺"), tuple(entry_of(pledge, voice) for pledge in wanted))


def entry_of(pledge: Pledge, voice: Voice) -> Entry:
    """Return what is told of one pledge: to whom, what, in which clauses, published where."""
    opening = voice.heading(pledge, one_line(pledge.title), pledge.published_on, _("公示"))
    first, *others = paragraphs(pledge.statement) or [""]
    audience = one_line(pledge.audience)
    before = _("承诺对象：{audience}").format(audience=audience) if audience else ""
    after = sentences(_clauses(pledge.clauses), *_published(pledge))
    head = sentence(opening) + sentences(before, first)
    if not others:
        return Entry(opening, (head + after,), pledge.published_on)
    texts = (head, *map(sentence, others), *([after] if after else []))
    return Entry(opening, texts, pledge.published_on)


def _clauses(clauses: Sequence[Clause]) -> str:
    """Return the clauses with their count; those whose words are not known are counted apart."""
    told = [_clause(clause) for clause in clauses if clause.text.strip()]
    unknown = len(clauses) - len(told)
    if not told:
        return _("共{count}项，各项内容待补充").format(count=unknown) if unknown else ""
    words = _("承诺内容{count}项：{clauses}").format(count=len(told), clauses=listed(told))
    if unknown:
        words += _("；另有{count}项内容待补充").format(count=unknown)
    return words


def _clause(clause: Clause) -> str:
    details = [one_line(clause.standard), one_line(clause.time_limit)]
    if clause.target is not None and not clause.target:
        details.append(_("零目标"))
    known = _("，").join(detail for detail in details if detail)
    text = one_line(clause.text).rstrip("。；;")
    return _("{text}（{details}）").format(text=text, details=known) if known else text


def _published(pledge: Pledge) -> list[str]:
    told = []
    if pledge.published_where:
        told.append(_("公示方式：{where}").format(where=one_line(pledge.published_where)))
    if pledge.hotline:
        told.append(_("监督电话：{hotline}").format(hotline=one_line(pledge.hotline)))
    if pledge.status == "ended":
        told.append(_("该承诺已终止"))
    return told
