"""Plain transcriptions to validated TEI P5, web pages and print-quality PDF."""

__version__ = "0.1.0"
