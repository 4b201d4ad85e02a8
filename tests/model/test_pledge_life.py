"""A pledge is published with when and where, ends with a reason, and goes on as a new version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model import pledge_life
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.pledge import Clause, Fulfilment, Pledge
from sanyou_desktop.model.problems import Invalid

TODAY = date(2026, 3, 2)
DRAFT = Pledge(
    id="0191f3a0-0000-7000-8000-000000000001",
    title="四心服务承诺",
    statement="以耐心消烦心",
    notes="旧备注",
)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


PUBLISHED = pledge_life.publish(
    DRAFT,
    on=day("2026-01-05"),
    where=" 大厅公示栏 ",
    valid_from=day("2026-01-01"),
    valid_until=day("2026-12-31"),
)


def refusal(step: Callable[[], object]) -> str:
    with pytest.raises(Invalid) as caught:
        step()
    return str(caught.value)


def test_publishing_says_when_and_where() -> None:
    assert (PUBLISHED.status, PUBLISHED.published_where) == ("published", "大厅公示栏")
    told = refusal(lambda: pledge_life.publish(DRAFT, on=None, where=" "))
    assert "请填写公示日期" in told
    assert "请填写公示在哪里" in told
    empty = Pledge(id="p", title="空")
    assert "承诺还没有内容" in refusal(
        lambda: pledge_life.publish(empty, on=day("2026"), where="网站")
    )


def test_what_has_ended_is_not_published_again() -> None:
    ended = pledge_life.end(PUBLISHED, on=day("2026-05-01"), reason="职能调整")
    assert "已终止" in refusal(
        lambda: pledge_life.publish(ended, on=day("2026-06-01"), where="网站")
    )


@pytest.mark.parametrize(
    ("until", "found"),
    [("2026-12-31", "2026-05-01"), (None, "2026-05-01"), ("2026-03-31", "2026-03-31")],
)
def test_ending_shortens_the_time_and_never_lengthens_it(until: str | None, found: str) -> None:
    pledge = replace(PUBLISHED, valid_until=day(until) if until else None)
    ended = pledge_life.end(pledge, on=day("2026-05-01"), reason="职能调整")
    assert (ended.status, str(ended.valid_until)) == ("ended", found)
    assert ended.notes == "旧备注\n2026年5月1日终止：职能调整"


def test_ending_needs_a_reason_and_a_published_pledge() -> None:
    assert "原因" in refusal(lambda: pledge_life.end(PUBLISHED, on=day("2026"), reason=" "))
    assert "草稿" in refusal(lambda: pledge_life.end(DRAFT, on=day("2026"), reason="错"))


@pytest.mark.parametrize(
    ("until", "left", "ending"),
    [
        ("2026-03-01", -1, True),
        ("2026-03-02", 0, True),
        ("2026-03", 29, True),
        ("2026-04-01", 30, True),
        ("2026-04-02", 31, False),
        (None, None, False),
    ],
)
def test_its_time_is_called_to_mind(until: str | None, left: int | None, *, ending: bool) -> None:
    pledge = replace(PUBLISHED, valid_until=day(until) if until else None)
    assert pledge_life.days_left(pledge, TODAY) == left
    assert pledge_life.is_ending(pledge, TODAY) is ending
    assert not pledge_life.is_ending(replace(pledge, status="ended"), TODAY)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-01-01", "2026-12-31", ("2027-01-01", "2027-12-31")),
        ("2024-01-01", "2025-12-31", ("2026-03-02", "2028-03-01")),
        ("2026-02-01", "2026-03-02", ("2026-03-03", "2026-04-01")),
        ("", "2026-04-30", ("2026-05-01", "2027-05-01")),
        ("", "", ("2026-03-02", "2027-03-02")),
    ],
)
def test_a_renewal_is_for_as_long_again(first: str, last: str, found: tuple[str, str]) -> None:
    pledge = replace(
        PUBLISHED,
        valid_from=day(first) if first else None,
        valid_until=day(last) if last else None,
        clauses=(Clause(key="a", text="来电即接"),),
        fulfilments=(Fulfilment(key="f", clause="a", outcome="kept"),),
    )
    new = pledge_life.renewal(pledge, TODAY).accepted()
    assert isinstance(new, Pledge)
    assert (str(new.valid_from), str(new.valid_until)) == found
    assert (new.id, new.number, new.status, new.published_on) == ("", "", "draft", None)
    assert [clause.text for clause in new.clauses] == ["来电即接"]
    assert not new.fulfilments
    assert new.published_where == "大厅公示栏"


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_renewal_never_begins_before_the_old_one_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    pledge = replace(PUBLISHED, valid_from=PartialDate.of(first), valid_until=PartialDate.of(last))
    new = pledge_life.renewal(pledge, TODAY).accepted()
    assert isinstance(new, Pledge)
    assert new.valid_from is not None
    assert str(new.valid_from) > str(pledge.valid_until)
    assert not list(new.problems())


def published_again(first: str, confidential: str = "") -> Pledge:
    """Return the renewal of ``PUBLISHED``, published and in force from ``first``."""
    new = pledge_life.renewal(PUBLISHED, TODAY).accepted()
    assert isinstance(new, Pledge)
    return replace(new, status="published", valid_from=day(first), confidential=confidential)


@pytest.mark.parametrize(
    ("first", "until"),
    # The usual one, one that begins while the former still runs, and one after a gap.
    [("2027-01-01", "2026-12-31"), ("2026-06-01", "2026-05-31"), ("2027-03-01", "2026-12-31")],
)
def test_what_is_renewed_ends_with_its_time_or_the_eve_of_the_next(first: str, until: str) -> None:
    new = published_again(first)
    assert new.renews == PUBLISHED.id
    former = pledge_life.succeeded(PUBLISHED, new)
    assert former is not None
    assert (former.status, str(former.valid_until)) == ("ended", until)
    assert former.notes.splitlines()[0] == "旧备注"
    assert "四心服务承诺" in former.notes
    assert not list(former.problems())
    assert not former.step_after(PUBLISHED)


def test_a_renewal_that_is_no_promise_yet_ends_nothing() -> None:
    draft = pledge_life.renewal(PUBLISHED, TODAY).accepted()
    assert isinstance(draft, Pledge)
    assert pledge_life.succeeded(PUBLISHED, draft) is None
    ended = pledge_life.end(PUBLISHED, on=day("2026-05-01"), reason="职能调整")
    assert pledge_life.succeeded(ended, published_again("2027-01-01")) is None


def test_a_former_pledge_does_not_name_one_that_may_not_leave() -> None:
    former = pledge_life.succeeded(
        PUBLISHED, published_again("2027-01-01", confidential="internal")
    )
    assert former is not None
    assert "四心服务承诺" not in former.notes


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_whenever_it_is_renewed_its_dates_stay_in_order(until: date, first: date) -> None:
    public = replace(PUBLISHED, valid_from=None, valid_until=PartialDate.of(until))
    for start in (None, PartialDate(2000, 1, 1), PartialDate.of(min(until, first))):
        pledge = replace(public, valid_from=start)
        former = pledge_life.succeeded(pledge, published_again(str(first)))
        assert former is not None
        assert not list(former.problems())
