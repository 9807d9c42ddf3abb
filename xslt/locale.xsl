<?xml version="1.0" encoding="UTF-8"?>
<!--
  The words an edition itself says, in every output: locales/LANGUAGE.xml.

  A stylesheet imports this module and sets l:language. A new language is one new file. Its <term>s
  hold the wording by key, with {1}, {2} … to be filled in; its <plural>s say, by regular
  expressions on the figures of a number, which form of a word goes with it (UNIT.one, UNIT.few …,
  as in the Unicode CLDR; UNIT.many where none matches). What a language lacks is said in English.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:l="urn:tei-toolkit:locale"
    exclude-result-prefixes="#all">

  <!-- The language of the edition (BCP 47); importing stylesheets override it. -->
  <xsl:variable name="l:language" as="xs:string" select="''"/>

  <!-- All languages, read once, when the stylesheet is compiled. -->
  <xsl:variable name="l:all" static="yes" as="document-node()+" select="
      sort(uri-collection('locales?select=*.xml')) ! doc(.)"/>

  <xsl:variable name="l:locales" as="document-node()+" select="
      for $language in (replace(lower-case($l:language), '[^a-z].*$', ''), 'en')
      return $l:all[*/@xml:lang = $language]"/>

  <!-- The language the wording is in. -->
  <xsl:variable name="l:wording" as="xs:string" select="$l:locales[1]/*/@xml:lang"/>

  <!-- By language, the wording by key; what a language lacks is said in English. -->
  <xsl:variable name="l:terms" static="yes" as="map(xs:string, map(xs:string, xs:string))" select="
      map:merge($l:all ! map{string(*/@xml:lang): map:merge(
        (*/l:term, $l:all[*/@xml:lang = 'en']/*/l:term) ! map{string(@key): string()},
        map{'duplicates': 'use-first'})})"/>

  <!-- The wording for a key, if there is one. -->
  <xsl:function name="l:known" as="xs:string?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="$l:terms($l:wording)($key)"/>
  </xsl:function>

  <!-- The wording for a key, with {1}, {2} … filled in; the key itself if there is none. -->
  <xsl:function name="l:say" as="xs:string">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="arguments" as="xs:string*"/>
    <xsl:variable name="wording" select="(l:known($key), $key)[1]"/>
    <xsl:sequence select="
        if (empty($arguments)) then $wording
        else fold-left(1 to count($arguments), $wording, function($text, $n) {
          l:filled($text, '{' || $n || '}', $arguments[$n])})"/>
  </xsl:function>

  <xsl:function name="l:filled" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="mark" as="xs:string"/>
    <xsl:param name="argument" as="xs:string"/>
    <xsl:sequence select="
        if (not(contains($text, $mark))) then $text
        else substring-before($text, $mark) || $argument
          || l:filled(substring-after($text, $mark), $mark, $argument)"/>
  </xsl:function>

  <!-- The unit of a quantity, in the form that goes with it; as it is encoded if not known. -->
  <xsl:function name="l:unit" as="xs:string">
    <xsl:param name="quantity" as="xs:string"/>
    <xsl:param name="unit" as="xs:string"/>
    <xsl:variable name="singular" select="
        if ($unit = ('char', 'chars', 'characters', 'letter', 'letters')) then 'character'
        else if ($unit = ('leaves', 'folio', 'folios')) then 'leaf'
        else replace($unit, 's$', '')"/>
    <xsl:variable name="form" select="
        ($l:locales[1]/*/l:plural[matches($quantity, @matches)]/@form, 'many')[1]"/>
    <xsl:sequence select="
        (($form, 'many') ! l:known('unit.' || $singular || '.' || .), $unit)[1]"/>
  </xsl:function>

  <!-- The date of a W3C value (1959-06-18, 1959-06 or 1959) in words. -->
  <xsl:function name="l:date" as="xs:string">
    <xsl:param name="value" as="xs:string"/>
    <xsl:variable name="parts" select="
        tokenize(if (starts-with($value, '-')) then substring($value, 2) else $value, '-')"/>
    <xsl:variable name="year" select="
        (if (starts-with($parts[1], '0')) then replace($parts[1], '^0+', '') else $parts[1])
        || (if (starts-with($value, '-')) then ' ' || l:say('date.bce', ()) else '')"/>
    <xsl:variable name="month" select="
        $parts[2][matches(., '^(0[1-9]|1[0-2])$')] ! ('month.' || number(.))"/>
    <xsl:variable name="day" select="
        $parts[3][matches(., '^\d\d')] ! string(number(substring(., 1, 2)))"/>
    <xsl:sequence select="
        if (not(matches($value, '^-?\d{4}'))) then $value
        else if ($month and $day) then l:say('date.day', ($day, l:say($month, ()), $year))
        else if ($month)
          then l:say('date.month', ((l:known($month || '.alone'), l:say($month, ()))[1], $year))
        else $year"/>
  </xsl:function>

  <!-- The dates at the two ends of a time in words: 200–300, 3 May 1848 – 7 May 1848. -->
  <xsl:function name="l:time" as="xs:string">
    <xsl:param name="start" as="xs:string"/>
    <xsl:param name="end" as="xs:string"/>
    <xsl:variable name="ends" select="l:date($start), l:date($end)"/>
    <xsl:sequence select="
        string-join(distinct-values($ends), if (some $date in $ends satisfies contains($date, ' ')) then ' – ' else '–')"/>
  </xsl:function>

  <!-- The date that the attributes of an element say, in words; empty if they say none. -->
  <xsl:function name="l:dated" as="xs:string">
    <xsl:param name="date" as="element()"/>
    <xsl:sequence select="
        ($date/@when ! l:date(.),
         $date/@from[$date/@to] ! l:say('date.range', (l:date(.), l:date($date/@to))),
         $date/@from ! l:say('date.from', l:date(.)), $date/@to ! l:say('date.to', l:date(.)),
         $date/@notBefore[$date/@notAfter] ! l:say('date.between', (l:date(.), l:date($date/@notAfter))),
         $date/@notBefore ! l:say('date.after', l:date(.)),
         $date/@notAfter ! l:say('date.before', l:date(.)), '')[1]"/>
  </xsl:function>

  <!-- What a part of an inscription without a heading goes by: its kind and number; of several
       editions or translations, which one it is. EpiDoc Guidelines, "Text parts". -->
  <xsl:function name="l:division" as="xs:string?">
    <xsl:param name="division" as="element()"/>
    <xsl:variable name="type" select="string($division/@type)"/>
    <xsl:variable name="is-one-of-several" select="
        count($division/../*[local-name() = 'div'][@type = $type][normalize-space()]) gt 1"/>
    <xsl:sequence select="
        if ($type eq 'textpart')
        then string-join(($division/@subtype ! l:capital((l:known('division.' || .), l:words(.))[1]), $division/@n), ' ')[.]
        else if (not(normalize-space($division)) or ($type eq 'edition' and not($is-one-of-several))) then ()
        else l:known('division.' || $type) ! string-join((l:capital(.),
          (if ($type eq 'translation') then $division/@xml:lang
           else $division[$type eq 'edition']/@subtype[. ne 'primary'] ! (l:known('edition.' || .), l:words(.))[1])
            [$is-one-of-several][. ne ''] ! ('(' || . || ')')), ' ')"/>
  </xsl:function>

  <!-- A name such as biblScope or file-desc as words. -->
  <xsl:function name="l:words" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="
        lower-case(replace(replace($name, '([a-z])([A-Z])', '$1 $2'), '[_-]+', ' '))"/>
  </xsl:function>

  <!-- What someone did: of what the toolkit itself writes (toolkit/annotate/header.py) the wording. -->
  <xsl:function name="l:responsibility" as="xs:string">
    <xsl:param name="said" as="xs:string"/>
    <xsl:sequence select="l:capital((l:known('resp.' || $said), $said)[1])"/>
  </xsl:function>

  <!-- Is a text a date in figures, such as 1959-06-18, which l:date writes out? -->
  <xsl:function name="l:is-date" as="xs:boolean">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="matches($text, '^\s*-?\d{4}(-\d\d){0,2}\s*$')"/>
  </xsl:function>

  <xsl:function name="l:capital" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="upper-case(substring($text, 1, 1)) || substring($text, 2)"/>
  </xsl:function>

</xsl:stylesheet>
