"""Validation: is the document what its schema says, and its pointers what they promise."""
