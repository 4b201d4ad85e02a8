"""The design tokens: colours in light and dark, spacing, type scale, sizes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False, repr=False)
class Colours:
    """One set of colours, as #RRGGBB."""

    canvas: str
    surface: str
    raised: str
    line: str
    line_strong: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    accent_hover: str
    good: str
    warn: str
    bad: str
    selection: str
    hover: str
    header: str
    good_tint: str
    warn_tint: str
    bad_tint: str
    muted_tint: str
    plot: str
    plot_other: str


# Edges of controls need 3:1 against the pane; the first design's #C5CAD3 and #4A515B had 1.6:1
# and 2.0:1, and its faint text 3.0:1.
LIGHT = Colours(
    canvas="#F5F6F8",
    surface="#FFFFFF",
    raised="#FFFFFF",
    line="#E2E5EA",
    line_strong="#8A919E",
    text="#1D2129",
    muted="#5B6370",
    faint="#697180",
    accent="#1F5FBF",
    on_accent="#FFFFFF",
    accent_hover="#184E9F",
    good="#1E7B3A",
    warn="#8F5300",
    bad="#B42318",
    selection="#E3ECF9",
    hover="#EFF1F4",
    header="#F8F9FA",
    good_tint="#E6F4EA",
    warn_tint="#FDF1DF",
    bad_tint="#FCEBE9",
    muted_tint="#EEF0F3",
    # Okabe and Ito's blue and vermilion; their orange has too little contrast on white.
    plot="#0072B2",
    plot_other="#D55E00",
)
DARK = Colours(
    canvas="#17191C",
    surface="#1F2226",
    raised="#262A2F",
    line="#32373E",
    line_strong="#6B7380",
    text="#E6E8EB",
    muted="#A5ACB8",
    faint="#8D95A1",
    accent="#6EA3F5",
    on_accent="#10131A",
    accent_hover="#8AB5F8",
    good="#63C27E",
    warn="#E3A64A",
    bad="#F0776C",
    selection="#25354C",
    hover="#2A2E34",
    header="#23272B",
    good_tint="#20342A",
    warn_tint="#3A3020",
    bad_tint="#3B2526",
    muted_tint="#2D3238",
    plot="#56B4E9",
    plot_other="#E69F00",
)

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_8 = 4, 8, 12, 16, 24, 32
RADIUS = 6

# In points, 五号: Windows' own 9 points are too small for someone of sixty at arm's length.
READABLE = 10.5
CAPTION, BODY, SECTION, PAGE, BIG = 0.86, 1.0, 1.15, 1.4, 1.9

ROW_HEIGHT, ROW_HEIGHT_COMPACT = 36, 28
CONTROL_HEIGHT = 36
ICON_SMALL, ICON = 16, 20
NAVIGATION_WIDTH = 192
FORM_WIDTH = 760
NARROW = 1160
MINIMUM_WINDOW = (1024, 640)
