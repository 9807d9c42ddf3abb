<?xml version="1.0" encoding="UTF-8"?>
<!-- Blocks: headings, paragraphs, verse, drama, lists, tables, figures. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:t="urn:tei-toolkit:table"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:mode name="flow" on-no-match="deep-skip"/>

  <!-- The number of a verse line within its division. -->
  <xsl:accumulator name="verse-line" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="div | div1 | div2 | div3 | div4 | div5 | div6 | div7 | body
        | front | back | floatingText | teiHeader" select="0"/>
    <xsl:accumulator-rule match="l[not(@part = ('M', 'F'))]" select="$value + 1"/>
  </xsl:accumulator>

  <!-- What is told where; or by what stands in the element, in f:is-block. -->
  <xsl:variable name="always-blocks" as="xs:string*" select="
      'ab', 'argument', 'back', 'body', 'byline', 'castGroup', 'castItem', 'castList', 'closer',
      'div', 'div1', 'div2', 'div3', 'div4', 'div5', 'div6', 'div7', 'docTitle', 'eg', 'egXML',
      'epigraph', 'facsimile', 'figure', 'floatingText', 'front', 'group', 'head', 'imprimatur',
      'item', 'l', 'lg', 'list', 'listApp', 'listBibl', 'listEvent', 'listNym', 'listObject',
      'listOrg', 'listPerson', 'listPlace', 'listRelation', 'listWit', 'opener', 'p', 'postscript',
      'set', 'sourceDoc', 'sp', 'spGrp', 'standOff', 'surface', 'surfaceGrp', 'table', 'text',
      'titlePage', 'titlePart', 'trailer', 'zone'"/>
  <!-- Elements whose children are blocks of their own, unless there is text between them. -->
  <xsl:variable name="structural" as="xs:string*" select="
      $always-blocks[not(. = ('ab', 'p', 'head', 'l', 'item', 'trailer', 'titlePart', 'byline',
      'eg', 'egXML', 'castItem'))],
      'address', 'biblStruct', 'cit', 'event', 'noteGrp', 'object', 'org', 'person', 'personGrp',
      'place', 'TEI', 'teiCorpus', 'performance', 'prologue', 'epilogue'"/>
  <!-- Points and marks: never blocks of their own. -->
  <xsl:variable name="marks" as="xs:string*" select="
      'pb', 'lb', 'cb', 'gb', 'milestone', 'anchor', 'fw', 'index', 'handShift', 'ptr', 'gap',
      'space', 'note', 'noteGrp', 'app', 'c', 'pc', 'w', 'g', 'lem', 'rdg', 'join', 'link'"/>

  <xsl:function name="f:is-block" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="
        $node instance of element() and (
          local-name($node) = $always-blocks
          or (local-name($node) = 'note' and f:is-listed-note($node))
          or (local-name($node) = 'app' and local-name($node/..) = 'listApp')
          or (not(local-name($node) = $marks) and local-name($node/..) = $structural
              and f:is-structural($node/..))
          or (not(local-name($node) = ('note', 'stamp'))
              and (some $d in $node/descendant::* satisfies
                   local-name($d) = $always-blocks and empty($d/ancestor::note intersect
                     $node/descendant::note))))"/>
  </xsl:function>

  <xsl:function name="f:is-structural" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="not($element/text()[normalize-space()])"/>
  </xsl:function>

  <!-- A container: blocks are handled each, what stands between them makes blocks of its own. -->
  <xsl:template name="contents">
    <xsl:param name="nodes" as="node()*" select="node()"/>
    <xsl:param name="role" as="xs:string" select="'paragraph'"/>
    <xsl:param name="attributes" as="attribute()*"/>
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <xsl:variable name="owner" as="element()" select="."/>
    <xsl:for-each-group select="$nodes" group-adjacent="f:is-block(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:apply-templates select="current-group()" mode="flow"/>
        </xsl:when>
        <xsl:when test="some $n in current-group() satisfies
            ($n instance of element() or ($n instance of text() and normalize-space($n)))">
          <block role="{$role}">
            <xsl:if test="position() gt 1">
              <xsl:attribute name="continued" select="'yes'"/>
            </xsl:if>
            <xsl:sequence select="$attributes"/>
            <xsl:if test="position() eq 1">
              <xsl:for-each select="$owner"><xsl:call-template name="anchor"/></xsl:for-each>
            </xsl:if>
            <xsl:apply-templates select="current-group()" mode="run"/>
            <xsl:if test="position() eq last()">
              <xsl:for-each select="$owner"><xsl:call-template name="lemma-ends"/></xsl:for-each>
            </xsl:if>
          </block>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Every element in the flow hands down its language, direction and styles. -->
  <xsl:template match="*" mode="flow" priority="10">
    <xsl:param name="lang" as="xs:string" tunnel="yes" select="$main-language"/>
    <xsl:param name="dir" as="xs:string" tunnel="yes" select="$main-direction"/>
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <xsl:param name="link" as="xs:string" tunnel="yes" select="''"/>
    <xsl:next-match>
      <xsl:with-param name="lang" tunnel="yes" select="(@p:lang[f:is-language(.)]/string(), $lang)[1]"/>
      <xsl:with-param name="dir" tunnel="yes" select="(@p:dir/string(), $dir)[1]"/>
      <xsl:with-param name="style" tunnel="yes" select="f:styles($style, .)"/>
      <xsl:with-param name="link" tunnel="yes" select="(f:link(.)[. ne ''], $link)[1]"/>
    </xsl:next-match>
  </xsl:template>

  <xsl:template match="*" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="attributes" select="f:layout(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A division without heading is set off from the one before it, a postscript from the letter. -->
  <xsl:template match="postscript | *[self::div or self::div1 or self::div2 or self::div3][not(head)]
      [preceding-sibling::*[not(self::pb)][1][self::div or self::div1 or self::div2 or self::div3
      or self::p]]" mode="flow" priority="3">
    <pause/>
    <xsl:next-match/>
  </xsl:template>

  <!-- Back matter without a heading is set off by a rule. -->
  <xsl:template match="back[preceding-sibling::body][normalize-space()][not(descendant::head)][* except $registers-of-its-own]"
      mode="flow" priority="3">
    <block role="rule"><rule/></block>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="teiHeader | facsimile | index | interp | interpGrp | spanGrp | linkGrp | joinGrp | fsdDecl"
      mode="flow"/>

  <!-- The layout attributes of a block, from its rendition and from where it stands. -->
  <xsl:function name="f:layout" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="rend" select="tokenize($element/@p:rend)"/>
    <xsl:variable name="align" select="
        (if ($rend = 'center') then 'center' else if ($rend = 'right') then 'end' else (),
         if ($element/ancestor::closer or $element/self::closer) then 'half' else (),
         if ($element[self::dateline]) then 'end' else (),
         if ($element[self::signed]) then 'end' else (),
         if ($element[ancestor-or-self::titlePage]) then 'center' else ())[1]"/>
    <xsl:if test="$align">
      <xsl:attribute name="align" select="$align"/>
    </xsl:if>
    <xsl:variable name="depth" select="
        count($element/ancestor::*[self::quote or self::cit[quote] or self::epigraph
          or self::argument or self::floatingText][not(parent::cit)])
        + count($element/ancestor-or-self::list) - (if ($element/ancestor-or-self::list) then 1 else 0)
        + (if ($rend = 'indent') then 1 else 0)"/>
    <xsl:if test="$depth gt 0">
      <xsl:attribute name="indent" select="min(($depth, 6))"/>
    </xsl:if>
  </xsl:function>

  <xsl:template match="p | ab | quote | said | argument | epigraph | postscript" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="attributes" select="f:layout(.)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- Openers and closers: each part is a line of its own. -->
  <xsl:template match="opener | closer | address | opener/* | closer/* | address/*
      | postscript/salute | postscript/signed | docImprint | docDate | docAuthor | docEdition | imprimatur
      | dateline | signed | salute" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'line'"/>
      <xsl:with-param name="attributes" select="f:layout(.)"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="byline | trailer" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'line'"/>
      <xsl:with-param name="attributes" as="attribute()*">
        <xsl:attribute name="align" select="'center'"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Headings. Their level counts divisions that have a heading, so that none is skipped; the
       title of the document is the first level. -->
  <xsl:variable name="repeats-the-title" as="element()?" select="
      ((//text)[1]//head)[1][not(.//note)][f:plain(string(.)) eq f:plain(f:title(/))]"/>

  <xsl:function name="f:plain" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="lower-case(replace($text, '[\s\p{P}]+', ''))"/>
  </xsl:function>

  <xsl:template match="head" mode="flow">
    <xsl:variable name="repeated" select=". is $repeats-the-title"/>
    <xsl:choose>
      <xsl:when test="$repeated"/>
      <xsl:when test="parent::list or parent::table or parent::figure or parent::lg or parent::castList
          or parent::castGroup or preceding-sibling::head or ancestor::note or ancestor::table
          or ancestor::figure or ancestor::quote">
        <xsl:call-template name="contents">
          <xsl:with-param name="role" select="'subheading'"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="level" select="
            2 + count(../ancestor::*[head[not(. is $repeats-the-title)]]
                 [not(self::list or self::table or self::figure or self::lg)])"/>
        <xsl:for-each select="..">
          <xsl:if test="exists(@p:id)">
            <block role="mark"><xsl:call-template name="anchor"/></block>
          </xsl:if>
        </xsl:for-each>
        <xsl:call-template name="contents">
          <xsl:with-param name="role" select="'heading'"/>
          <xsl:with-param name="attributes" as="attribute()*">
            <xsl:attribute name="level" select="min(($level, 6))"/>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A document within a corpus: its own title above its text. -->
  <xsl:template match="TEI/TEI | teiCorpus/TEI | teiCorpus/teiCorpus" mode="flow" priority="4">
    <xsl:variable name="title" select="(teiHeader/fileDesc/titleStmt/title)[normalize-space()][1]"/>
    <xsl:if test="$title and f:plain(string($title)) ne f:plain(string((text//head)[1]))">
      <block role="heading" level="2"><t><xsl:value-of select="normalize-space($title)"/></t></block>
    </xsl:if>
    <xsl:next-match/>
  </xsl:template>

  <!-- A part of an inscription has the heading that it lacks. -->
  <xsl:template match="div[@type][not(head)][l:division(.)]" mode="flow" priority="4">
    <block role="heading" contents="no"
        level="{min((6, 2 + count(ancestor::*[head[not(. is $repeats-the-title)]]
          [not(self::list or self::table or self::figure or self::lg)])))}">
      <xsl:call-template name="anchor"/>
      <xsl:call-template name="sign">
        <xsl:with-param name="text" select="l:division(.)"/>
        <xsl:with-param name="sign" select="'division'"/>
      </xsl:call-template>
    </block>
    <xsl:call-template name="contents">
      <xsl:with-param name="attributes" select="f:layout(.)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="titlePart | docTitle/*" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="
          if (@type = ('sub', 'subtitle', 'desc')) then 'line' else 'subheading'"/>
      <xsl:with-param name="attributes" as="attribute()*">
        <xsl:attribute name="align" select="'center'"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Lists and verse in columns. -->
  <xsl:template match="(list | lg | castList)[tokenize(@p:rend) = ('columns-2', 'columns-3')]
      [not(ancestor::table)]" mode="flow" priority="11">
    <xsl:variable name="columns" select="tokenize(@p:rend)[starts-with(., 'columns-')][1]"/>
    <xsl:variable name="blocks" as="element()*"><xsl:next-match/></xsl:variable>
    <xsl:for-each select="$blocks">
      <xsl:copy>
        <xsl:if test="self::*:block[not(@role = ('heading', 'subheading', 'mark'))]">
          <xsl:attribute name="columns" select="substring-after($columns, '-')"/>
        </xsl:if>
        <xsl:sequence select="@*, node()"/>
      </xsl:copy>
    </xsl:for-each>
  </xsl:template>

  <!-- Verse. -->
  <xsl:template match="l" mode="flow">
    <xsl:param name="verses-are-numbered" as="xs:boolean" tunnel="yes" select="true()"/>
    <xsl:variable name="number" as="xs:integer?" select="
        if (@n castable as xs:integer) then xs:integer(@n)
        else if (@n) then () else accumulator-before('verse-line')"/>
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'verse'"/>
      <xsl:with-param name="attributes" as="attribute()*">
        <xsl:if test="$verses-are-numbered and $number mod 5 = 0 and $number gt 0 and not(@part = ('M', 'F'))">
          <xsl:attribute name="number" select="$number"/>
        </xsl:if>
        <xsl:attribute name="line" select="
            if (@n) then normalize-space(@n) else accumulator-before('verse-line')"/>
        <xsl:variable name="indent" select="
            (if (tokenize(@p:rend) = 'indent') then 1 else 0)
            + (if (@part = 'F') then 4 else if (@part = 'M') then 2 else 0)
            + count(ancestor::*[self::quote or self::epigraph or self::list])"/>
        <xsl:if test="$indent gt 0">
          <xsl:attribute name="indent" select="min(($indent, 6))"/>
        </xsl:if>
        <xsl:if test="parent::lg and not(preceding-sibling::l)">
          <xsl:attribute name="space-before" select="'yes'"/>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Drama. -->
  <xsl:template match="speaker" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'speaker'"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="stage | set" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'stage'"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="castItem" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'item'"/>
      <xsl:with-param name="attributes" as="attribute()*">
        <xsl:if test="count(ancestor::castGroup) gt 0">
          <xsl:attribute name="indent" select="min((count(ancestor::castGroup), 6))"/>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Lists, bibliographies, register entries. -->
  <xsl:template match="item" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'item'"/>
      <xsl:with-param name="attributes" select="f:item-layout(.)"/>
    </xsl:call-template>
  </xsl:template>
  <!-- An item may consist of paragraphs: the first has the mark, the others stand below it. -->
  <xsl:template match="item/p[not(preceding-sibling::node()[self::* or normalize-space()])]" mode="flow" priority="3">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'item'"/>
      <xsl:with-param name="attributes" select="f:item-layout(..)"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="item/p[preceding-sibling::node()[self::* or normalize-space()]]" mode="flow" priority="3">
    <xsl:call-template name="contents">
      <xsl:with-param name="attributes" as="attribute()*">
        <xsl:attribute name="indent" select="min((6, 1 + (f:item-layout(..)[name() = 'indent'] ! xs:integer(.), 0)[1]))"/>
        <xsl:attribute name="of-item" select="'yes'"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>
  <xsl:function name="f:item-layout" as="attribute()*">
    <xsl:param name="item" as="element(item)"/>
    <xsl:for-each select="$item">
      <xsl:variable name="list" select="ancestor::list[1]"/>
      <xsl:variable name="kind" select="string-join(($list/@type, $list/@rend), ' ')"/>
      <xsl:variable name="marker" as="xs:string" select="
          if (@n) then string(@n)
          else if (matches($kind, 'ordered|numbered|decimal') and not(matches($kind, 'unordered')))
            then (count(preceding-sibling::item) + 1) || '.'
          else if (preceding-sibling::*[1][self::label] or matches($kind, 'simple|none|gloss|unmarked')) then ''
          else '•'"/>
      <xsl:sequence select="f:layout(($list, .)[1])"/>
      <xsl:if test="$marker ne '' and not(f:begins-with(., $marker))">
        <xsl:attribute name="marker" select="normalize-space($marker)"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>
  <!-- Is the number of the item the first thing its text says? Then it is not said again. -->
  <xsl:function name="f:begins-with" as="xs:boolean">
    <xsl:param name="item" as="element(item)"/>
    <xsl:param name="marker" as="xs:string"/>
    <xsl:variable name="first" select="
        tokenize(normalize-space($item), '[^\p{L}\p{N}\p{M}]+')[.][1]"/>
    <xsl:sequence select="$first = replace($marker, '[^\p{L}\p{N}\p{M}]', '')"/>
  </xsl:function>

  <xsl:template match="list/label | list/headLabel | list/headItem" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'label'"/>
      <xsl:with-param name="attributes" select="f:layout(..)"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="listBibl/bibl | listBibl/biblFull" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'item'"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="listBibl/bibl[f:is-of-parts(.)]" mode="flow" priority="2">
    <block role="item">
      <xsl:call-template name="anchor"/>
      <xsl:call-template name="parts"/>
      <xsl:call-template name="lemma-ends"/>
    </block>
  </xsl:template>
  <!-- A witness has its siglum before it, unless it says it itself. -->
  <xsl:template match="listWit/witness" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'item'"/>
      <xsl:with-param name="attributes" as="attribute()*">
        <xsl:if test="@p:siglum and not((abbr | idno | label)[translate(normalize-space(), ' ', '&#160;') = current()/@p:siglum])">
          <xsl:attribute name="marker" select="@p:siglum"/>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>
  <!-- An entry of a list of persons and the like: what it says, in one item. -->
  <xsl:template match="person | personGrp | place | org | event | object | nym | relation | biblStruct"
      mode="flow" priority="2">
    <block role="item">
      <xsl:call-template name="anchor"/>
      <xsl:call-template name="parts"/>
    </block>
  </xsl:template>

  <!-- Tables. A table in a table is set as lines. -->
  <xsl:template match="table" mode="flow">
    <xsl:apply-templates select="head" mode="flow"/>
    <xsl:choose>
      <xsl:when test="ancestor::table or ancestor::note or not(row/cell)">
        <xsl:apply-templates select="* except head" mode="flow"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="rows"/>
        <xsl:apply-templates select="* except (head, row, row/preceding-sibling::pb)" mode="flow"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <xsl:template match="row" mode="flow">
    <xsl:apply-templates select="*" mode="flow"/>
  </xsl:template>

  <!-- More columns than these no page can hold. -->
  <xsl:variable name="most-columns" as="xs:integer" select="50"/>

  <!-- The rows of a table, all of one width: where no cell stands, there is an empty one. -->
  <xsl:template name="rows">
    <xsl:variable name="rows" select="row"/>
    <xsl:variable name="grid" select="t:grid($rows, $most-columns)"/>
    <xsl:variable name="columns" as="xs:integer" select="max($grid ! count(?after))"/>
    <table columns="{$columns}">
      <xsl:for-each select="$rows">
        <xsl:variable name="row" select="position()"/>
        <xsl:variable name="cells" select="cell"/>
        <xsl:variable name="starts" select="$grid[$row]?starts"/>
        <xsl:variable name="empty" select="t:empty($grid[$row], $columns)"/>
        <row>
          <xsl:if test="@role = 'label'">
            <xsl:attribute name="role" select="'label'"/>
          </xsl:if>
          <xsl:for-each select="(1 to $columns)[. = ($starts, $empty)]">
            <xsl:variable name="cell" select="index-of($starts, .)"/>
            <xsl:choose>
              <xsl:when test="exists($cell)">
                <xsl:apply-templates select="$cells[$cell]" mode="cell">
                  <xsl:with-param name="rows-left" select="count($rows) - $row + 1"/>
                </xsl:apply-templates>
              </xsl:when>
              <xsl:otherwise>
                <cell columns="1" rows="1"/>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:for-each>
        </row>
      </xsl:for-each>
    </table>
  </xsl:template>

  <xsl:template match="cell" mode="cell">
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <xsl:param name="rows-left" as="xs:integer"/>
    <cell columns="{t:span(@cols, $most-columns)}" rows="{t:span(@rows, $rows-left)}">
      <xsl:if test="@role = 'label'">
        <xsl:attribute name="role" select="'label'"/>
      </xsl:if>
      <xsl:call-template name="contents">
        <xsl:with-param name="role" select="'line'"/>
        <xsl:with-param name="style" tunnel="yes" select="f:styles($style, .)"/>
      </xsl:call-template>
    </cell>
  </xsl:template>

  <!-- Figures: an image where the edition has it, and whatever is said of it. -->
  <xsl:template match="(graphic | media)[@p:href]" mode="flow">
    <figure source="{normalize-space(@p:href)}" description="{(normalize-space(desc)[. ne ''], 'figure')[1]}">
      <xsl:call-template name="contents">
        <xsl:with-param name="role" select="'caption'"/>
      </xsl:call-template>
    </figure>
  </xsl:template>
  <!-- Of several pictures the last has the caption. -->
  <xsl:template match="figure" mode="flow">
    <xsl:variable name="pictures" select="(graphic | media)[@p:href]"/>
    <xsl:apply-templates select="$pictures[position() lt last()]" mode="flow"/>
    <figure>
      <xsl:variable name="source" select="$pictures[last()]/@p:href"/>
      <xsl:if test="$source">
        <xsl:attribute name="source" select="normalize-space($source)"/>
      </xsl:if>
      <xsl:variable name="description" select="
          normalize-space(string-join((figDesc, graphic/desc, head)[1], ' '))"/>
      <xsl:attribute name="description" select="if ($description) then $description else 'figure'"/>
      <xsl:call-template name="contents">
        <xsl:with-param name="nodes" select="node() except ($pictures[position() lt last()], (graphic, media)[not(desc)])"/>
        <xsl:with-param name="role" select="'caption'"/>
      </xsl:call-template>
    </figure>
  </xsl:template>
  <xsl:template match="figure/figDesc | figure/head" mode="flow">
    <xsl:call-template name="contents">
      <xsl:with-param name="role" select="'caption'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="stamp" mode="flow" priority="3">
    <block role="stamp">
      <xsl:sequence select="f:layout(.)"/>
      <xsl:apply-templates select="." mode="run"/>
    </block>
  </xsl:template>

  <!-- Examples of markup are shown as they are written. -->
  <xsl:template match="eg | *:egXML" mode="flow" priority="2">
    <xsl:variable name="code" select="
        if (self::eg) then string(.)
        else f:markup(.)"/>
    <xsl:for-each select="tokenize($code, '\r?\n')[normalize-space()]">
      <block role="code"><t style="code"><xsl:value-of select="replace(., '&#9;', '  ')"/></t></block>
    </xsl:for-each>
  </xsl:template>
</xsl:stylesheet>
