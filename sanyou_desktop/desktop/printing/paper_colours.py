"""The colours of what is printed for a wall; paper is white whatever the window is."""

from __future__ import annotations

# 朱红 of notices and mastheads; dark enough to stay red when a printer saves ink.
RED = "#C1121F"
GOLD = "#FFE3A3"
INK = "#1A1A1A"
GREY = "#4A4A4A"
TINT = "#FBEDEC"
WHITE = "#FFFFFF"
# Of the levels of supervision, from the least pressing; white text on them is read without effort.
LEVEL_COLOURS = {"reminder": "#1F5FBF", "warning": "#A85A00", "overdue": RED}
