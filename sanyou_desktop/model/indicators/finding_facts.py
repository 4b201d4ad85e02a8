"""What the tallies need to know of one finding, from its status and its last round."""

from __future__ import annotations

from typing import NamedTuple

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.indicators.tallies import HANDED_IN


class LastRound(NamedTuple):
    """The last round of rectification as written; "" for what is not known."""

    rectified_on: str = ""
    verified_on: str = ""
    verdict: str = ""


class Standing(NamedTuple):
    """How far a finding has come.

    Attributes:
        handed_in: its rectification waits for the re-check or passed it.
        settled: it is closed, or its last re-check was passed.
        done_on: the day it was rectified, else re-checked, else closed; "" if none is known.
    """

    handed_in: bool
    settled: bool
    done_on: str


def standing(status: str, last: LastRound, closed_on: str) -> Standing:
    """Return how far a finding with that status and last round has come."""
    closed = status == "closed"
    handed_in = closed or (status in HANDED_IN and last.verdict != "failed")
    settled = closed or (handed_in and last.verdict == "passed")
    done_on = last.rectified_on or last.verified_on or (closed_on if closed else "")
    return Standing(handed_in, settled, done_on if handed_in else "")


def on_time(done_on: str, due_on: str) -> bool | None:
    """Tell whether it was rectified within the time given; None where the dates leave it open."""
    if not done_on:
        return None
    done, due = PartialDate.parse(done_on), PartialDate.parse(due_on)
    done_first, done_last, due_last = done.first(), done.last(), due.last()
    if done_first is None or done_last is None or due_last is None:
        return None
    if done_last <= due_last:
        return True
    return False if done_first > due_last else None
