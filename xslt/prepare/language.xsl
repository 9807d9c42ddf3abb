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
  <xsl:variable name="p:short-codes" static="yes" as="map(xs:string, xs:string)" select="map:merge(tokenize(
      'ara:ar arm:hy hye:hy baq:eu eus:eu bel:be bul:bg cat:ca cze:cs ces:cs chi:zh zho:zh dan:da '
      || 'dut:nl nld:nl eng:en epo:eo est:et fin:fi fra:fr fre:fr geo:ka kat:ka ger:de deu:de '
      || 'gle:ga glg:gl gre:el ell:el heb:he hin:hi hrv:hr hun:hu ice:is isl:is ita:it jpn:ja '
      || 'kor:ko lat:la lav:lv lit:lt mac:mk mkd:mk nor:no nob:nb nno:nn oci:oc per:fa fas:fa '
      || 'pol:pl por:pt rum:ro ron:ro rus:ru san:sa slo:sk slk:sk slv:sl spa:es srp:sr swe:sv '
      || 'tur:tr ukr:uk urd:ur vie:vi wel:cy cym:cy yid:yi')
      ! map{substring-before(., ':'): substring-after(., ':')})"/>

  <!-- The scripts of ISO 15924: a subtag of four letters that is none of them is left out. -->
  <xsl:variable name="p:scripts" static="yes" as="map(xs:string, xs:boolean)" select="map:merge(tokenize(
      'adlm afak aghb ahom arab aran armi armn avst bali bamu bass batk beng bhks blis bopo brah '
      || 'brai bugi buhd cakm cans cari cham cher chrs cirt copt cpmn cprt cyrl cyrs deva diak dogr '
      || 'dsrt dupl egyd egyh egyp elba elym ethi gara geok geor glag gong gonm goth gran grek gujr '
      || 'gukh guru hanb hang hani hano hans hant hatr hebr hira hluw hmng hmnp hrkt hung inds ital '
      || 'jamo java jpan jurc kali kana kawi khar khmr khoj kits knda kore kpel krai kthi lana laoo '
      || 'latf latg latn leke lepc limb lina linb lisu loma lyci lydi mahj maka mand mani marc maya '
      || 'medf mend merc mero mlym modi mong moon mroo mtei mult mymr nagm nand narb nbat newa nkdb '
      || 'nkgb nkoo nshu ogam olck onao orkh orya osge osma ougr palm pauc pcun pelm perm phag phli '
      || 'phlp phlv phnx piqd plrd prti psin qaaa qabx ranj rjng rohg roro runr samr sara sarb saur '
      || 'sgnw shaw shrd shui sidd sind sinh sogd sogo sora soyo sund sunu sylo syrc syre syrj syrn '
      || 'tagb takr tale talu taml tang tavt telu teng tfng tglg thaa thai tibt tirh tnsa todr tols '
      || 'toto tutg ugar vaii visp vith wara wcho wole xpeo xsux yezi yiii zanb zinh zmth zsye zsym '
      || 'zxxx zyyy zzzz') ! map{.: true()})"/>

  <!-- The language tag, if it is well-formed; else nothing is said about the language. -->
  <xsl:function name="p:tag" as="xs:string?">
    <xsl:param name="lang" as="xs:string?"/>
    <xsl:variable name="tag" select="
        normalize-space($lang)[matches(., '^([A-Za-z]{2,3}|[ix])(-[A-Za-z0-9]{1,8})*$')]"/>
    <xsl:variable name="subtags" select="tokenize($tag, '-')"/>
    <!-- An extended language subtag stands for itself: el-grc is grc (RFC 5646, 4.5). -->
    <xsl:variable name="said" select="
        if (matches($subtags[2], '^[A-Za-z]{3}$')) then tail($subtags) else $subtags"/>
    <xsl:variable name="private" select="(index-of($said, 'x'), count($said) + 1)[1]"/>
    <xsl:variable name="known" select="
        for $n in 1 to count($said)
        return $said[$n][$n eq 1 or $n ge $private or not(matches(., '^[A-Za-z]{4}$'))
                         or map:contains($p:scripts, lower-case(.))]"/>
    <xsl:sequence select="
        $tag ! string-join((($p:short-codes($known[1]), $known[1])[1], tail($known)), '-')"/>
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
