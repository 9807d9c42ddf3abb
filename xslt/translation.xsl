<?xml version="1.0" encoding="UTF-8"?>
<!--
  A text and its translation, for every output: which belong together, and what in the one stands
  beside what in the other. TEI Guidelines, 17.5 (correspondence and alignment).
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:tr="urn:tei-toolkit:translation"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- The translation of a division: the one that points at it with corresp, or else the one that
       follows an edition of the text directly. -->
  <xsl:function name="tr:translation" as="element(div)?">
    <xsl:param name="division" as="element(div)"/>
    <xsl:variable name="after" select="$division/following-sibling::div[@type = 'translation']"/>
    <xsl:sequence select="
        if ($division/@type = 'translation') then ()
        else ($after[@xml:id][tokenize($division/@corresp) = ('#' || @xml:id)],
              $after[$division/@xml:id][tokenize(@corresp) = ('#' || $division/@xml:id)],
              $after[$division/@type = ('edition', 'original', 'transcription', 'source', 'text')]
                    [preceding-sibling::div[1] is $division])[1]"/>
  </xsl:function>

  <xsl:function name="tr:original" as="element(div)?">
    <xsl:param name="division" as="element(div)"/>
    <xsl:sequence select="$division/preceding-sibling::div[tr:translation(.) is $division][1]"/>
  </xsl:function>

  <!-- The rows in which the two stand side by side: `original` and `translation`, the nodes of each.
       What corresponds (by corresp, or by n) begins a row; what comes before the first counterpart,
       or follows one, stands with it. Without counterparts there is one row. -->
  <xsl:function name="tr:rows" as="map(xs:string, node()*)*">
    <xsl:param name="original" as="element(div)"/>
    <xsl:param name="translation" as="element(div)"/>
    <xsl:variable name="counterparts" select="tr:counterparts($original, $translation)"/>
    <xsl:variable name="starts" select="map:for-each($counterparts, function($id, $part) {$part})/."/>
    <xsl:for-each-group select="$original/node()"
        group-starting-with="*[map:contains($counterparts, generate-id())]">
      <xsl:variable name="there" select="current-group()[1] ! $counterparts(generate-id(.))"/>
      <xsl:variable name="next" select="($starts[. >> $there])[1]"/>
      <xsl:sequence select="map{
          'original': current-group(),
          'translation': (
            if (position() eq 1)
              then $translation/node()[empty($starts) or . &lt;&lt; $starts[1]] else (),
            $there,
            $there/following-sibling::node()[empty($next) or . &lt;&lt; $next])}"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- What in a translation corresponds to each part of the original, by the part's internal
       number; each once. -->
  <xsl:function name="tr:counterparts" as="map(xs:string, element())">
    <xsl:param name="original" as="element(div)"/>
    <xsl:param name="translation" as="element(div)"/>
    <xsl:variable name="named" as="map(xs:string, element())" select="map:merge(
        $translation/*!(for $name in (@xml:id ! ('#' || .), tokenize(@corresp) ! ('to ' || .),
                                      @n ! (local-name(..) || ' ' || .))
                        return map{$name: .}), map{'duplicates': 'use-first'})"/>
    <xsl:variable name="pairs" as="map(*)*">
      <xsl:for-each select="$original/*">
        <xsl:variable name="there" select="
            ((tokenize(@corresp), @xml:id ! ('to #' || .), @n ! (local-name(..) || ' ' || .))
             ! $named(.))[1]"/>
        <xsl:if test="$there">
          <xsl:sequence select="map{generate-id($there): map{generate-id(.): $there}}"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="map:merge(map:merge($pairs, map{'duplicates': 'use-first'})?*)"/>
  </xsl:function>

</xsl:stylesheet>
