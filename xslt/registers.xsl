<?xml version="1.0" encoding="UTF-8"?>
<!-- What is an entry of a register, of which kind it is, and what names it: schemas/registers.json
     for stylesheets. TEI Guidelines, chapter 14. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:r="urn:tei-toolkit:registers"
    exclude-result-prefixes="#all">

  <xsl:variable name="r:data" static="yes" as="map(*)" select="json-doc('../schemas/registers.json')"/>
  <xsl:variable name="r:types" static="yes" as="map(*)" select="map:merge(($r:data?entries, $r:data?listed))"/>
  <xsl:variable name="r:listed" static="yes" as="xs:string*" select="map:keys($r:data?listed)"/>
  <!-- In these, an entry element without xml:id only mentions what has its entry elsewhere. -->
  <xsl:variable name="r:records" static="yes" as="xs:string*" select="
      $r:data?mentions?*, map:keys($r:data?entries)"/>

  <!-- What names say of themselves in @type: the preferred ones, and the others. -->
  <xsl:variable name="r:preferred" static="yes" as="xs:string*" select="$r:data?preferred?*"/>
  <xsl:variable name="r:variants" static="yes" as="xs:string*" select="$r:data?variants?*"/>

  <!-- Is this an entry, not a mention in another entry? -->
  <xsl:function name="r:is-entry" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="name" select="local-name($node)"/>
    <xsl:sequence select="
        map:contains($r:types, $name)
        and (if ($name = $r:listed) then starts-with(local-name($node/..), 'list') else true())
        and (exists($node/@xml:id) or empty($node/ancestor::*[local-name() = $r:records]))"/>
  </xsl:function>

  <!-- The kind of what an element of a name is an entry of: person, place, org, work … -->
  <xsl:variable name="r:kinds" static="yes" as="map(xs:string, xs:string)" select="
      map:merge(map:keys($r:types)
        ! map{.: $r:types(.)?kind ! (if (. = 'organisation') then 'org' else .)})"/>

  <xsl:function name="r:kind" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="$r:kinds($name)"/>
  </xsl:function>

  <!-- The names of an entry, the preferred one first. -->
  <xsl:function name="r:names" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="type" select="$r:types(local-name($entry))"/>
    <xsl:variable name="within" select="$type?within?*"/>
    <xsl:variable name="near" select="
        (if (exists($within)) then $entry/(*, *[local-name() = $within]/*) else $entry/*)[normalize-space()]"/>
    <xsl:variable name="here" select="$near ! local-name()"/>
    <xsl:variable name="groups" as="array(xs:string)*" select="$type?names?*"/>
    <xsl:variable name="first" select="$groups[?* = $here][1]?*"/>
    <xsl:variable name="names" select="$near[local-name() = $first]"/>
    <xsl:choose>
      <xsl:when test="count($names) le 1">
        <xsl:sequence select="$names"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="best" select="
            ($names[tokenize(@type) = $r:preferred],
             $names[not(@type) or @type = 'standard'],
             $names[not(tokenize(@type) = $r:variants)],
             $names)[1]"/>
        <xsl:sequence select="$best, $names except $best"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- What an entry is sorted by (TEI Guidelines, att.sortable), and what it is called there. -->
  <xsl:function name="r:sort-key" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="($entry/@sortKey/normalize-space()[.], r:heading($entry))[1]"/>
  </xsl:function>

  <!-- The name under which a register files an entry: that of a person by the surname. -->
  <xsl:function name="r:heading" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="name" select="r:names($entry)[1]"/>
    <xsl:sequence select="
        if (empty($name)) then (normalize-space($entry)[.], string($entry/@xml:id))[1]
        else if ($name/*:surname and $name/*:forename)
        then normalize-space($name/*:surname[1] || ', ' || string-join($name/* except $name/*:surname[1], ' '))
        else if (local-name($entry) = 'person' and not($name/*)) then r:filed(normalize-space($name), $entry)
        else normalize-space($name)"/>
  </xsl:function>

  <xsl:variable name="r:filing" static="yes" as="map(*)" select="$r:data?filing"/>

  <!-- A name turned round where its last words are certain, or likely, to be the surname. -->
  <xsl:function name="r:filed" as="xs:string">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="words" select="tokenize($name)"/>
    <xsl:variable name="suffix" select="$words[last()][. = $r:filing?suffixes?*]"/>
    <xsl:variable name="proper" select="if ($suffix) then $words[position() lt last()] else $words"/>
    <xsl:variable name="alone" select="r:surname-alone($proper, $entry)"/>
    <xsl:variable name="count" select="
        if (count($proper) lt 2 or contains($name, ',')) then 0
        else if (exists($alone)) then $alone
        else if (r:stays-whole($proper, $entry)) then 0
        else r:surname-words($proper)"/>
    <xsl:sequence select="
        if ($count eq 0) then $name
        else string-join($proper[position() gt count($proper) - $count], ' ') || ', '
          || string-join(($proper[position() le count($proper) - $count], $suffix ! (', ' || .)), ' ')
             => replace(' , ', ', ')"/>
  </xsl:function>

  <!-- How many of the last words the entry shows to be the surname: another name consists of them,
       or the identifier has of the name the last word alone. 0 if it has the first alone, and the name may be that of a
       saint or a noble (Hildegard von Bingen). -->
  <xsl:function name="r:surname-alone" as="xs:integer?">
    <xsl:param name="words" as="xs:string*"/>
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="name" select="string-join($words, ' ')"/>
    <xsl:variable name="others" select="
        r:names($entry)[position() gt 1] ! normalize-space()[ends-with($name, ' ' || .)]"/>
    <xsl:variable name="identifier" select="tokenize(r:folded($entry/@xml:id), '[-_.]')"/>
    <xsl:variable name="has" select="($words[1], $words[last()]) ! (r:folded(.) = $identifier)"/>
    <xsl:sequence select="
        if (exists($others)) then max($others ! count(tokenize(.)))
        else if ($has[2] and not($has[1])) then r:surname-words($words)
        else if ($has[1] and not($has[2]) and (some $word in $words satisfies matches($word, '^\p{Ll}'))) then 0
        else ()"/>
  </xsl:function>

  <xsl:function name="r:folded" as="xs:string">
    <xsl:param name="word" as="xs:string?"/>
    <xsl:sequence select="lower-case(replace(normalize-unicode($word, 'NFKD'), '\p{M}', ''))"/>
  </xsl:function>

  <xsl:function name="r:stays-whole" as="xs:boolean">
    <xsl:param name="words" as="xs:string*"/>
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="name" select="string-join($words, ' ')"/>
    <xsl:variable name="language" select="
        tokenize(r:names($entry)[1]/ancestor-or-self::*[@xml:lang][1]/@xml:lang, '-')[1]"/>
    <xsl:sequence select="
        $language = $r:filing?languages?*
        or (some $pattern in $r:filing?whole?* satisfies matches($name, $pattern))
           and not(matches($name, $r:filing?unless))
        or $words[1] = $r:filing?surnames?*
           and matches(string-join(tail($words), ' '), $r:filing?given, 'i')"/>
  </xsl:function>

  <!-- The last word, and particles in capitals before it. -->
  <xsl:function name="r:surname-words" as="xs:integer">
    <xsl:param name="words" as="xs:string+"/>
    <xsl:variable name="before" select="reverse($words)[position() gt 1 and position() lt last()]"/>
    <xsl:variable name="other" select="head(index-of($before ! (. = $r:filing?particles?*), false()))"/>
    <xsl:sequence select="($other, count($before) + 1)[1]"/>
  </xsl:function>

</xsl:stylesheet>
