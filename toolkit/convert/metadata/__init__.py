"""Metadata around the text: front matter, first blocks, the catalogue entry at the end."""
