"""Indicators: what is counted in a period, and what is computed from the counts.

``tallies`` holds the counts, ``register`` every indicator with its formula, ``report`` puts value
beside value of the period before and the year before. Where the counts come from is no matter
here: ``ledger.tallies`` counts in SQL, a test counts record by record.
"""

from sanyou_desktop.model.indicators.register import INDICATORS, Indicator, Value
from sanyou_desktop.model.indicators.report import Change, Reading, readings
from sanyou_desktop.model.indicators.tallies import Tallies

__all__ = ["INDICATORS", "Change", "Indicator", "Reading", "Tallies", "Value", "readings"]
