"""Counting for the indicators: each kind's rows are read once, whatever the number of periods.

SQL groups what can be grouped (days, outcomes, marks of checklist items) and the model decides
where a day lies and what an item scores, so that no rule is written twice. ``tallies`` is the
door; a file beside it counts one kind.
"""
