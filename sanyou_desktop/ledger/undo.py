"""Taking back the last actions of this run: each as a new revision, so that history only grows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from sanyou_desktop.ledger import history, records
from sanyou_desktop.ledger.errors import Conflict
from sanyou_desktop.ledger.telling import UNTOLD, Telling
from sanyou_desktop.model.fields import stamp
from sanyou_desktop.model.record import Record
from sanyou_desktop.wording import _

_KEPT = 50


@dataclass(frozen=True)
class Step:
    """One record of an action: how it was before (None if it was new), and its revision after."""

    before: Record | None
    after: Record


class UndoLog:
    """The last actions, newest at the end; each has a token handed out with its changes."""

    def __init__(self) -> None:
        """Start with nothing to undo."""
        self._actions: dict[int, list[Step]] = {}
        self._rollups: dict[int, int] = {}
        self._besides: dict[int, Callable[[sqlite3.Connection], None]] = {}
        self._next = 1

    def note(
        self, steps: list[Step], besides: Callable[[sqlite3.Connection], None] | None = None
    ) -> int:
        """Keep an action and return its token; ``besides`` takes back what is not in records."""
        token = self._token()
        self._actions[token] = steps
        if besides is not None:
            self._besides[token] = besides
        while len(self._actions) > _KEPT:
            self._drop(next(iter(self._actions)))
        return token

    def note_rollup(self, run: int) -> int:
        """Return a token for a roll-up, whose own journal is in the ledger."""
        token = self._token()
        self._rollups[token] = run
        return token

    def rollup_of(self, token: int) -> int:
        """Return the roll-up that a token stands for, 0 if it stands for another action."""
        return self._rollups.get(token, 0)

    def _token(self) -> int:
        token = self._next
        self._next += 1
        return token

    def take_back(
        self, conn: sqlite3.Connection, token: int, telling: Telling = UNTOLD
    ) -> list[Step]:
        """Write the records as they were before, inside the caller's transaction.

        A record that the action made goes to the recycle bin. Returns what was taken back, each
        with the record as it now stands.

        Raises:
            Conflict: the action is no longer known, or a record was changed after it.
        """
        steps = self._actions.get(token)
        if steps is None:
            raise Conflict(_("这次操作已不能撤销，内容没有改动。可在「历史」中恢复以前的版本。"))
        if token in self._besides:
            self._besides[token](conn)
        latest_first = telling(reversed(steps), len(steps))
        return [Step(step.before, self._one(conn, step)) for step in latest_first]

    def turned(self, token: int, taken_back: list[Step]) -> list[Step]:
        """Return what taking an action back did to each record: from how it left it, to now."""
        left = reversed(self._actions[token])
        return [Step(was.after, now.after) for was, now in zip(left, taken_back, strict=True)]

    def forget(self, token: int, taken_back: list[Step]) -> None:
        """Drop an action that was taken back and is committed.

        The records now stand as the actions before it left them, at a newer revision: those
        actions can be taken back from there.
        """
        self._drop(token)
        for was in taken_back:
            if was.before is None:
                continue
            for earlier, steps in self._actions.items():
                self._actions[earlier] = [_moved(step, was.before, was.after) for step in steps]

    def _drop(self, token: int) -> None:
        self._actions.pop(token, None)
        self._besides.pop(token, None)

    def _one(self, conn: sqlite3.Connection, step: Step) -> Record:
        target = step.before or replace(step.after, deleted_at=stamp())
        return records.write(conn, replace(target, revision=step.after.revision), history.UNDONE)


def _moved(step: Step, from_state: Record, to_state: Record) -> Step:
    same = (step.after.id, step.after.revision) == (from_state.id, from_state.revision)
    return replace(step, after=to_state) if same else step
