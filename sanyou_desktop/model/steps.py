"""Which status may follow which: a record's life goes forward by allowed steps only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sanyou_desktop.model.fields import Choice, Option, fields_of
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, problem
from sanyou_desktop.wording import _

Steps = Mapping[str, frozenset[str]]


def steps(**following: str) -> Steps:
    """Return the allowed steps: for each status those that may follow it, separated by spaces."""
    return MappingProxyType({status: frozenset(text.split()) for status, text in following.items()})


def step(record: Record, before: Record, allowed: Steps) -> Iterator[Problem]:
    """Yield a problem if ``record`` may not have its status after that of ``before``."""
    may_follow = allowed.get(before.status, frozenset[str]())
    if record.status == before.status or record.status in may_follow:
        return
    words = {"was": _title(record, before.status), "now": _title(record, record.status)}
    if may_follow:
        titles = [option.title for option in _options(record) if option.value in may_follow]
        message = _("「{was}」不能直接改为「{now}」，可改为：{next}").format(
            next=_("、").join(_(title) for title in titles), **words
        )
    else:
        message = _("「{was}」不能再改为「{now}」；如需重新开始，请复制为新记录").format(**words)
    yield problem(record, "status", message)


def _title(record: Record, status: str) -> str:
    return next((_(item.title) for item in _options(record) if item.value == status), status)


def _options(record: Record) -> tuple[Option, ...]:
    field = fields_of(type(record))["status"]
    return field.enum if isinstance(field, Choice) else ()
