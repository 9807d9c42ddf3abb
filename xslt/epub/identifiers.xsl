<?xml version="1.0" encoding="UTF-8"?>
<!-- Identifiers and links within the book. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="xs f">

  <!-- Numbers of notes, pages, headings and mentions, in document order: identifiers. -->
  <xsl:accumulator name="note" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="note" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="page" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="page" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="heading" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="text//block[@role = 'heading']" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="mention" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="index" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:mode use-accumulators="note page heading mention part"/>

  <xsl:key name="mentions" match="text//index" use="@key"/>
  <xsl:key name="anchor" match="anchor" use="@id"/>
  <xsl:key name="entry" match="entry" use="@key"/>

  <xsl:function name="f:note-id" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="'note-' || $note/accumulator-before('note')"/>
  </xsl:function>
  <xsl:function name="f:page-id" as="xs:string">
    <xsl:param name="page" as="element(page)"/>
    <xsl:sequence select="'page-' || $page/accumulator-before('page')"/>
  </xsl:function>
  <xsl:function name="f:heading-id" as="xs:string">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="
        if ($block/parent::front) then 'title' else 'heading-' || $block/accumulator-before('heading')"/>
  </xsl:function>
  <xsl:function name="f:mention-id" as="xs:string">
    <xsl:param name="mention" as="element(index)"/>
    <xsl:sequence select="'mention-' || $mention/accumulator-before('mention')"/>
  </xsl:function>
  <!-- The colophons of all chapters stand together: their identifiers begin with the chapter's. -->
  <xsl:function name="f:anchor-id" as="xs:string">
    <xsl:param name="anchor" as="element(anchor)"/>
    <xsl:sequence select="
        (if ($anchor/ancestor::apparatus) then 'about-' || $name || '-' else '')
        || 'anchor-' || f:name($anchor/@id)"/>
  </xsl:function>
  <xsl:function name="f:entry-id" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="'entry-' || f:name($key)"/>
  </xsl:function>

  <!-- A text as a name that no other text has: what is no letter or digit goes by its code. -->
  <xsl:function name="f:name" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="
        string-join(analyze-string($text, '[^A-Za-z0-9-]')/*/(
          if (self::fn:match) then '_' || string-to-codepoints(.) || '_' else string(.)))"
        xmlns:fn="http://www.w3.org/2005/xpath-functions"/>
  </xsl:function>

  <!-- The address in the book of what has an identifier in the text. -->
  <xsl:function name="f:href-of" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:sequence select="f:file-of($node) || '#' || $id"/>
  </xsl:function>

  <!-- A valid absolute address of the web or of mail (RFC 3986). -->
  <xsl:variable name="web-address" as="xs:string" select="
      '^(https?://[\p{L}\p{N}.-]+(:\d+)?([/?#]([A-Za-z0-9._~:/?#@!$&amp;*+,;=()-]|''|%[0-9A-Fa-f]{2})*)?'
      || '|mailto:[A-Za-z0-9._%+-]+@[\p{L}\p{N}.-]+)$'"/>

  <!-- Where a run links to: into the book or to the web, nowhere else. -->
  <xsl:function name="f:href" as="xs:string?">
    <xsl:param name="run" as="element(t)"/>
    <xsl:variable name="link" select="string($run/@link)"/>
    <xsl:variable name="page" select="substring-before($link || '#', '#')"/>
    <xsl:sequence select="
        if (starts-with($link, '#entry:'))
        then key('entry', substring($link, 8), root($run))[1]
             ! (f:register-file(../@kind) || '#' || f:entry-id(@key))
        else if (starts-with($link, '#'))
        then key('anchor', substring($link, 2), root($run))[1]
             ! f:href-of(., f:anchor-id(.))
        else if (exists($document-table($page))) then $document-table($page) || '.xhtml'
        else iri-to-uri(normalize-space($link))[matches(., $web-address)]"/>
  </xsl:function>

  <xsl:function name="f:register-file" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:sequence select="'register-' || $kind || '.xhtml'"/>
  </xsl:function>
</xsl:stylesheet>
