"""满意度 in words; counts are pooled, percentages never averaged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sanyou_desktop.model.fields import fields_of
from sanyou_desktop.model.indicators import Reading
from sanyou_desktop.model.quantity import plain
from sanyou_desktop.model.summary.checks import compared, rate_words
from sanyou_desktop.model.summary.parts import Entry, Part, Section
from sanyou_desktop.model.summary.voice import Voice, one_line, paragraphs, sentence, sentences
from sanyou_desktop.model.survey import GRADES, Survey
from sanyou_desktop.wording import _


def section(surveys: Sequence[Survey], voice: Voice, readings: Mapping[str, Reading]) -> Section:
    """Return 满意度测评."""
    made = Section(_("满意度测评"))
    if surveys:
        rates = [rate_words(readings.get(key)) for key in ("return_rate", "satisfaction_rate")]
        counted = _("完成满意度测评{count}次").format(count=len(surveys))
        more = compared(readings.get("satisfaction_rate"))
        rates.append(more and _("满意率{more}").format(more=more))
        pooled = _("，").join(rate for rate in rates if rate)
        made.opening.append(
            sentences(counted, _("合并计算，{rates}").format(rates=pooled) if pooled else "")
        )
        made.parts.append(Part("", tuple(entry_of(one, voice) for one in surveys)))
    return made


def entry_of(survey: Survey, voice: Voice) -> Entry:
    """Return what is told of one survey: who was asked, how many answered, and what."""
    opening = voice.heading(survey, one_line(survey.title), survey.held_on)
    asked = [
        _("{name}：{text}").format(name=name, text=one_line(text))
        for name, text in ((_("测评对象"), survey.respondents), (_("测评方式"), survey.method))
        if text
    ]
    told = (_("，").join(asked), _sheets(survey), _grades(survey), _rate(survey))
    lines = paragraphs(survey.suggestions)
    if not lines:
        return Entry(opening, (sentences(opening, *told),), survey.held_on)
    suggestions = _("意见建议：{text}").format(text=lines[0])
    texts = (sentences(opening, *told) + sentence(suggestions), *map(sentence, lines[1:]))
    return Entry(opening, texts, survey.held_on)


def grade_titles() -> list[str]:
    """Return what the grades are called, best first."""
    return [_(fields_of(Survey)[grade].title) for grade in GRADES]


def _sheets(survey: Survey) -> str:
    told = []
    if survey.distributed is not None:
        told.append(_("发出{count}份").format(count=survey.distributed))
    if survey.returned is not None:
        told.append(_("收回{count}份").format(count=survey.returned))
    rate = survey.return_rate()
    if rate is not None:
        told.append(_("回收率{rate}%").format(rate=plain(rate)))
    return _("，").join(told)


def _grades(survey: Survey) -> str:
    counts = [getattr(survey, grade) for grade in GRADES]
    return _("、").join(
        _("{grade}{count}份").format(grade=title, count=count)
        for title, count in zip(grade_titles(), counts, strict=True)
        if count is not None
    )


def _rate(survey: Survey) -> str:
    rate = survey.satisfaction_rate()
    if rate is None:
        return ""
    basis = _("不计基本满意") if survey.basic_excluded else _("含基本满意")
    return _("满意率{rate}%（{basis}）").format(rate=plain(rate), basis=basis)
