"""指标: the table of indicators, their plots, and what is not covered. Read in the background."""
