"""Any file is refused or contained within 20 s and 600 MB, and nothing changes that was refused.

Each is given to a command in a process of its own, whose time and memory the system tells.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.bad_files import BAD

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no account of a process's memory there"),
]
_MOST_SECONDS, _MOST_MEGABYTES = 20, 600
_WORKBOOKS = [name for name, (ending, _make) in BAD.items() if ending == ".xlsx"]
_CASES = [("import", name) for name in BAD]
_CASES += [(command, name) for command in ("rollup", "share") for name in _WORKBOOKS]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    from tests.faults.measured import cost_of

    path = tmp_path_factory.mktemp("ledger") / "台账.sytz"
    assert cost_of("new", path, "--unit", "某某局", "--code", "350300").status == 0
    return path.read_bytes()


@pytest.mark.parametrize(("command", "name"), _CASES)
def test_it_is_refused_or_contained(ledger: bytes, tmp_path: Path, command: str, name: str) -> None:
    from tests.faults.measured import cost_of

    path, file = tmp_path / "台账.sytz", tmp_path / f"坏{BAD[name][0]}"
    path.write_bytes(ledger)
    BAD[name][1](file)
    given = file.read_bytes()

    cost = cost_of(command, path, file)

    assert cost.status in (0, 1), cost
    assert cost.seconds < _MOST_SECONDS, cost
    assert cost.megabytes < _MOST_MEGABYTES, cost
    if cost.status == 1:
        assert file.name in cost.told
        assert path.read_bytes() == ledger
        assert file.read_bytes() == given
