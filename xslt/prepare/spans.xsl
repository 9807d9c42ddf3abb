<?xml version="1.0" encoding="UTF-8"?>
<!-- What was struck out, added or damaged from one point of the text to another, across elements:
     its words are marked one text node at a time, as if each stood in an element of its own.
     TEI Guidelines, 12.3.1.4 (del, add, addSpan, delSpan) and 12.3.3.1 (damageSpan). -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs map">

  <xsl:variable name="p:spans" as="element()*" select="
      (//delSpan, //addSpan, //damageSpan)[p:span-end(.)]"/>
  <xsl:variable name="p:has-spans" as="xs:boolean" select="exists($p:spans)"/>

  <!-- Where a span ends, if that is behind its beginning. -->
  <xsl:function name="p:span-end" as="element()?">
    <xsl:param name="span" as="element()"/>
    <xsl:sequence select="
        key('p:identified', substring-after($span/@spanTo, '#'), root($span))[. >> $span][1]"/>
  </xsl:function>

  <!-- The spans that a text node lies in, by the node, the outermost first. -->
  <xsl:variable name="p:spanned" as="map(xs:string, element()*)" select="
      map:merge(
        $p:spans ! (let $span := ., $end := p:span-end(.)
                    return following::text()[. &lt;&lt; $end][normalize-space()] ! map{generate-id(): $span}),
        map{'duplicates': 'combine'})"/>

  <xsl:template match="text()[$p:has-spans]">
    <xsl:call-template name="p:in-spans">
      <xsl:with-param name="spans" select="$p:spanned(generate-id())"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="p:in-spans">
    <xsl:param name="spans" as="element()*"/>
    <xsl:choose>
      <xsl:when test="exists($spans)">
        <xsl:variable name="text" select="."/>
        <xsl:for-each select="$spans[1]">
          <xsl:element name="{substring-before(local-name(), 'Span')}" namespace="http://www.tei-c.org/ns/1.0">
            <xsl:attribute name="p:span" select="'part'"/>
            <xsl:if test="self::delSpan">
              <xsl:attribute name="p:layer" select="'diplomatic'"/>
            </xsl:if>
            <xsl:sequence select="@* except (@xml:id, @spanTo, @p:*), p:rendition(.), p:responsibility(.)"/>
            <xsl:for-each select="$text">
              <xsl:call-template name="p:in-spans">
                <xsl:with-param name="spans" select="tail($spans)"/>
              </xsl:call-template>
            </xsl:for-each>
          </xsl:element>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="."/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The end of an added passage, which the reader has to see too. -->
  <xsl:key name="p:ends-of-spans" match="addSpan[@spanTo]" use="substring-after(@spanTo, '#')"/>

  <xsl:function name="p:span" as="attribute()?">
    <xsl:param name="element" as="element()"/>
    <xsl:choose>
      <xsl:when test="$element[self::addSpan] and p:span-end($element)">
        <xsl:attribute name="p:span" select="'start'"/>
      </xsl:when>
      <xsl:when test="$p:has-spans and $element/@xml:id
          and $element/key('p:ends-of-spans', @xml:id)[p:span-end(.) is $element]">
        <xsl:attribute name="p:span" select="'end'"/>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
