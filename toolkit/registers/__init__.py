"""Registers of persons, places, organisations, events and works: from tables and into them."""

from toolkit.registers.entry import Kind as EntryKind
from toolkit.registers.entry import RegisterEntry, entry_kinds
from toolkit.registers.known import KnownEntries, read_entries
from toolkit.registers.rows import entries_of_table
from toolkit.registers.writing import add_entries, new_register

__all__ = [
    "EntryKind",
    "KnownEntries",
    "RegisterEntry",
    "add_entries",
    "entries_of_table",
    "entry_kinds",
    "new_register",
    "read_entries",
]
