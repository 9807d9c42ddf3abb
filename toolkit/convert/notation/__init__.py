"""Notation: finding it by the rules of a profile, and saying what it becomes."""
