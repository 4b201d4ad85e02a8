"""What a superior sends back arrives with its unit as findings, once, and with nobody else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sanyou_desktop.exchange.errors import ExchangeError, NewerFormat, TooLarge
from sanyou_desktop.exchange.json_file import LARGEST
from sanyou_desktop.exchange.return_file import NotAReturn, read_return, write_return
from sanyou_desktop.ledger.errors import LedgerError
from sanyou_desktop.model.edtf import PartialDate
from sanyou_desktop.model.sent_back import SentBack
from sanyou_desktop.model.submission import Comment, Submission
from sanyou_desktop.wording import use_language

UNIT = "350300"
SUBMISSION = Submission(
    id="0199f5c0-0000-7000-8000-000000000001",
    unit="350000",
    number="DJ-2026-0007",
    status="returned",
    reporter=UNIT,
    reporter_name="莆田市机关事务管理局",
    from_=PartialDate.parse("2026-07"),
    to=PartialDate.parse("2026-09"),
    version=2,
    file_name="三季度.xlsx",
    received_on=PartialDate.parse("2026-10-09"),
    returned_on=PartialDate.parse("2026-10-11"),
    comments=(
        Comment(key="a", about="WT-2026-0012 灯坏了", text="缺复查日期，请补齐", record="r1"),
        Comment(key="b", text="=满意度合计不对", due_on=PartialDate.parse("2026-10-20")),
    ),
)
SENT_BACK = SentBack.of(SUBMISSION, "福建省机关事务管理局")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "退回意见.sanyou-return.json"
    write_return(made, SENT_BACK)
    return made


def test_what_is_written_is_read(path: Path) -> None:
    assert read_return(path, UNIT) == SENT_BACK
    # Readable by any program and any person.
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["comments"][1]["text"] == "=满意度合计不对"
    assert told["period"] == "2026年第三季度"


def test_comments_become_findings_of_the_superior(path: Path) -> None:
    first, second = read_return(path, UNIT).findings(UNIT, {"r1": "inspection"})
    assert (first.source, first.raised_by, first.unit) == ("superior", "福建省机关事务管理局", UNIT)
    assert (first.inspection, second.inspection) == ("r1", "")
    assert first.title == "上报退回：WT-2026-0012 灯坏了"
    assert "DJ-2026-0007" in first.description
    assert str(first.raised_on) == "2026-10-11"
    assert (first.due_on, str(second.due_on)) == (None, "2026-10-20")
    again = read_return(path, UNIT).findings(UNIT, {})
    assert [one.id for one in again] == [first.id, second.id]
    assert not [*first.problems(), *second.problems()]


def test_a_rule_that_is_broken_is_referred_to() -> None:
    first, _second = SENT_BACK.findings(UNIT, {"r1": "rule"})
    assert (first.against, first.inspection) == ("r1", "")


def test_a_file_for_another_unit_is_refused_by_name(path: Path) -> None:
    with pytest.raises(NotAReturn, match=r"莆田市机关事务管理局.*350300.*不是本单位"):
        read_return(path, "350500")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NotAReturn),
        (b"[]", NotAReturn),
        (b"{", NotAReturn),
        (b'{"format": "sanyou-list", "version": 1}', NotAReturn),
        (b'{"format": "sanyou-sent-back", "version": true}', NotAReturn),
        (b'{"format": "sanyou-sent-back", "version": 1}', NotAReturn),
        (b'{"format": "sanyou-sent-back", "version": 9}', NewerFormat),
        (b"[" * 100_000, NotAReturn),
        (b" " * (LARGEST + 1), TooLarge),
    ],
)
def test_what_is_no_return_is_refused(
    tmp_path: Path, content: bytes, error: type[ExchangeError]
) -> None:
    path = tmp_path / "别的.json"
    path.write_bytes(content)
    with pytest.raises(error, match="没有读入"):
        read_return(path, UNIT)


@pytest.mark.parametrize(
    ("key", "value"),
    [("comments", [{"about": "没有意见"}]), ("returned_on", "2026-13-01"), ("report", -1)],
)
def test_what_was_damaged_is_refused(path: Path, key: str, value: object) -> None:
    given = json.loads(path.read_text(encoding="utf-8")) | {key: value}
    path.write_text(json.dumps(given), encoding="utf-8")
    with pytest.raises(NotAReturn, match="重新导出"):
        read_return(path, UNIT)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerError):
        read_return(tmp_path / "没有.json", UNIT)


def test_a_comment_due_before_it_was_sent_back_is_refused_where_it_is_made() -> None:
    early = (Comment(text="改", due_on=PartialDate.parse("2026-10-01")),)
    (problem,) = replace(SUBMISSION, comments=early).problems()
    assert "早于退回日期" in problem.message


def test_what_is_kept_is_chinese_whatever_the_window_speaks(path: Path) -> None:
    use_language("en")
    try:
        first, _second = read_return(path, UNIT).findings(UNIT, {})
        assert (first.tags, first.title[:5]) == (("上报退回",), "上报退回：")
        assert SentBack.of(SUBMISSION, "").period == "2026年第三季度"
        assert SUBMISSION.completed().title == "莆田市机关事务管理局 2026年第三季度（第 2 次）"
    finally:
        use_language("zh_CN")
