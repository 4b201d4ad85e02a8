"""The rows of a preview in words, for commands that bring something in."""

from __future__ import annotations

from collections.abc import Iterator

from sanyou_desktop.model.incoming import Incoming, Preview, State
from sanyou_desktop.wording import _

# Whoever has more of them opens the window, where they can be decided.
_PRINTED = 200


def listed(preview: Preview, state: State) -> Iterator[str]:
    """Yield the rows of one state with their places, and how many more there are."""
    rows = preview.of(state)[:_PRINTED]
    for row in rows:
        head = _("{state}：{place}「{title}」").format(
            state=state.title, place=row.place, title=row.title
        )
        details = list(_details(row))
        yield from (f"{head} {detail}" for detail in details or [""])
    more = preview.counts.get(state, 0) - len(rows)
    if more:
        yield _("{state}：还有 {count} 条没有列出").format(state=state.title, count=more)


def _details(row: Incoming) -> Iterator[str]:
    for change in row.changes:
        if change.undecided:
            yield _("{field}：台账「{mine}」，来件「{theirs}」").format(
                field=change.part.title(row.kind),
                mine=change.shown(row.kind, change.mine),
                theirs=change.shown(row.kind, change.theirs),
            )
    for fault in row.faults:
        cell = "" if fault.place == row.place else f"{fault.place.cell} "
        yield f"{cell}{fault.problem}"
