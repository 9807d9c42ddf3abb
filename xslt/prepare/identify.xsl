<?xml version="1.0" encoding="UTF-8"?>
<!-- Identifiers: what can be cited gets one that stays the same as long as the text does. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs map">

  <!-- The elements that are cited though they have no xml:id, as patterns: those that are counted,
       and those there is mostly one of, which alone have no number. -->
  <xsl:variable name="p:counted" static="yes" as="xs:string" select="
      'div | div1 | div2 | div3 | div4 | div5 | div6 | div7 | p | ab | lg | l | head | opener | closer'
      || ' | postscript | note | sp | stage | list | item | table | row | figure | quote | cit'
      || ' | floatingText | titlePage | app | listPerson | listPlace | listOrg | listEvent | listBibl'
      || ' | stamp | trailer | u | persName | placeName | orgName | geogName | settlement | name | rs'
      || ' | eventName | lb[@facs]'"/>
  <xsl:variable name="p:unique" static="yes" as="xs:string" select="
      'front | body | back | teiHeader | standOff | sourceDoc | facsimile'"/>
  <xsl:variable name="p:citable" static="yes" as="xs:string" select="
      string-join(($p:counted, $p:unique, 'pb'), ' | ')"/>

  <xsl:key name="p:identified" match="*" use="@xml:id"/>
  <xsl:key name="p:alike" _match="{$p:unique}" use="p:place(.)"/>

  <!-- Where an element stands among the citable ones: below which, and by what name. -->
  <xsl:function name="p:place" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="above" as="element()?">
      <xsl:iterate select="reverse($element/ancestor::*)">
        <xsl:if test="p:is-citable(.)">
          <xsl:break select="."/>
        </xsl:if>
      </xsl:iterate>
    </xsl:variable>
    <xsl:sequence select="generate-id($above) || ' ' || local-name($element)"/>
  </xsl:function>

  <xsl:function name="p:is-citable" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:apply-templates select="$element" mode="p:is-citable"/>
  </xsl:function>

  <xsl:mode name="p:is-citable" on-no-match="fail"/>
  <xsl:template mode="p:is-citable" as="xs:boolean" _match="{$p:citable}">
    <xsl:sequence select="true()"/>
  </xsl:template>
  <xsl:template mode="p:is-citable" as="xs:boolean" match="*" priority="-1">
    <xsl:sequence select="false()"/>
  </xsl:template>

  <!-- While the document is passed through: the citable element that is open, with its identifier,
       the path of what lies in it, how many of each name have been met in it, and the one above. -->
  <xsl:accumulator name="p:open" as="map(xs:string, item()?)" initial-value="map{' path': ''}">
    <xsl:accumulator-rule _match="{$p:counted}" select="
        p:opened(., $value, local-name() || p:number(., $value))"/>
    <xsl:accumulator-rule _match="{$p:unique}" select="
        p:opened(., $value, local-name() || (if (p:is-alone(.)) then '' else p:number(., $value)))"/>
    <xsl:accumulator-rule match="pb" select="p:opened(., $value, 'page' || p:page-number(.))"/>
    <xsl:accumulator-rule phase="end" _match="{$p:citable}" select="$value(' above')"/>
  </xsl:accumulator>

  <xsl:function name="p:number" as="xs:integer">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="above" as="map(xs:string, item()?)"/>
    <xsl:sequence select="($above(local-name($element)), 0)[1] + 1"/>
  </xsl:function>

  <!-- What holds within a citable element; a body that is alone is left out of the path, and a
       page beginning goes by the number of its page alone. -->
  <xsl:function name="p:opened" as="map(xs:string, item()?)">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="above" as="map(xs:string, item()?)"/>
    <xsl:param name="step" as="xs:string"/>
    <xsl:variable name="path" select="$above(' path')"/>
    <xsl:variable name="id" select="
        if ($element/@xml:id) then p:own-id($element)
        else p:free(if ($path eq '' or $element/self::pb) then $step else $path || '.' || $step)"/>
    <xsl:sequence select="map{
        ' id': $id,
        ' path': if ($step eq 'body') then $path else $id,
        ' above': map:put($above, local-name($element), p:number($element, $above))}"/>
  </xsl:function>

  <!-- Is there no other element of the name in the same citable element? -->
  <xsl:function name="p:is-alone" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="count(key('p:alike', p:place($element), root($element))) eq 1"/>
  </xsl:function>

  <xsl:variable name="p:pages" as="map(xs:string, xs:string)">
    <xsl:map>
      <xsl:for-each-group select="//pb" group-by="p:page-name(.)">
        <xsl:for-each select="current-group()">
          <xsl:map-entry key="generate-id(.)" select="
              '-' || current-grouping-key() || (if (position() gt 1) then '.' || position() else '')"/>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <xsl:function name="p:page-number" as="xs:string">
    <xsl:param name="pb" as="element()"/>
    <xsl:sequence select="$p:pages(generate-id($pb))"/>
  </xsl:function>

  <xsl:function name="p:page-name" as="xs:string">
    <xsl:param name="pb" as="element()"/>
    <xsl:variable name="name" select="replace($pb/@n, '[^\p{L}\p{Nd}_-]+', '')"/>
    <xsl:sequence select="if ($name) then $name else 'break'"/>
  </xsl:function>

  <!-- The path itself, or, where an xml:id has taken it, the path with a mark behind it. -->
  <xsl:function name="p:free" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="if (map:contains($p:taken, $path)) then p:free($path || '_') else $path"/>
  </xsl:function>

  <xsl:variable name="p:taken" as="map(xs:string, xs:boolean)" select="
      map:merge(//@xml:id ! map{string(): true()})"/>

  <!-- The xml:id. A colon, which none may have, would make it one of those that the page gives. -->
  <xsl:function name="p:own-id" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="translate(normalize-space($element/@xml:id), ':', '_')"/>
  </xsl:function>

  <!-- The identifier of an element: its own, or the path of what is citable. -->
  <xsl:template match="*" mode="p:identity" priority="-1">
    <xsl:if test="@xml:id">
      <xsl:attribute name="p:id" select="p:own-id(.)"/>
    </xsl:if>
  </xsl:template>

  <xsl:template mode="p:identity" _match="{$p:citable}">
    <xsl:attribute name="p:id" select="
        if (@xml:id) then p:own-id(.) else accumulator-before('p:open')(' id')"/>
  </xsl:template>

</xsl:stylesheet>
