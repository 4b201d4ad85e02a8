"""活动轮次: a round of the campaign; rounds frame periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Self

from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.fields import Choice, Date, Option, Text
from sanyou_desktop.model.problems import Problem
from sanyou_desktop.model.record import Record, in_order
from sanyou_desktop.wording import N_

ROUND_STATUSES = (
    Option("ongoing", N_("进行中"), "good"),
    Option("ended", N_("已结束"), "muted"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignRound(Record):
    """A round with a name and the dates it ran from and to."""

    kind: ClassVar[str] = "round"
    prefix: ClassVar[str] = "LC"
    occurred: ClassVar[str] = "from"

    title: Annotated[
        str,
        Text(N_("标题"), max_length=300, description=N_("即轮次名称，自动填写"), read_only=True),
    ] = ""
    status: Annotated[str, Choice(N_("状态"), enum=ROUND_STATUSES)] = "ongoing"
    name: Annotated[str, Text(N_("轮次名称"), required=True, max_length=300)] = ""
    from_: Annotated[PartialDate | None, Date(N_("起始日期"))] = None
    to: Annotated[PartialDate | None, Date(N_("截止日期"))] = None

    def completed(self) -> Self:
        """Return the round with its name as its title."""
        return self if self.title == self.name else replace(self, title=self.name)

    def problems(self) -> Iterator[Problem]:
        """Yield an end before the beginning."""
        yield from in_order(self, "from", "to")
