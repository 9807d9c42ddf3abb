<?xml version="1.0" encoding="UTF-8"?>
<!-- The legend: the signs that occur on this page, and what they mean. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:s="urn:tei-toolkit:signs"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template name="h:legend">
    <xsl:param name="text" as="element()*"/>
    <xsl:variable name="all" select="$text/descendant::*"/>
    <xsl:variable name="names" select="map:merge(distinct-values($all ! local-name()) ! map{.: true()})"/>
    <xsl:variable name="renditions" select="distinct-values($all/@p:rend ! tokenize(.))"/>
    <xsl:variable name="choices" select="$all[self::choice]/*"/>
    <xsl:variable name="signs" as="element()*">
      <xsl:if test="map:contains($names, 'supplied')"><i key="supplied"><xsl:sequence select="h:sample('supplied', 'supplied')"/></i></xsl:if>
      <xsl:if test="map:contains($names, 'unclear')"><i key="unclear"><xsl:sequence select="h:sample('unclear', 'unclear')"/></i></xsl:if>
      <xsl:for-each select="sort(distinct-values($all[self::gap or self::ellipsis] ! s:gap-kind(.)))">
        <i key="{.}"><span class="gap">{s:gap-sample(.)}</span></i>
      </xsl:for-each>
      <xsl:if test="map:contains($names, 'sic') and $all[self::sic[not(parent::choice)]]"><i key="sic"><span class="ed">[{h:say('sic.mark')}]</span></i></xsl:if>
      <xsl:if test="$choices[self::sic or self::corr]"><i key="corr"><span class="sic">abd</span> <span class="alternative">{s:open('correction')}abc{s:close('correction')}</span></i></xsl:if>
      <xsl:if test="$choices[self::orig or self::reg]"><i key="reg">abc <span class="alternative">{s:open('correction')}xyz{s:close('correction')}</span></i></xsl:if>
      <xsl:if test="$choices[self::abbr]"><i key="abbr">abc. <span class="alternative">{s:open('correction')}abcdef{s:close('correction')}</span></i></xsl:if>
      <xsl:if test="map:contains($names, 'ex')"><i key="ex">ab{s:open('expansion')}cd{s:close('expansion')}</i></xsl:if>
      <xsl:if test="map:contains($names, 'surplus')"><i key="surplus">{s:open('surplus')}abc{s:close('surplus')}</i></xsl:if>
      <xsl:if test="map:contains($names, 'del')"><i key="del"><xsl:sequence select="h:sample('deletion', 'del')"/></i></xsl:if>
      <xsl:if test="$all[self::add[not(@p:span)]]"><i key="add"><xsl:sequence select="h:sample('addition', 'ins')"/></i></xsl:if>
      <xsl:if test="$all/@p:span = 'start'"><i key="addSpan">⸢abc⸣</i></xsl:if>
      <xsl:if test="$all/@hand or map:contains($names, 'handShift')"><i key="hand"><span class="other-hand">abc</span></i></xsl:if>
      <xsl:if test="$renditions = 'underline-2'"><i key="underline-2"><u class="hi r-underline-2">abc</u></i></xsl:if>
      <xsl:if test="$renditions = 'underline-3'"><i key="underline-3"><u class="hi r-underline-3">abc</u></i></xsl:if>
      <xsl:if test="$renditions = 'underline-wavy'"><i key="underline-wavy"><u class="hi r-underline-wavy">abc</u></i></xsl:if>
      <xsl:if test="map:contains($names, 'stamp') and $all[self::stamp[@type = 'seal']]"><i key="seal"><span class="stamp shape-seal">abc</span></i></xsl:if>
      <xsl:if test="map:contains($names, 'stamp') and $all[self::stamp[not(@type = 'seal')]]"><i key="stamp"><span class="stamp shape-stamp">abc</span></i></xsl:if>
      <xsl:if test="map:contains($names, 'pb')"><i key="pb"><span class="pb">2</span></i></xsl:if>
      <xsl:if test="$all[self::note]/@p:placement = 'margin'"><i key="margin"><span class="legend-margin">abc</span></i></xsl:if>
      <xsl:if test="$all[@p:href]/@p:kind"><i key="name"><span class="name"><span class="link">abc</span></span></i></xsl:if>
    </xsl:variable>
    <xsl:if test="exists($signs)">
      <details class="legend ed" open="open" lang="{$h:wording}" dir="ltr">
        <summary>{h:say('legend')}</summary>
        <dl>
          <xsl:for-each select="$signs">
            <div>
              <dt><xsl:sequence select="node()"/></dt>
              <dd>{h:say('legend.' || @key)}</dd>
            </div>
          </xsl:for-each>
        </dl>
      </details>
    </xsl:if>
  </xsl:template>

  <!-- What a deletion, an addition or an uncertain reading looks like. -->
  <xsl:function name="h:sample" as="node()*">
    <xsl:param name="sign" as="xs:string"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="s:is-set($sign)">
        <xsl:text>{s:open($sign)}</xsl:text>
        <xsl:element name="{if ($kind = ('del', 'ins')) then $kind else 'span'}">
          <xsl:attribute name="class" select="$kind, 'sign-' || (s:part($sign, 'style')[. ne ''], 'plain')[1]"/>
          <xsl:text>abc</xsl:text>
        </xsl:element>
        <xsl:text>{s:close($sign)}</xsl:text>
      </xsl:when>
      <xsl:when test="$kind = 'del'"><del class="del">abc</del></xsl:when>
      <xsl:when test="$kind = 'ins'"><ins class="add place-above">abc</ins></xsl:when>
      <xsl:when test="$kind = 'supplied'"><span class="ed">[</span>abc<span class="ed">]</span></xsl:when>
      <xsl:otherwise><span class="unclear">abc</span></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

</xsl:stylesheet>
