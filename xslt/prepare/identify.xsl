<?xml version="1.0" encoding="UTF-8"?>
<!-- Identifiers: what can be cited gets one that stays the same as long as the text does. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs map">

  <!-- The elements that are cited though they have no xml:id. -->
  <xsl:variable name="p:citable" as="xs:string+" select="
      'front', 'body', 'back', 'div', 'div1', 'div2', 'div3', 'div4', 'div5', 'div6', 'div7',
      'p', 'ab', 'lg', 'l', 'head', 'opener', 'closer', 'postscript', 'note', 'pb', 'sp', 'stage',
      'list', 'item', 'table', 'row', 'figure', 'quote', 'cit', 'floatingText', 'titlePage', 'app',
      'listPerson', 'listPlace', 'listOrg', 'listEvent', 'listBibl', 'stamp', 'trailer', 'u',
      'persName', 'placeName', 'orgName', 'geogName', 'settlement', 'name', 'rs', 'eventName',
      'teiHeader', 'standOff', 'sourceDoc', 'facsimile'"/>

  <!-- Those there is mostly one of: alone, they have no number. -->
  <xsl:variable name="p:unique" as="xs:string+" select="
      'front', 'body', 'back', 'teiHeader', 'standOff', 'sourceDoc', 'facsimile'"/>

  <xsl:key name="p:identified" match="*" use="@xml:id"/>
  <xsl:key name="p:below" match="*[p:is-citable(.)]"
      use="generate-id((ancestor::*[p:is-citable(.)][1], root(.))[1])"/>

  <xsl:function name="p:is-citable" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="local-name($element) = $p:citable"/>
  </xsl:function>

  <!-- The identifier of every citable element without xml:id, by the element's internal number. -->
  <xsl:variable name="p:paths" as="map(xs:string, xs:string)" select="map:merge(p:paths(/, ''))"/>

  <xsl:function name="p:paths" as="map(xs:string, xs:string)*">
    <xsl:param name="above" as="node()"/>
    <xsl:param name="path" as="xs:string"/>
    <xsl:for-each-group select="key('p:below', generate-id($above), root($above))"
        group-by="local-name()">
      <xsl:for-each select="current-group()">
        <xsl:variable name="step" select="p:step(., position(), last())"/>
        <xsl:variable name="here" select="(string(@xml:id)[.], p:free(
            if (self::pb) then $step else string-join(($path[.], $step), '.'), .))[1]"/>
        <xsl:sequence select="map{generate-id(.): $here}"/>
        <xsl:sequence select="p:paths(., if (self::body and last() eq 1) then $path else $here)"/>
      </xsl:for-each>
    </xsl:for-each-group>
  </xsl:function>

  <!-- One step of a path: the name and the number among its like; a body has no number, a page
       beginning goes by the number of its page. -->
  <xsl:function name="p:step" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="position" as="xs:integer"/>
    <xsl:param name="last" as="xs:integer"/>
    <xsl:variable name="number" as="xs:string" select="
        if ($element/self::pb) then p:page-number($element)
        else if (local-name($element) = $p:unique and $last eq 1) then ''
        else string($position)"/>
    <xsl:sequence select="(if ($element/self::pb) then 'page' else local-name($element)) || $number"/>
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
    <xsl:param name="in" as="node()"/>
    <xsl:sequence select="if (exists(key('p:identified', $path, root($in))))
                          then p:free($path || '_', $in) else $path"/>
  </xsl:function>

  <xsl:function name="p:identity" as="attribute()?">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="id" select="
        if ($element/@xml:id) then normalize-space($element/@xml:id)
        else $p:paths(generate-id($element))"/>
    <xsl:if test="$id">
      <xsl:attribute name="p:id" select="$id"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>
