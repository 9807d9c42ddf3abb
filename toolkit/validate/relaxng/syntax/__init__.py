"""The two syntaxes of RELAX NG, read into one tree."""
