<?xml version="1.0" encoding="UTF-8"?>
<!-- Links: to register entries, other documents, places in this one, and safe addresses outside.
     Nothing else becomes a link: not javascript:, data:, file:, nor a path that leads nowhere. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs">

  <xsl:key name="p:entries" match="*[@xml:id]"
      use="ancestor::*[@p:file][1]/@p:file || '#' || @xml:id"/>
  <xsl:key name="p:entries-by-id" match="*[@xml:id]" use="@xml:id"/>

  <xsl:key name="p:prefixes" match="prefixDef[@matchPattern][@replacementPattern]" use="@ident"/>

  <xsl:variable name="p:stems" as="xs:string*" select="tokenize($documents)"/>

  <xsl:variable name="p:kinds" as="map(xs:string, xs:string)" select="map{
      'person': 'person', 'personGrp': 'person', 'persona': 'person', 'persName': 'person',
      'place': 'place', 'placeName': 'place', 'settlement': 'place', 'geogName': 'place',
      'country': 'place', 'region': 'place', 'district': 'place', 'bloc': 'place',
      'org': 'org', 'orgName': 'org', 'repository': 'org', 'institution': 'org',
      'bibl': 'work', 'biblStruct': 'work', 'biblFull': 'work', 'title': 'work', 'object': 'work',
      'event': 'event', 'eventName': 'event', 'author': 'person', 'editor': 'person'}"/>

  <!-- What editors write in rs/@type and name/@type. -->
  <xsl:variable name="p:types" as="map(xs:string, xs:string)" select="map{
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
    <xsl:variable name="entry" select="($pointers ! p:entry-of(., $element))[1]"/>
    <xsl:variable name="href" select="
        if ($element[self::graphic or self::media]) then $pointers ! p:image(.)
        else ($pointers ! p:href(., $element))[1]"/>
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

  <!-- What a page beginning's @facs leads to: an address, or the image of the surface it names. -->
  <xsl:function name="p:facsimile" as="xs:string*">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="pb" as="element(pb)"/>
    <xsl:sequence select="
        if (starts-with($pointer, '#'))
        then key('p:identified', substring($pointer, 2), root($pb))/descendant-or-self::graphic[1]/@url
               ! normalize-space()
        else $pointer"/>
  </xsl:function>

  <!-- The register entry a pointer refers to: by file and identifier, or by an identifier alone
       that the document itself does not have. -->
  <xsl:function name="p:entry-of" as="element()?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="from" as="element()"/>
    <xsl:variable name="expanded" select="p:expanded($pointer, $from)"/>
    <xsl:variable name="file" select="p:stem(substring-before($expanded, '#'))"/>
    <xsl:variable name="id" select="
        if (contains($expanded, '#')) then substring-after($expanded, '#') else $expanded"/>
    <xsl:sequence select="
        if (empty($registers) or p:has-scheme($expanded)) then ()
        else if ($file) then key('p:entries', $file || '#' || $id, $registers)[1]
        else if (exists(key('p:identified', $id, root($from)))) then ()
        else key('p:entries-by-id', $id, $registers)[1]"/>
  </xsl:function>

  <!-- The safe link a pointer becomes, if any. -->
  <xsl:function name="p:href" as="xs:string?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="from" as="element()"/>
    <xsl:variable name="expanded" select="p:expanded($pointer, $from)"/>
    <xsl:variable name="entry" select="p:entry-of($pointer, $from)"/>
    <xsl:variable name="file" select="substring-before($expanded || '#', '#')"/>
    <xsl:variable name="id" select="substring-after($expanded, '#')"/>
    <xsl:sequence select="
        if (matches($expanded, '^(https?://|mailto:)[^\p{Cc}\s&lt;&gt;&quot;]+$', 'i')) then $expanded
        else if ($entry) then
          $root || 'registers/' || $entry/ancestor::*[@p:file][1]/@p:file || '.html#' || $entry/@xml:id
        else if (p:has-scheme($expanded)) then ()
        else if ($file = '' and $id) then
          '#'[exists(key('p:identified', $id, root($from)))] ! (. || $id)
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
    <xsl:sequence select="matches($uri, '^\s*[A-Za-z][A-Za-z0-9+.\-]*\s*:') or starts-with($uri, '//')"/>
  </xsl:function>

  <!-- The stem of the file a relative reference names: registers/persons.xml gives persons. -->
  <xsl:function name="p:stem" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="replace(replace($path, '^.*/', ''), '\.xml$', '')"/>
  </xsl:function>

  <!-- A pointer in a private scheme that the header's prefixDef explains, written out.
       TEI Guidelines, 17.2.3 (using abbreviated pointers). -->
  <xsl:function name="p:expanded" as="xs:string">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="from" as="element()"/>
    <xsl:variable name="definition" select="
        key('p:prefixes', substring-before($pointer, ':')[.], root($from))[1]"/>
    <xsl:choose>
      <xsl:when test="$definition">
        <xsl:try select="replace(substring-after($pointer, ':'), '^' || $definition/@matchPattern || '$',
                                 $definition/@replacementPattern)">
          <xsl:catch select="$pointer"/>
        </xsl:try>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$pointer"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The name an entry goes by: the one marked as such, else the first that is no variant. -->
  <xsl:function name="p:preferred-name" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="names" select="
        $entry/(persName, placeName, orgName, eventName, objectName, geogName, settlement, country,
                region, title, name, head, label, idno, analytic/title, monogr/title)"/>
    <xsl:variable name="best" select="
        ($names[tokenize(@type) = ('main', 'preferred', 'reg', 'pref', 'full')],
         $names[not(@type) or @type = 'standard'],
         $names[not(tokenize(@type) = ('variant', 'abbreviation', 'abbr', 'alternative', 'alt'))],
         $names, $entry)[1]"/>
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
