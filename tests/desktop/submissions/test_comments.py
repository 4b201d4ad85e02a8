"""What a comment on a report that is sent back says of the record it is about."""

from __future__ import annotations

from sanyou_desktop.desktop.submissions.steps import _comment, _Line
from sanyou_desktop.model.edtf import PartialDate

DUE = PartialDate(2026, 12, 1)


def test_words_that_name_no_record_stay_as_words() -> None:
    comment = _comment(_Line(key="k", record="第三条检查记录", text="日期不全"), {}, DUE)
    assert (comment.about, comment.record) == ("第三条检查记录", "")


def test_a_record_is_named_and_known_by_its_id() -> None:
    titles = {"id-1": ("inspection", "JC-2026-0001", "食堂检查")}
    comment = _comment(_Line(key="k", record="id-1", text="日期不全"), titles, DUE)
    assert (comment.about, comment.record) == ("JC-2026-0001 食堂检查", "id-1")
