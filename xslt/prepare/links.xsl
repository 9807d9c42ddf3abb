<?xml version="1.0" encoding="UTF-8"?>
<!-- Links: to register entries, other documents, places in this one, and safe addresses outside.
     Nothing else becomes a link: not javascript:, data:, file:, nor a path that leads nowhere. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:fn="http://www.w3.org/2005/xpath-functions"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:r="urn:tei-toolkit:registers"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs fn map r">

  <xsl:import href="../registers.xsl"/>

  <xsl:key name="p:identified" match="*" use="@xml:id"/>
  <xsl:variable name="p:taken" as="map(xs:string, xs:boolean)" select="
      map:merge(//@xml:id ! map{string(): true()})"/>

  <!-- The entries of the registers, by file and identifier, and by the identifier alone. -->
  <xsl:variable name="p:entries" as="map(xs:string, element())" select="
      map:merge(
        for $register in $registers/*/*, $file in $register/@p:file, $entry in $register//*[@xml:id]
        return (map{$file || '#' || $entry/@xml:id: $entry}, map{string($entry/@xml:id): $entry}),
        map{'duplicates': 'use-first'})"/>

  <xsl:key name="p:prefixes" match="prefixDef[@matchPattern][@replacementPattern]" use="@ident"/>

  <xsl:variable name="p:stems" as="xs:string*" select="$documents/*/*/@stem/string()"/>

  <!-- What an element is or names: an entry of a register, what points to entries of a type, and
       elements that name something without a register. -->
  <xsl:variable name="p:kinds" static="yes" as="map(xs:string, xs:string)" select="
      map:merge((
        map:keys($r:kinds) ! map{.: $r:kinds(.)},
        map:for-each(json-doc('../../schemas/validation/reference-kinds.json')?elements,
          function($name, $type) {map{$name: $r:kinds($type?targets?1)}}),
        map{'persona': 'person', 'repository': 'org', 'institution': 'org', 'biblFull': 'work',
            'title': 'work', 'object': 'work', 'author': 'person', 'editor': 'person'}),
        map{'duplicates': 'use-last'})"/>

  <!-- What editors write in rs/@type and name/@type. -->
  <xsl:variable name="p:types" static="yes" as="map(xs:string, xs:string)" select="map{
      'person': 'person', 'people': 'person', 'pers': 'person', 'persName': 'person',
      'place': 'place', 'city': 'place', 'country': 'place', 'placeName': 'place', 'plc': 'place',
      'org': 'org', 'organisation': 'org', 'organization': 'org', 'orgName': 'org',
      'institution': 'org', 'work': 'work', 'bibl': 'work', 'title': 'work', 'event': 'event'}"/>

  <xsl:function name="p:link" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="pointers" as="xs:string*" select="
        (if ($element[self::graphic or self::media]) then normalize-space($element/@url)
         else $element[not(self::note or self::rendition)]/(@ref, @target, @key, @corresp, @sameAs,
           @facs[$element/self::pb])
              ! tokenize(.))[.]"/>
    <xsl:variable name="found" as="map(*)*" select="
        for $address in $pointers ! p:expanded(., $element)
        return map{'address': $address, 'entry': p:entry-at($address)}"/>
    <xsl:variable name="entry" select="($found?entry)[1]"/>
    <xsl:variable name="href" select="
        if ($element[self::graphic or self::media]) then $pointers ! p:image(.)
        else ($found ! p:href(?address, ?entry))[1]"/>
    <xsl:variable name="kind" select="
        ($entry ! $p:kinds(local-name(.)),
         $element[self::rs or self::name]/@type/tokenize(.) ! $p:types(.),
         $element[not(self::author or self::editor or self::title) or exists($pointers)]
           ! $p:kinds(local-name(.)))[1]"/>
    <xsl:if test="$href">
      <xsl:attribute name="p:href" select="$href"/>
    </xsl:if>
    <xsl:if test="$entry">
      <xsl:attribute name="p:entry" select="p:preferred-name($entry)"/>
    </xsl:if>
    <xsl:if test="$kind">
      <xsl:attribute name="p:kind" select="$kind"/>
    </xsl:if>
  </xsl:function>

  <!-- The register entry a pointer refers to. -->
  <xsl:function name="p:entry-of" as="element()?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="from" as="element()"/>
    <xsl:sequence select="p:entry-at(p:expanded($pointer, $from))"/>
  </xsl:function>

  <!-- The register entry at an address: by file and identifier, or by an identifier alone that the
       document itself does not have. -->
  <xsl:function name="p:entry-at" as="element()?">
    <xsl:param name="address" as="xs:string"/>
    <xsl:variable name="file" select="p:stem(substring-before($address, '#'))"/>
    <xsl:variable name="id" select="
        p:decoded(if (contains($address, '#')) then substring-after($address, '#') else $address)"/>
    <xsl:sequence select="
        if (empty($registers) or p:has-scheme($address)) then ()
        else if ($file) then $p:entries($file || '#' || $id)
        else if (map:contains($p:taken, $id)) then ()
        else $p:entries($id)"/>
  </xsl:function>

  <!-- The safe link that an address becomes, if any; entry is the register entry there. -->
  <xsl:function name="p:href" as="xs:string?">
    <xsl:param name="address" as="xs:string"/>
    <xsl:param name="entry" as="element()?"/>
    <xsl:variable name="file" select="substring-before($address || '#', '#')"/>
    <xsl:variable name="id" select="p:decoded(substring-after($address, '#'))"/>
    <xsl:sequence select="
        if ($entry) then
          $root || 'registers/' || encode-for-uri($entry/ancestor::*[@p:file][1]/@p:file) || '.html#'
            || $entry/@xml:id
        else if (p:has-scheme($address)) then
          $address[matches(., '^(https?://|mailto:)[^\p{Cc}\s&lt;&gt;&quot;]+$', 'i')]
        else if ($file = '' and $id) then '#'[map:contains($p:taken, $id)] ! (. || $id)
        else if (p:stem($file) = $p:stems) then
          $root || encode-for-uri(p:stem($file)) || '.html' || ('#' || $id)[$id]
        else ()"/>
  </xsl:function>

  <!-- An image: a path inside the output folder, or an address. -->
  <xsl:function name="p:image" as="xs:string?">
    <xsl:param name="url" as="xs:string"/>
    <xsl:sequence select="
        if (matches($url, '^https?://[^\p{Cc}\s&lt;&gt;&quot;]+$', 'i')) then $url
        else if (p:has-scheme($url) or matches($url, '^[^/]*:') or starts-with($url, '/') or starts-with($url, '\')
                 or matches($url, '\p{Cc}')) then ()
        else $root || $url"/>
  </xsl:function>

  <xsl:function name="p:has-scheme" as="xs:boolean">
    <xsl:param name="uri" as="xs:string"/>
    <xsl:sequence select="
        starts-with($uri, '//')
        or contains($uri, ':') and matches($uri, '^\s*[A-Za-z][A-Za-z0-9+.\-]*\s*:')"/>
  </xsl:function>

  <!-- The stem of the file a relative reference names: registers/persons.xml gives persons. -->
  <xsl:function name="p:stem" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:variable name="name" select="if (contains($path, '/')) then replace($path, '^.*/', '') else $path"/>
    <xsl:sequence select="
        p:decoded(if (ends-with($name, '.xml')) then substring($name, 1, string-length($name) - 4) else $name)"/>
  </xsl:function>

  <!-- A URI without its percent-encoding (RFC 3986, 2.1); what is no UTF-8 stays as it is. -->
  <xsl:function name="p:decoded" as="xs:string">
    <xsl:param name="uri" as="xs:string"/>
    <xsl:sequence select="
        if (not(contains($uri, '%'))) then $uri
        else string-join(analyze-string($uri, '(%[0-9A-Fa-f]{2})+')/*
               ! (if (self::fn:match) then p:decoded-bytes(string()) else string()))"/>
  </xsl:function>

  <xsl:function name="p:decoded-bytes" as="xs:string">
    <xsl:param name="encoded" as="xs:string"/>
    <xsl:variable name="bytes" select="
        tokenize(upper-case($encoded), '%')[.] !
          (16 * string-length(substring-before('0123456789ABCDEF', substring(., 1, 1)))
           + string-length(substring-before('0123456789ABCDEF', substring(., 2, 1))))"/>
    <xsl:variable name="text" as="xs:string?">
      <xsl:try select="codepoints-to-string(p:code-points($bytes))">
        <xsl:catch select="()"/>
      </xsl:try>
    </xsl:variable>
    <xsl:sequence select="($text, $encoded)[1]"/>
  </xsl:function>

  <!-- The characters that a sequence of bytes encodes in UTF-8 (RFC 3629, 3). -->
  <xsl:function name="p:code-points" as="xs:integer*">
    <xsl:param name="bytes" as="xs:integer*"/>
    <xsl:if test="exists($bytes)">
      <xsl:variable name="first" select="$bytes[1]"/>
      <xsl:variable name="length" select="
          if ($first lt 128) then 1
          else if ($first ge 192 and $first lt 224) then 2
          else if ($first ge 224 and $first lt 240) then 3
          else if ($first ge 240 and $first lt 248) then 4
          else error(xs:QName('p:no-utf-8'))"/>
      <xsl:variable name="rest" select="subsequence($bytes, 2, $length - 1)"/>
      <xsl:sequence select="
          if (count($rest) lt $length - 1 or (some $byte in $rest satisfies $byte idiv 64 ne 2))
          then error(xs:QName('p:no-utf-8'))
          else fold-left($rest, $first - (0, 192, 224, 240)[$length],
                         function($code, $byte) {64 * $code + $byte - 128}),
          p:code-points(subsequence($bytes, $length + 1))"/>
    </xsl:if>
  </xsl:function>

  <!-- A pointer in a private scheme that the header's prefixDef explains, written out.
       TEI Guidelines, 17.2.3 (using abbreviated pointers). -->
  <xsl:function name="p:expanded" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="from" as="element()"/>
    <xsl:variable name="definition" select="
        if (contains($pointer, ':')) then key('p:prefixes', substring-before($pointer, ':')[.], root($from))[1] else ()"/>
    <xsl:choose>
      <xsl:when test="$definition">
        <xsl:try select="replace(substring-after($pointer, ':'), '^(?:' || $definition/@matchPattern || ')$',
                                 $definition/@replacementPattern)">
          <xsl:catch select="$pointer"/>
        </xsl:try>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$pointer"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The name an entry goes by. -->
  <xsl:function name="p:preferred-name" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="best" select="
        (r:names($entry), $entry/(name, title, head, label)[normalize-space()], $entry)[1]"/>
    <xsl:sequence select="p:name-text($best)"/>
  </xsl:function>

  <!-- The text of a name: a surname written before its forename is set off by a comma. -->
  <xsl:function name="p:name-text" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="text" select="normalize-space(string-join(
        $name//text()[not(ancestor::note)][not(ancestor::reg/parent::choice)], ''))"/>
    <xsl:sequence select="
        if ($name/surname[following-sibling::forename] and not(contains($text, ',')))
        then normalize-space(string-join(($name/surname, ','), '') || ' '
               || string-join($name/* except $name/surname, ' '))
        else $text"/>
  </xsl:function>

</xsl:stylesheet>
