"""Datatypes: the values that attributes and text may have."""
