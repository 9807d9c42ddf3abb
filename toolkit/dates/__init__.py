"""Date expressions: finding them in running text and giving them TEI attributes.

The grammars are data, one file per language in ``schemas/dates``; ``und.json`` holds the forms
that need no language (ISO 8601, numeric dates, Roman month numbers), ``calendars`` has those of
other calendars.
"""

from toolkit.dates.expression import CalendarDate, DateExpression, ImpossibleDate
from toolkit.dates.finder import find_dates, find_impossible_dates, normalise
from toolkit.dates.signs import signs_in
from toolkit.dates.times import TimeExpression, find_times

__all__ = [
    "CalendarDate",
    "DateExpression",
    "ImpossibleDate",
    "TimeExpression",
    "find_dates",
    "find_impossible_dates",
    "find_times",
    "normalise",
    "signs_in",
]
