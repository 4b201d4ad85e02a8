"""Whatever is done to findings in a ledger, in whatever order: what is closed was checked, and the
indicators are what a person would count.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sanyou_desktop.ledger.counting.sums import Scope
from sanyou_desktop.ledger.errors import Conflict, LedgerError
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model import rectification as loop
from sanyou_desktop.model.draft import Draft
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.finding import FINDING_STATUSES, Finding
from sanyou_desktop.model.people import people_in
from sanyou_desktop.model.periods import Period
from sanyou_desktop.model.problems import Invalid
from sanyou_desktop.model.repeats import REPEAT_DAYS
from sanyou_desktop.model.unit import Unit
from tests.model.indicators.recount import recount

OWN = Unit(code="350300", name="莆田市机关事务管理局")
DAY = date(2026, 3, 2)
PEOPLE = st.sampled_from(("张三", "李四", "张三、李四", ""))
WORDS = st.sampled_from(("", "已换", "又坏了"))
STATUSES = st.sampled_from([option.value for option in FINDING_STATUSES])
WHICH = st.integers(0, 1)
PERIODS = (Period.of("year", DAY), Period.of("month", DAY), Period())
Step = Callable[[Finding], Finding]


class Walk(RuleBasedStateMachine):
    """Two findings in one file, saved after each step as the window saves them."""

    @initialize()
    def begin(self) -> None:
        """An office has found two problems."""
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "台账.sytz"
        self.ledger = Ledger.create(self.path, OWN)
        self.day = DAY
        self.tokens: list[int] = []
        self.ids = [
            self.ledger.save(
                Finding(unit=OWN.code, title=title, raised_on=PartialDate.of(DAY))
            ).record.id
            for title in ("走廊灯不亮", "地面湿滑")
        ]

    def finding(self, which: int) -> Finding:
        found = self.ledger.get(self.ids[which])
        assert isinstance(found, Finding)
        return found

    def attempt(self, which: int, step: Step) -> None:
        """Take a step and save it, or see it refused; a refused one changes nothing."""
        before = self.finding(which)
        try:
            after = step(before)
            changes = self.ledger.save_many([after], "一步")
        except (Invalid, LedgerError):
            assert self.finding(which) == before
            return
        self.tokens.append(changes.token)

    @rule(days=st.integers(-2, 9))
    def days_pass(self, days: int) -> None:
        """The clock of this machine may even go back."""
        self.day += timedelta(days=days)

    @rule(which=WHICH, person=PEOPLE, words=WORDS, within=st.none() | st.integers(-3, 9))
    def take_up(self, which: int, person: str, words: str, within: int | None) -> None:
        """Somebody is to do it, by a day or not."""
        due = None if within is None else PartialDate.of(self.day + timedelta(days=within))
        self.attempt(which, lambda now: loop.begin(now, measure=words, person=person, due_on=due))

    @rule(which=WHICH, by=PEOPLE, words=WORDS)
    def rectify(self, which: int, by: str, words: str) -> None:
        """Somebody rectifies."""
        self.attempt(which, lambda now: loop.rectify(now, on=self.day, by=by, rectification=words))

    @rule(which=WHICH, by=PEOPLE, passed=st.booleans(), words=WORDS)
    def recheck(self, which: int, by: str, passed: bool, words: str) -> None:
        """Somebody checks."""
        self.attempt(
            which,
            lambda now: loop.recheck(now, on=self.day, by=by, passed=passed, opinion=words),
        )

    @rule(which=WHICH, words=WORDS)
    def reply(self, which: int, words: str) -> None:
        """Somebody answers."""
        self.attempt(which, lambda now: loop.reply(now, on=self.day, text=words))

    @rule(which=WHICH)
    def close(self, which: int) -> None:
        """Somebody closes."""
        self.attempt(which, lambda now: loop.close(now, on=self.day))

    @rule(which=WHICH)
    def go_all_the_way(self, which: int) -> None:
        """Chance alone would seldom come to the end of the loop."""
        self.rectify(which, "张三", "已换")
        self.recheck(which, "李四", True, "")
        self.reply(which, "已换")
        self.close(which)

    @rule(which=WHICH, words=WORDS)
    def reopen(self, which: int, words: str) -> None:
        """Somebody takes it up again."""
        self.attempt(which, lambda now: loop.reopen(now, on=self.day, by="王主任", reason=words))

    @rule(which=WHICH, words=WORDS)
    def keep_going(self, which: int, words: str) -> None:
        """It cannot be done at once."""
        self.attempt(which, lambda now: loop.keep_going(now, words))

    @rule(which=WHICH, status=STATUSES)
    def type_a_status(self, which: int, status: str) -> None:
        """Somebody types over what stands there, as a form and an import let one try."""
        self.attempt(which, lambda now: _typed(now, status=status))

    @rule(which=WHICH, checker=PEOPLE)
    def type_over_the_checker(self, which: int, checker: str) -> None:
        """Somebody changes who checked, afterwards."""

        def step(now: Finding) -> Finding:
            if not now.rounds:
                return now
            last = replace(now.rounds[-1], verified_by=checker)
            return replace(now, rounds=(*now.rounds[:-1], last))

        self.attempt(which, step)

    @rule(which=WHICH)
    def drop_the_reply(self, which: int) -> None:
        """Somebody empties the reply."""
        self.attempt(which, lambda now: _typed(now, reply="", replied_on=""))

    @rule()
    def undo(self) -> None:
        """The last action is taken back, or refused because others came after it."""
        if self.tokens:
            with suppress(Conflict):
                self.ledger.undo(self.tokens.pop())

    @rule(which=WHICH, number=st.integers(1, 5))
    def restore(self, which: int, number: int) -> None:
        """An earlier state is made the newest one."""
        with suppress(LedgerError, Invalid):
            self.ledger.restore_revision(self.ids[which], number)

    @rule()
    def open_again(self) -> None:
        """The window is closed and opened again; what can be taken back begins anew."""
        self.ledger.close()
        self.tokens = []
        self.ledger = Ledger.open(self.path)
        assert self.ledger.verify() == []

    @invariant()
    def what_is_closed_was_checked_and_answered(self) -> None:
        """No way leads around the conditions."""
        if not hasattr(self, "ids"):
            return
        for which in (0, 1):
            now = self.finding(which)
            assert not list(now.problems())
            if now.status == "closed":
                last = now.rounds[-1]
                assert last.verdict == "passed"
                assert people_in(last.verified_by) - people_in(last.by)
                assert now.reply or now.replied_on
                assert all(opened.round != last.key for opened in now.reopenings)

    @invariant()
    def the_indicators_are_what_a_person_would_count(self) -> None:
        """Whatever was done, taken back or restored, the numbers are those of the records."""
        if not hasattr(self, "ids"):
            return
        stored = [self.finding(which) for which in (0, 1)]
        found = self.ledger.tallies(PERIODS, self.day, Scope())[""]
        for at, period in enumerate(PERIODS):
            assert found[at] == recount(stored, period, self.day, REPEAT_DAYS)

    def teardown(self) -> None:
        """History and records agree to the end."""
        if hasattr(self, "ledger"):
            found = self.ledger.verify()
            self.ledger.close()
            self.folder.cleanup()
            assert found == []


def _typed(now: Finding, **raw: str) -> Finding:
    draft = Draft.of(now)
    for key, text in raw.items():
        draft.enter(key, text)
    accepted = draft.accepted()
    assert isinstance(accepted, Finding)
    return accepted


TestWalk = Walk.TestCase
# Each example makes a file of its own.
TestWalk.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
