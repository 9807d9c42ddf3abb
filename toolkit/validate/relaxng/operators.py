"""The operators of the simple form (specification, section 5), as numbers for compact tables."""

from __future__ import annotations

EMPTY = 0
NOT_ALLOWED = 1
TEXT = 2
CHOICE = 3
INTERLEAVE = 4
GROUP = 5
ONE_OR_MORE = 6
LIST = 7
DATA = 8
VALUE = 9
ATTRIBUTE = 10
ELEMENT = 11
