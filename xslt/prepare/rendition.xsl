<?xml version="1.0" encoding="UTF-8"?>
<!-- Renditions: from what editors write to a closed vocabulary (rendition.xml).
     TEI Guidelines, 1.3.1.1.3 (rendition indicators). -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:tei="http://www.tei-c.org/ns/1.0"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs map tei">

  <xsl:variable name="p:table" static="yes" as="element()" select="doc('rendition.xml')/*"/>

  <xsl:variable name="p:tokens" static="yes" as="map(xs:string, xs:string)" select="
      map:merge(($p:table/p:token ! (for $word in (tokenize(@is), @of) return map{string($word): string(@of)}),
                 $p:table/p:colour ! (for $word in tokenize(@is), $function in ('colour', 'color', 'ink')
                   return map{$function || '(' || $word || ')': 'colour-' || @name})),
                map{'duplicates': 'use-first'})"/>

  <xsl:variable name="p:colours" static="yes" as="map(xs:string, xs:string)" select="
      map:merge($p:table/p:colour ! (for $word in tokenize(@is)
                                     return map{$word: 'colour-' || @name}))"/>

  <xsl:variable name="p:elements" static="yes" as="map(xs:string, xs:string)" select="
      map:merge($p:table/p:element ! map{string(@name): string(@of)})"/>

  <!-- What says that an element looks like the text around it. -->
  <xsl:variable name="p:none" as="xs:string+" select="'none', 'normal', 'plain', 'upright'"/>

  <xsl:function name="p:rendition" as="attribute()?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="said" select="
        $element/@rend/p:from-rend(.), $element/@rendition/p:from-rendition(.),
        $element/@style/p:from-css(.)"/>
    <xsl:variable name="tokens" select="
        if (exists($said)) then distinct-values($said)
        else if ($element/@rend and tokenize($element/@rend) = $p:none) then ()
        else $element[self::tei:*] ! $p:elements(local-name(.))"/>
    <xsl:if test="exists($tokens)">
      <xsl:attribute name="p:rend" select="$tokens"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="p:from-rend" as="xs:string*">
    <xsl:param name="rend" as="xs:string"/>
    <xsl:variable name="lower" select="lower-case($rend)"/>
    <xsl:sequence select="
        if (contains($lower, ':') and not(starts-with($lower, 'simple:'))) then p:from-css($lower)
        else tokenize(replace($lower, '\s*\(\s*([^()\s]*)\s*\)', '($1)'), '[\s;,]+')
             ! $p:tokens(replace(., '^(simple:|#)', ''))"/>
  </xsl:function>

  <xsl:function name="p:from-rendition" as="xs:string*">
    <xsl:param name="rendition" as="attribute()"/>
    <xsl:for-each select="tokenize($rendition)">
      <xsl:variable name="id" select="replace(., '^.*#', '')"/>
      <xsl:variable name="declared" select="
          key('p:identified', $id, root($rendition))[self::rendition]"/>
      <xsl:variable name="said" select="$declared[not(@scheme) or @scheme = 'css']/p:from-css(.)"/>
      <xsl:sequence select="if (exists($said)) then $said else p:from-rend($id)"/>
    </xsl:for-each>
  </xsl:function>

  <!-- From CSS declarations, whatever stands around them. -->
  <xsl:function name="p:from-css" as="xs:string*">
    <xsl:param name="css" as="xs:string"/>
    <xsl:for-each select="tokenize(lower-case($css), '[;{}]')[contains(., ':')]">
      <xsl:variable name="property" select="normalize-space(substring-before(., ':'))"/>
      <xsl:variable name="value" select="
          normalize-space(replace(substring-after(., ':'), '!important', ''))"/>
      <xsl:sequence select="
          if ($property = 'color') then $p:colours($value)
          else $p:table/p:style[matches($property, '^(' || @property || ')$')]
                               [matches($value, '^(' || @value || ')$')][1]/string(@of)"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
