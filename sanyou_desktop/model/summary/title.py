"""The title in lines: no longer than the paper, no word torn, as even as it can be."""

from __future__ import annotations

from collections.abc import Sequence

# 2号 characters, of which 20 stand in a line.
MOST_IN_A_LINE = 20
# The characters with which the parts of a unit's name end: 福建省|人民政府|办公厅|机关服务中心.
_ENDINGS = "省市县区州盟旗乡镇会局厅委室处院部府司校所团队社"


def title_lines(unit: str, period: str, what: str) -> tuple[str, ...]:
    """Return the title in as few lines as it needs."""
    if len(unit) + len(period) + len(what) <= MOST_IN_A_LINE:
        return (unit + period + what,)
    rest = (period + what,) if len(period) + len(what) <= MOST_IN_A_LINE else (period, what)
    return (*_broken(unit), *rest)


def _broken(name: str) -> Sequence[str]:
    """Break a long name where one of its parts ends, as near to the middle as there is one."""
    if len(name) <= MOST_IN_A_LINE:
        return (name,)
    places = [at + 1 for at, char in enumerate(name[:-1]) if char in _ENDINGS]
    fitting = [at for at in places if at <= MOST_IN_A_LINE and len(name) - at <= MOST_IN_A_LINE]
    if not fitting:
        return (name,)
    at = min(fitting, key=lambda place: abs(2 * place - len(name)))
    return name[:at], name[at:]
