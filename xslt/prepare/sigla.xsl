<?xml version="1.0" encoding="UTF-8"?>
<!-- The sigla of the witnesses that @wit names, and the works that @source of a reading names. TEI Guidelines, 13.1.4 (witness lists). -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs">

  <xsl:function name="p:sigla" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="$element/@wit">
      <xsl:attribute name="p:sigla" select="
          p:in-order(tokenize($element/@wit), $element) ! p:siglum(., $element)"/>
    </xsl:if>
    <xsl:if test="$element[self::rdg or self::lem or self::rdgGrp]/@source">
      <xsl:attribute name="p:sources" select="tokenize($element/@source) ! p:siglum(., $element)"/>
    </xsl:if>
    <xsl:if test="$element[self::witness]/@xml:id">
      <xsl:attribute name="p:siglum" select="p:siglum('#' || $element/@xml:id, $element)"/>
    </xsl:if>
  </xsl:function>

  <!-- Pointers to witnesses in the order of the edition; what points to none comes last. -->
  <xsl:function name="p:in-order" as="xs:string*">
    <xsl:param name="pointers" as="xs:string*"/>
    <xsl:param name="from" as="element()"/>
    <xsl:choose>
      <xsl:when test="$witness-order eq 'listed' and count($pointers) gt 1">
        <xsl:variable name="listed" select="
            key('p:identified', $pointers ! replace(., '^.*#', ''), root($from)) ! ('#' || @xml:id)"/>
        <xsl:sequence select="$listed, $pointers[not(replace(., '^.*#', '#') = $listed)]"/>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="$pointers"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The siglum that a witness is given in words, or its number; for a printed work its authors;
       or else the identifier. Spaces in it do not break, so that sigla can stand in a list. -->
  <xsl:function name="p:siglum" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="from" as="element()"/>
    <xsl:variable name="id" select="replace($pointer, '^.*#', '')"/>
    <xsl:variable name="witness" select="key('p:identified', $id, root($from))[1]"/>
    <xsl:variable name="said" select="
        ($witness//(abbr | idno | label | name | altIdentifier/idno | msName)[@type = ('siglum', 'sigil', 'sigla')],
         $witness[self::witness]/abbr[1], $witness/@n)[normalize-space()][1]/normalize-space(),
        $witness[self::bibl or self::biblStruct]/string-join(
          .//(author, editor)/(surname, .)[1] ! normalize-space(), ', ')[.]"/>
    <xsl:sequence select="($said[1] ! translate(., ' ', '&#160;'), $id)[1]"/>
  </xsl:function>

</xsl:stylesheet>
