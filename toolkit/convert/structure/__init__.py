"""Structure: what the blocks are, and the layers of ranges over their text."""
