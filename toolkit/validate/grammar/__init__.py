"""RELAX NG grammars as data: read from files, followed over a document, told in words."""
