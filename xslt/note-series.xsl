<?xml version="1.0" encoding="UTF-8"?>
<!-- The series of notes: which there are, in which order they stand, and what they are called. All
     outputs ask here. The notes are prepared ones (xslt/prepare/notes.xsl). -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:n="urn:tei-toolkit:note-series"
    xmlns:p="urn:tei-toolkit:prepared"
    exclude-result-prefixes="#all">

  <!-- The series of a note: author, foot, editor, or editor-1, editor-2 … where the edition keeps
       series apart. -->
  <xsl:function name="n:series" as="xs:string">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="
        if ($note/@p:group) then 'editor-' || $note/@p:group
        else if ($note/@p:series = ('author', 'editor', 'foot')) then string($note/@p:series)
        else if ($note/@resp) then 'editor' else 'foot'"/>
  </xsl:function>

  <!-- Where a series stands among the others: the apparatus, what is the source's own, and what
       editors say, series kept apart before the rest. -->
  <xsl:function name="n:rank" as="xs:integer">
    <xsl:param name="series" as="xs:string"/>
    <xsl:variable name="number" select="substring-after($series, 'editor-')"/>
    <xsl:sequence select="
        if ($number ne '') then 10 + xs:integer($number)
        else (index-of(('app', 'readings', 'author', 'foot'), $series), 1000)[1]"/>
  </xsl:function>

  <!-- The word of the locale that a series is called by. Notes are the source's own footnotes if the
       encoding says where in the source each of them stands (@place). -->
  <xsl:function name="n:title" as="xs:string">
    <xsl:param name="series" as="xs:string"/>
    <xsl:param name="notes" as="element()*"/>
    <xsl:sequence select="
        if ($series = ('app', 'readings')) then 'apparatus'
        else if (starts-with($series, 'editor')) then 'notes.editor'
        else if ($series eq 'author') then 'notes.author'
        else if (every $note in $notes satisfies matches($note/@place, '^(foot|bottom|end)', 'i'))
        then 'notes.foot' else 'notes.other'"/>
  </xsl:function>

</xsl:stylesheet>
