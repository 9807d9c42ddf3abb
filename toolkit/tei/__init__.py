"""The TEI ground: names, safe parsing with positions, writing."""
