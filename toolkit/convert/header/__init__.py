"""The TEI header (TEI Guidelines, chapter 2): what is known of the document and its encoding."""
