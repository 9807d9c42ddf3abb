<?xml version="1.0" encoding="UTF-8"?>
<!-- Responsibility: the names behind @resp, @hand, and @new of a handShift. TEI Guidelines, 1.3.1.1.4
     and 12.1. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs">

  <xsl:function name="p:responsibility" as="attribute()?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="pointers" select="$element/(@resp, @hand, self::handShift/@new)"/>
    <xsl:variable name="names" select="
        if (empty($pointers)) then ()
        else distinct-values(for $pointer in tokenize(string-join($pointers, ' '))
                        return p:responsible($pointer, $element))"/>
    <xsl:if test="exists($names)">
      <xsl:attribute name="p:resp" select="string-join($names, ', ')"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="p:responsible" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="from" as="element()"/>
    <xsl:variable name="here" select="
        key('p:identified', substring-after($pointer, '#'), root($from))[starts-with($pointer, '#')]"/>
    <xsl:variable name="name" select="
        (($here, p:entry-of($pointer, $from))[1] ! p:responsible-name(.))[.]"/>
    <xsl:sequence select="$name"/>
  </xsl:function>

  <!-- The name of whoever an element of the header or a register entry stands for. -->
  <xsl:function name="p:responsible-name" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="named" as="element()*" select="
        if ($element[self::respStmt])
          then $element/(persName, orgName, name)
        else if ($element[self::handNote or self::handShift or self::witness]) then ()
        else $element[not(self::persName or self::name)]/(persName, orgName, name, forename)[1]"/>
    <xsl:sequence select="
        if (exists($named)) then string-join($named ! p:name-text(.), ', ')
        else if ($element/@scribe) then normalize-space($element/@scribe)
        else p:name-text($element)"/>
  </xsl:function>

</xsl:stylesheet>
