"""What is asked for next is due on a day on which offices work."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sanyou_desktop.desktop.submissions.request_steps import usual_request
from sanyou_desktop.ledger.ledger import Ledger
from sanyou_desktop.model.unit import Unit


def test_the_usual_last_day_moves_from_a_rest_day_to_the_next_working_day(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "省.sytz", Unit(code="350000", name="省局")) as ledger:
        # 10 January 2026 is a Saturday; 10 October is one that is worked for the holiday before.
        asked = [usual_request(ledger, date(2026, month, 15)) for month in (1, 10)]
    assert [str(one.due_on) for one in asked] == ["2026-01-12", "2026-10-10"]
