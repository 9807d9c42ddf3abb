"""The source as text: its characters, lines and blocks."""
