"""What is begun from a named list, to be completed by a person: a pledge, zero-targets, a check."""

from __future__ import annotations

from datetime import date
from typing import Any

from sanyou_desktop.model.compiling import clauses_of, items_of, zero_targets_of
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.inspection import Inspection
from sanyou_desktop.model.record import stricter
from sanyou_desktop.model.scheme import Scheme
from sanyou_desktop.wording import _, in_source_language


def pledge_of(scheme: Scheme, unit: str) -> Draft:
    """Begin a pledge of ``unit`` with a clause for each known entry."""
    return _begun("pledge", scheme, unit, title=scheme.title, clauses=clauses_of(scheme))


@in_source_language()
def zero_target_pledge_of(scheme: Scheme, unit: str) -> Draft:
    """Begin a pledge of ``unit`` whose clauses all have the target 0."""
    # Clauses that are zero-targets by themselves make a list that is called so already.
    named = scheme.use == "zero_target"
    title = scheme.title if named else _("{list}零目标").format(list=scheme.title)
    return _begun("pledge", scheme, unit, title=title, clauses=zero_targets_of(scheme))


def usual_pledge_of(scheme: Scheme, unit: str) -> Draft:
    """Begin the pledge that a list is meant for: zero-targets from one of those."""
    zero = scheme.use == "zero_target"
    return zero_target_pledge_of(scheme, unit) if zero else pledge_of(scheme, unit)


def inspection_of(scheme: Scheme, unit: str, planned_on: date) -> Draft:
    """Begin an inspection of ``unit``, planned for that day, with an item for each known entry."""
    return _begun(
        "inspection",
        scheme,
        unit,
        title=scheme.title,
        scheme=scheme.title,
        planned_on=planned_on.isoformat(),
        items=items_of(scheme),
    )


def with_items_of(scheme: Scheme, inspection: Inspection) -> Draft:
    """Begin to fill an inspection that names a list with the items of ``scheme``."""
    draft = Draft.of(inspection)
    _enter(draft, "items", items_of(scheme))
    if not inspection.scheme:
        _enter(draft, "scheme", scheme.title)
    _enter(draft, "confidential", stricter(inspection.confidential, scheme.confidential))
    draft.told = missing_told(scheme)
    return draft


def missing_told(scheme: Scheme) -> str:
    """Return a sentence on the entries of a list that are not known, "" if it is whole."""
    missing = scheme.missing()
    if not missing:
        return ""
    if not scheme.known:
        return _(
            "清单「{list}」的内容待补充，一项也没有录入。请在这里直接填写，或先去补充清单。"
        ).format(list=scheme.title)
    return _(
        "清单「{list}」待补充：已用上录入的 {known} 项，还缺 {missing} 项。"
        "缺的项可以在这里直接填写，也可以先去补充清单。"
    ).format(list=scheme.title, known=len(scheme.known), missing=missing)


def _begun(kind: str, source: Scheme, unit: str, /, **given: Any) -> Draft:  # noqa: ANN401 - by field
    draft = Draft.new(kind, unit)
    for key, value in (
        given | {"themes": source.themes, "confidential": source.confidential}
    ).items():
        _enter(draft, key, value)
    draft.told = missing_told(source)
    return draft


def _enter(draft: Draft, key: str, value: Any) -> None:  # noqa: ANN401 - fields differ in type
    """Enter a value as an editor would hold it."""
    field = draft.declared.fields[key]
    draft.enter(key, value if isinstance(value, str) else field.typed(value))
