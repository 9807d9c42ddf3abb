<?xml version="1.0" encoding="UTF-8"?>
<!-- Language and direction, wherever the language changes. TEI Guidelines, vi.1; BCP 47. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs map">

  <xsl:variable name="p:right-to-left-scripts" as="xs:string+" select="
      'arab', 'hebr', 'syrc', 'syre', 'syrj', 'syrn', 'thaa', 'nkoo', 'adlm', 'mand', 'samr',
      'rohg', 'armi', 'phnx', 'avst', 'phli', 'phlp', 'prti', 'sarb', 'narb', 'nbat', 'palm',
      'hatr', 'mend', 'lydi', 'khar', 'orkh', 'sogd', 'sogo', 'elym', 'chrs', 'yezi', 'aran'"/>
  <xsl:variable name="p:right-to-left-languages" as="xs:string+" select="
      'ar', 'ara', 'arz', 'ary', 'apc', 'ajp', 'he', 'heb', 'hbo', 'iw', 'yi', 'yid', 'ji', 'fa',
      'fas', 'per', 'ur', 'urd', 'ps', 'pus', 'sd', 'snd', 'ug', 'uig', 'ckb', 'dv', 'div', 'syr',
      'syc', 'arc', 'jpa', 'tmr', 'lad', 'ota', 'nqo', 'sam', 'mid', 'phn', 'prs', 'azb', 'lrc'"/>

  <xsl:function name="p:language" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:if test="$element/@xml:lang or empty($element/..[self::*])">
      <xsl:sequence select="p:change-of-language($element)"/>
    </xsl:if>
  </xsl:function>

  <xsl:function name="p:change-of-language" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="own" select="p:tag($element/@xml:lang)"/>
    <xsl:variable name="above" select="
        ($language[.][$element/..[self::*]], $element/ancestor::*/p:tag(@xml:lang))[last()]"/>
    <xsl:variable name="here" select="if (exists($own)) then $own else $language[.][empty($element/..[self::*])]"/>
    <xsl:if test="exists($here) and not($here = $above)">
      <xsl:attribute name="p:lang" select="$here"/>
      <xsl:attribute name="p:dir" select="p:direction($here)"/>
    </xsl:if>
  </xsl:function>

  <!-- Codes of three letters for which BCP 47 wants the one of two letters. -->
  <xsl:variable name="p:short-codes" as="map(xs:string, xs:string)" select="map:merge(tokenize(
      'ara:ar arm:hy hye:hy baq:eu eus:eu bel:be bul:bg cat:ca cze:cs ces:cs chi:zh zho:zh dan:da '
      || 'dut:nl nld:nl eng:en epo:eo est:et fin:fi fra:fr fre:fr geo:ka kat:ka ger:de deu:de '
      || 'gle:ga glg:gl gre:el ell:el heb:he hin:hi hrv:hr hun:hu ice:is isl:is ita:it jpn:ja '
      || 'kor:ko lat:la lav:lv lit:lt mac:mk mkd:mk nor:no nob:nb nno:nn oci:oc per:fa fas:fa '
      || 'pol:pl por:pt rum:ro ron:ro rus:ru san:sa slo:sk slk:sk slv:sl spa:es srp:sr swe:sv '
      || 'tur:tr ukr:uk urd:ur vie:vi wel:cy cym:cy yid:yi')
      ! map{substring-before(., ':'): substring-after(., ':')})"/>

  <!-- The language tag, if it is well-formed; else nothing is said about the language. -->
  <xsl:function name="p:tag" as="xs:string?">
    <xsl:param name="lang" as="xs:string?"/>
    <xsl:variable name="tag" select="
        normalize-space($lang)[matches(., '^([A-Za-z]{2,3}|[ix])(-[A-Za-z0-9]{1,8})*$')]"/>
    <xsl:variable name="first" select="tokenize($tag, '-')[1]"/>
    <xsl:sequence select="$tag ! (($p:short-codes($first) ! (. || substring-after($tag, $first)), .)[1])"/>
  </xsl:function>

  <xsl:function name="p:direction" as="xs:string">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:variable name="subtags" select="tokenize(lower-case($tag), '-')"/>
    <xsl:variable name="script" select="$subtags[position() gt 1][matches(., '^[a-z]{4}$')][1]"/>
    <xsl:sequence select="
        if (exists($script)) then ('rtl'[$script = $p:right-to-left-scripts], 'ltr')[1]
        else ('rtl'[$subtags[1] = $p:right-to-left-languages], 'ltr')[1]"/>
  </xsl:function>

</xsl:stylesheet>
