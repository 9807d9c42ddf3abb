<?xml version="1.0" encoding="UTF-8"?>
<!--
  What every stylesheet made from a schema needs: compile.xsl copies this into it.

  The stylesheet declares t:full itself.
-->
<xsl:stylesheet version="3.0" expand-text="no"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:t="urn:tei-toolkit:schematron">

  <!-- The URI of the document that is validated, or nothing. -->
  <xsl:param name="t:uri" as="xs:string" select="''"/>

  <!-- The URI of a folder: a document can only name documents below it. -->
  <xsl:param name="t:root" as="xs:string" select="''"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:mode use-accumulators="t:number"/>

  <xsl:variable name="t:validated" as="document-node()" select="/"/>

  <!-- The number of an element in its document, counted from 1. -->
  <xsl:accumulator name="t:number" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="*" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:function name="t:uri" as="xs:string">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="if ($document is $t:validated) then $t:uri
                          else string(document-uri($document))"/>
  </xsl:function>

  <!-- The documents that a pattern's @documents names; those outside the folder are not read. -->
  <xsl:function name="t:documents" as="document-node()*">
    <xsl:param name="names" as="item()*"/>
    <xsl:for-each select="distinct-values($names ! t:file(resolve-uri(string(), $t:uri)))">
      <xsl:if test="not(t:is-inside(.)) or not(doc-available(.))">
        <xsl:sequence select="error(xs:QName('t:no-document'),
                              'the edition has no document ' || .)"/>
      </xsl:if>
      <xsl:sequence select="doc(.)"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The URI of a file in one form, without a fragment. -->
  <xsl:function name="t:file" as="xs:string">
    <xsl:param name="uri" as="xs:anyURI"/>
    <xsl:sequence select="replace(replace($uri, '#.*$', ''), '^file:/+', 'file:///')"/>
  </xsl:function>

  <xsl:function name="t:is-inside" as="xs:boolean">
    <xsl:param name="file" as="xs:string"/>
    <xsl:sequence select="$t:root != '' and starts-with($file, $t:root) and
                          not(matches($file, '/\.\.?(/|$)|%2[eEfF]|\\'))"/>
  </xsl:function>

  <!-- Attributes that give the place of the first node:

         t:element    the number of the element, or of the element that the node is in
         t:attribute  the name of the attribute, {namespace}local
         t:after      of a text: the number of the element before it, or 0
         t:document   the URI of the document, if it is another than the one validated -->
  <xsl:template name="t:place">
    <xsl:param name="t:nodes" as="item()*"/>
    <xsl:variable name="node" as="node()?"
        select="$t:nodes[. instance of node()][root() instance of document-node()][1]"/>
    <xsl:for-each select="$node">
      <xsl:if test="$t:full">
        <xsl:attribute name="location" select="path()"/>
      </xsl:if>
      <xsl:if test="not(root() is $t:validated)">
        <xsl:attribute name="t:document" select="document-uri(root())"/>
      </xsl:if>
      <xsl:attribute name="t:element"
          select="((ancestor-or-self::*)[last()], root()/*)[1]/accumulator-before('t:number')"/>
      <xsl:choose>
        <xsl:when test=". instance of attribute()">
          <xsl:attribute name="t:attribute"
              select="string(namespace-uri()[. != ''] ! ('{' || . || '}')) || local-name()"/>
        </xsl:when>
        <xsl:when test=". instance of text()">
          <xsl:attribute name="t:after"
              select="(preceding-sibling::*[1]/accumulator-before('t:number'), 0)[1]"/>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

</xsl:stylesheet>
