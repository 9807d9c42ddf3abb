<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes: whose they are, where they go, and their number. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs map">

  <xsl:variable name="p:editorial-types" as="xs:string+" select="
      'editorial', 'editor', 'edition', 'ed', 'commentary', 'critical', 'textual', 'textConst',
      'explanatory', 'comment', 'K', 'E'"/>
  <xsl:variable name="p:authorial-types" as="xs:string+" select="
      'annotation', 'marginalia', 'marginal', 'margin', 'authorial', 'author', 'gloss'"/>

  <!-- The elements a note stands in as a block of its own, not at a word. -->
  <xsl:variable name="p:block-parents" as="xs:string+" select="
      'text', 'front', 'body', 'back', 'group', 'div', 'div1', 'div2', 'div3', 'div4', 'div5',
      'div6', 'div7', 'noteGrp', 'standOff', 'listBibl', 'listPerson', 'listPlace', 'listOrg',
      'listEvent', 'person', 'personGrp', 'place', 'org', 'event', 'object', 'bibl', 'biblStruct',
      'relation', 'listRelation', 'entry', 'figure', 'surface', 'zone', 'sourceDoc', 'facsimile'"/>

  <xsl:function name="p:series" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="type" select="tokenize($note/@type)[1]"/>
    <xsl:variable name="place" select="lower-case($note/@place)"/>
    <xsl:sequence select="
        if (exists(p:group($note)) or $type = $p:editorial-types or p:is-editors($note)) then 'editor'
        else if ($type = $p:authorial-types or $note/@hand or p:is-marginal($place)) then 'author'
        else 'foot'"/>
  </xsl:function>

  <!-- The series that the edition keeps apart, and the number of that to which a note belongs. -->
  <xsl:variable name="p:groups" as="map(*)*" select="
      if ($note-series eq '') then () else parse-json($note-series)?*"/>
  <xsl:function name="p:group" as="xs:integer?">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="
        (for $n in 1 to count($p:groups) return $n[
          (empty($p:groups[$n]?type) or $p:groups[$n]?type = tokenize($note/@type))
          and (empty($p:groups[$n]?resp) or $p:groups[$n]?resp = tokenize($note/@resp))])[1]"/>
  </xsl:function>

  <!-- Is the note signed by somebody the title statement names? -->
  <xsl:function name="p:is-editors" as="xs:boolean">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="named" select="
        for $id in tokenize($note/@resp) ! substring-after(., '#')[.]
        return key('p:identified', $id, root($note))"/>
    <xsl:sequence select="exists($named/ancestor-or-self::*[self::editor or self::respStmt
        or self::principal])"/>
  </xsl:function>

  <xsl:function name="p:is-marginal" as="xs:boolean">
    <xsl:param name="place" as="xs:string"/>
    <xsl:sequence select="matches($place, '^(margin|marg|left|right|top|above|inline|interlinear|'
        || 'infralinear|supralinear|inspace|opposite|overleaf|mt|mb)')"/>
  </xsl:function>

  <xsl:function name="p:placement" as="xs:string">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="place" select="lower-case($note/@place)"/>
    <xsl:sequence select="
        if (not($note/ancestor::text) and not($note/ancestor::sourceDoc)) then 'block'
        else if (matches($place, '^(above|inline|interlinear|infralinear|supralinear|inspace)'))
          then 'inline'
        else if (p:series($note) = 'author' and not(matches($place, '^(foot|bottom|end|back)')))
          then 'margin'
        else if (local-name($note/..) = $p:block-parents or p:is-entry($note)) then 'block'
        else 'call'"/>
  </xsl:function>

  <!-- Does the note belong to an entry of an apparatus, in which it is read? -->
  <xsl:function name="p:is-entry" as="xs:boolean">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="exists($note/(parent::app, parent::rdgGrp))"/>
  </xsl:function>

  <!-- The calls of the document: a series keeps the source's own numbers if it has them
       throughout; else it is counted, in figures or letters of its own, so that no call may belong
       to two series: the source's footnotes have numbers, editors' notes beside them letters. A note
       in a note has the call of that with a sign of its own (1a, a1), since books tell it there. -->
  <xsl:key name="p:called-in" match="note[ancestor::note][p:placement(.) = 'call']" use="generate-id(p:outermost(.))"/>
  <xsl:function name="p:outermost" as="element(note)">
    <xsl:param name="note" as="element(note)"/>
    <xsl:sequence select="($note/ancestor-or-self::note[p:placement(.) = 'call'])[1]"/>
  </xsl:function>
  <xsl:variable name="p:calls" as="map(xs:string, xs:string)">
    <xsl:variable name="called" select="//note[p:placement(.) = 'call'][p:outermost(.) is .]"/>
    <xsl:variable name="formats" select="p:formats($called)"/>
    <xsl:map>
      <xsl:for-each-group select="$called" group-by="p:series(.) || p:group(.)">
        <xsl:variable name="numbered" select="
            every $note in current-group() satisfies matches($note/@n, '^\S{1,5}$')"/>
        <xsl:variable name="format" select="$formats(current-grouping-key())"/>
        <xsl:for-each select="current-group()">
          <xsl:variable name="call" select="
              if ($numbered) then string(@n) else format-integer(position(), $format)"/>
          <xsl:map-entry key="generate-id(.)" select="$call"/>
          <xsl:for-each select="key('p:called-in', generate-id(.)) except .">
            <xsl:map-entry key="generate-id(.)" select="
                $call || format-integer(position(), if (matches($call, '\d$')) then 'a' else '1')"/>
          </xsl:for-each>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- How each series is counted: as the edition says, or in the first way that no other has. -->
  <xsl:variable name="p:ways" as="xs:string+" select="'1', 'a', 'i', 'A', 'I'"/>
  <xsl:function name="p:formats" as="map(xs:string, xs:string)">
    <xsl:param name="called" as="element(note)*"/>
    <xsl:variable name="all" select="distinct-values($called ! (p:series(.) || p:group(.)))"/>
    <xsl:variable name="chosen" select="map:merge(
        for $n in 1 to count($p:groups) return $p:groups[$n]?numbers ! map{'editor' || $n: string(.)})"/>
    <xsl:variable name="taken" select="($all ! $chosen(.))"/>
    <xsl:sequence select="
        fold-left(sort($all, (), function($series) {
            (index-of(('foot', 'author'), $series), number(substring-after($series, 'editor'))[. ge 1] + 10, 1000)[1]}),
          $chosen, function($known, $series) {
          if (map:contains($known, $series)) then $known
          else map:put($known, $series,
            ($p:ways[not(. = ($taken, $all ! $known(.)))], '1')[1])})"/>
  </xsl:function>

  <xsl:function name="p:note" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element[self::note]">
      <xsl:variable name="placement" select="p:placement(.)"/>
      <xsl:attribute name="p:placement" select="$placement"/>
      <xsl:if test="ancestor::text or ancestor::sourceDoc">
        <xsl:attribute name="p:series" select="p:series(.)"/>
        <xsl:for-each select="p:group(.)">
          <xsl:attribute name="p:group" select="."/>
          <xsl:attribute name="p:group-title" select="$p:groups[current()]?title"/>
        </xsl:for-each>
      </xsl:if>
      <xsl:if test="$placement = 'call'">
        <xsl:attribute name="p:n" select="$p:calls(generate-id(.))"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
