"""制度 in words: collections with their honest counts, single rules by category."""

from __future__ import annotations

from collections.abc import Sequence

from sanyou_desktop.model.announced_rules import (
    announced_rules,
    collection_in_words,
    is_collection,
)
from sanyou_desktop.model.rule import RULE_CATEGORIES, Rule
from sanyou_desktop.model.summary.parts import Entry, Part, Section
from sanyou_desktop.model.summary.voice import (
    Voice,
    listed,
    one_line,
    paragraphs,
    sentence,
    sentences,
    titles_of,
)
from sanyou_desktop.wording import _

# Fewer parts than that keep their headings, however little each holds.
_APART = 3
# The text of a whole rule has no place in a summary; a note of one line that says what it is for
# does.
_MOST_OF_A_NOTE = 200


def is_notice(rule: Rule) -> bool:
    """Tell whether a rule is a notice, by which work is organised rather than regulated."""
    return rule.genre == "notice"


def notices(rules: Sequence[Rule], voice: Voice) -> Part:
    """Return the part of 组织领导 that names what was issued to organise the work."""
    return Part(_("部署文件"), tuple(_notice(rule, voice) for rule in rules if is_notice(rule)))


def section(rules: Sequence[Rule], voice: Voice, stock: str) -> Section:
    """Return 规章制度; ``stock`` says how many rules are in force, from the indicators."""
    made = Section(_("规章制度"))
    wanted = [rule for rule in rules if not is_notice(rule)]
    collections = [rule for rule in wanted if is_collection(rule)]
    single = [rule for rule in wanted if not is_collection(rule) and rule.status != "repealed"]
    repealed = [rule for rule in wanted if not is_collection(rule) and rule.status == "repealed"]
    if wanted:
        made.opening.append(sentences(_counts(single, collections, repealed), stock))
    if collections:
        made.parts.append(
            Part(
                _("成套制度"),
                tuple(_collection(rule, voice) for rule in collections),
                sentence(_announced(collections, voice)),
            )
        )
    made.parts += _together(_by_category(single, voice))
    made.parts.append(Part(_("废止制度"), tuple(_single(rule, voice) for rule in repealed)))
    return made


def _counts(single: Sequence[Rule], collections: Sequence[Rule], repealed: Sequence[Rule]) -> str:
    counts = (
        (_("单项制度{count}件"), len(single)),
        (_("成套制度{count}套"), len(collections)),
        (_("已废止{count}件"), len(repealed)),
    )
    told = _("、").join(text.format(count=count) for text, count in counts if count)
    return _("登记{told}").format(told=told)


def _announced(collections: Sequence[Rule], voice: Voice) -> str:
    found = announced_rules(collections)
    if voice.several and found.units:
        text = _("成套制度公布共{count}项（{units}个单位报数，其中已录标题{known}项")
        text = text.format(count=found.announced, units=found.units, known=found.known_titles)
        if found.units_without_count:
            text += _("；{units}个单位未报数").format(units=found.units_without_count)
        return text + "）"
    if not found.units:
        return _("成套制度未公布项数")
    return _("成套制度公布共{count}项，已录标题{known}项").format(
        count=found.announced, known=found.known_titles
    )


def _collection(rule: Rule, voice: Voice) -> Entry:
    opening = voice.heading(rule, one_line(rule.title), rule.issued_on)
    known = collection_in_words(rule).replace(" ", "") if rule.titles else _unnamed(rule)
    if rule.titles:
        known += _("：{titles}").format(titles=listed([one_line(title) for title in rule.titles]))
    return Entry(opening, (sentences(opening, known, _note(rule)),), rule.issued_on)


def _unnamed(rule: Rule) -> str:
    """Return what is told of a collection of which no title is known."""
    if rule.announced_count is None:
        return _("未公布项数和名称")
    return _("公布{count}项，名称均未录入").format(count=rule.announced_count)


def _together(parts: list[Part]) -> list[Part]:
    """Return rules of which every category has one as one part: a heading each tells nothing."""
    if len(parts) < _APART or any(len(part.entries) > 1 for part in parts):
        return parts
    return [Part(_("单项制度"), tuple(entry for part in parts for entry in part.entries))]


def _by_category(rules: Sequence[Rule], voice: Voice) -> list[Part]:
    titles = titles_of(RULE_CATEGORIES)
    by_category: dict[str, list[Rule]] = {value: [] for value in (*titles, "")}
    for rule in rules:
        by_category.setdefault(rule.category, []).append(rule)
    return [
        Part(
            _("{category}制度").format(category=titles.get(category) or titles["other"]),
            tuple(_single(rule, voice) for rule in found),
        )
        for category, found in by_category.items()
        if found
    ]


def _single(rule: Rule, voice: Voice) -> Entry:
    titles = [one_line(title) for title in rule.titles]
    known = _("包括{titles}{count}项").format(titles=listed(titles), count=len(titles))
    opening = _opening(rule, voice)
    texts = (sentences(opening, known if titles else "", _note(rule)),)
    return Entry(opening, texts, rule.issued_on)


def _opening(rule: Rule, voice: Voice) -> str:
    """Return 单位：《标题》（发文字号，2026年3月1日印发）."""
    details = [rule.doc_number]
    if rule.issued_on:
        details.append(_("{date}印发").format(date=rule.issued_on.in_words()))
    if rule.status == "repealed" and rule.repealed_on:
        details.append(_("{date}废止").format(date=rule.repealed_on.in_words()))
    known = _("，").join(detail for detail in details if detail)
    named = _("《{title}》").format(title=one_line(rule.title))
    return voice.heading(rule, named + (f"（{known}）" if known else ""))


def _notice(rule: Rule, voice: Voice) -> Entry:
    """Return 2003年8月，甲、乙联合印发《…通知》（发文字号）."""
    unit = voice.unit(rule)
    issuers = list(dict.fromkeys(filter(None, (unit, *map(one_line, rule.joint_issuers)))))
    date = _("{date}，").format(date=rule.issued_on.in_words()) if rule.issued_on else ""
    verb = _("{issuers}联合印发") if len(issuers) > 1 else _("{issuers}印发")
    named = _("《{title}》").format(title=one_line(rule.title))
    number = f"（{rule.doc_number}）" if rule.doc_number else ""
    opening = date + verb.format(issuers=_("、").join(issuers)) + named + number
    return Entry(opening, (sentences(opening, _note(rule)),), rule.issued_on)


def _note(rule: Rule) -> str:
    lines = paragraphs(rule.text)
    return lines[0] if len(lines) == 1 and len(lines[0]) <= _MOST_OF_A_NOTE else ""
