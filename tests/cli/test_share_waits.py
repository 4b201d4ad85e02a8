"""``share --wait``: the workbook is open, and what the command says at the end of its waiting."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Within
from tests.cli.run import line


def test_it_says_who_has_it_open_when_waiting_was_in_vain(
    within: Within, ledger: Path, tmp_path: Path
) -> None:
    within("add", ledger, "pledge", given=line(title="车辆承诺"))
    shared = tmp_path / "共享.xlsx"
    owner = tmp_path / ".~lock.共享.xlsx#"
    owner.write_bytes("王芳,w,机要室-03,,;".encode())
    assert "王芳" in within("share", ledger, shared, "--wait", "1").refused()
    assert not shared.exists()
    owner.unlink()
    assert within("share", ledger, shared, "--wait", "1").status == 0


def test_a_time_that_is_none_is_wrong_usage(within: Within, ledger: Path, tmp_path: Path) -> None:
    assert within("share", ledger, tmp_path / "共享.xlsx", "--wait", "很久").status == 2
