"""唱票: counting the answers of a survey one by one, each key a grade, the last one taken back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from sanyou_desktop.model.survey import GRADES, Survey


@dataclass
class Count:
    """Answers as they are called out; ``begun`` is what had been counted before."""

    begun: dict[str, int] = field(default_factory=dict)
    called: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, survey: Survey) -> Count:
        """Go on from the survey's own tallies."""
        return cls({grade: getattr(survey, grade) or 0 for grade in GRADES})

    def call(self, grade: str) -> None:
        """Count one answer.

        Raises:
            KeyError: there is no such grade.
        """
        if grade not in GRADES:
            raise KeyError(grade)
        self.called.append(grade)

    def take_back(self) -> str:
        """Take back the last answer called; return its grade, "" if none was."""
        return self.called.pop() if self.called else ""

    def tallies(self) -> dict[str, int]:
        """Return the count of every grade."""
        added = Counter(self.called)
        return {grade: self.begun.get(grade, 0) + added[grade] for grade in GRADES}

    @property
    def answers(self) -> int:
        """How many answers there are in all."""
        return sum(self.tallies().values())

    def counted_into(self, survey: Survey) -> Survey:
        """Return the survey with these tallies; fewer returned than were counted is mended.

        A paper that was counted was returned.
        """
        returned = survey.returned
        if returned is None or returned < self.answers:
            returned = self.answers
        tallies: dict[str, Any] = dict(self.tallies())
        return replace(survey, returned=returned, **tallies)
