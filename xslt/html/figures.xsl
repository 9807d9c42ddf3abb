<?xml version="1.0" encoding="UTF-8"?>
<!-- Tables, figures and formulae. TEI Guidelines, chapter 15. Of MathML, only what presents; of other foreign markup (SVG), only the words. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:m="http://www.w3.org/1998/Math/MathML"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:t="urn:tei-toolkit:table"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:import href="../table.xsl"/>

  <!-- The most columns that a cell of HTML can take. -->
  <xsl:variable name="h:most-columns" as="xs:integer" select="1000"/>

  <xsl:template match="table">
    <xsl:variable name="grid" select="t:grid(row, $h:most-columns)"/>
    <div class="table-box">
      <!-- What may be wider than the page scrolls, by the keyboard too. -->
      <xsl:if test="row/count(cell) > 3">
        <xsl:attribute name="tabindex" select="0"/>
        <xsl:attribute name="role" select="'group'"/>
        <xsl:if test="head[normalize-space()]">
          <xsl:attribute name="aria-label" select="head[1]/normalize-space()"/>
        </xsl:if>
      </xsl:if>
      <table>
        <xsl:call-template name="h:attributes"/>
        <xsl:if test="head">
          <caption>
            <xsl:for-each select="head">
              <div>
                <xsl:call-template name="h:attributes"/>
                <xsl:apply-templates/>
              </div>
            </xsl:for-each>
          </caption>
        </xsl:if>
        <tbody>
          <xsl:for-each-group select="node() except head" group-adjacent="exists(self::row)">
            <xsl:choose>
              <xsl:when test="current-grouping-key()">
                <xsl:apply-templates select="current-group()">
                  <xsl:with-param name="h:grid" select="$grid" tunnel="yes"/>
                </xsl:apply-templates>
              </xsl:when>
              <xsl:when test="current-group()[self::* or self::text()[normalize-space()]]">
                <tr class="between">
                  <td colspan="{max((1, ../row ! count(cell)))}">
                    <xsl:apply-templates select="current-group()"/>
                  </td>
                </tr>
              </xsl:when>
            </xsl:choose>
          </xsl:for-each-group>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <!-- A row shorter than its table is filled up with empty cells: the lines go all the way. -->
  <xsl:template match="row">
    <xsl:param name="h:grid" as="map(xs:string, xs:integer*)*" tunnel="yes"/>
    <xsl:variable name="own" select="$h:grid[count(current()/preceding-sibling::row) + 1]"/>
    <tr>
      <xsl:call-template name="h:attributes"/>
      <xsl:for-each-group select="node()" group-starting-with="cell | table">
        <xsl:if test="current-group()[self::* or self::text()[normalize-space()]]">
          <xsl:variable name="cell" select="current-group()[self::cell]"/>
          <xsl:element name="{if ($cell/@role = 'label' or ../@role = 'label') then 'th' else 'td'}">
            <xsl:for-each select="$cell">
              <xsl:call-template name="h:attributes"/>
              <xsl:for-each select="@cols[. castable as xs:positiveInteger]">
                <xsl:attribute name="colspan" select="t:span(., $h:most-columns)"/>
              </xsl:for-each>
              <xsl:for-each select="@rows[. castable as xs:positiveInteger][xs:integer(.) le 65534]">
                <xsl:attribute name="rowspan" select="xs:integer(.)"/>
              </xsl:for-each>
              <xsl:apply-templates/>
            </xsl:for-each>
            <xsl:apply-templates select="current-group() except $cell"/>
          </xsl:element>
        </xsl:if>
      </xsl:for-each-group>
      <xsl:if test="exists($own) and not(table)">
        <xsl:for-each select="t:empty($own, max($h:grid ! count(?after)))">
          <td></td>
        </xsl:for-each>
      </xsl:if>
    </tr>
  </xsl:template>

  <xsl:template match="cell">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

  <xsl:template match="figure | notatedMusic">
    <figure>
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates select="node() except (head, figDesc)"/>
      <xsl:if test="head or figDesc">
        <figcaption>
          <xsl:apply-templates select="head, figDesc"/>
        </figcaption>
      </xsl:if>
    </figure>
  </xsl:template>

  <!-- Graphs, networks and trees keep their words; they are not drawn. -->
  <xsl:template match="graph | node | arc | tree | root | iNode | leaf | eTree | triangle | eLeaf | forest
      | listForest">
    <xsl:call-template name="h:default"/>
  </xsl:template>

  <xsl:template match="figDesc">
    <xsl:element name="{if (h:has-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates/>
    </xsl:element>
  </xsl:template>

  <xsl:key name="h:image" match="pub:image" use="@url"/>

  <!-- Where the image of an address lies, if it is published. -->
  <xsl:function name="h:image" as="xs:string?">
    <xsl:param name="url" as="xs:string"/>
    <xsl:sequence select="
        $images/key('h:image', normalize-space($url), .)[1]/(@address, $root || @path)[1] ! string()"/>
  </xsl:function>

  <!-- A larger one of an image that is shown from another site. -->
  <xsl:function name="h:nearer" as="xs:string?">
    <xsl:param name="shown" as="xs:string"/>
    <xsl:sequence select="$images/*/pub:image[@address = $shown][1]/@nearer[string()]/string()"/>
  </xsl:function>

  <!-- The image of the page that begins here: of @facs itself or of the surface it names. -->
  <xsl:function name="h:facsimile" as="xs:string?">
    <xsl:param name="pb" as="element(pb)"/>
    <xsl:sequence select="
        (for $pointer in tokenize($pb/@facs),
             $url in if (starts-with($pointer, '#'))
               then key('h:id', substring($pointer, 2), root($pb))[1]/descendant-or-self::graphic/@url
               else $pointer
         return (h:image($url), normalize-space($url)[matches(., '^https?://[^\p{Cc}\s&lt;&gt;&quot;]+$', 'i')]),
         h:link($pb))[1]"/>
  </xsl:function>

  <!-- An image of the edition is shown; one that lies elsewhere is linked, since a page asks
       nothing of other sites but those that the edition names. -->
  <xsl:template match="graphic | media">
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="alternative" select="
        string-join((desc, ../figDesc, ../head, h:say('image'))[1] ! normalize-space())"/>
    <xsl:choose>
      <xsl:when test="exists(h:image(string(@url)))">
        <img src="{h:image(@url)}" alt="{$alternative}" loading="lazy"/>
      </xsl:when>
      <xsl:when test="matches(@p:href, '^https?:', 'i')">
        <xsl:choose>
          <xsl:when test="$in-link">
            <span class="ed">{h:say('image')}</span>
          </xsl:when>
          <xsl:otherwise>
            <a class="ed image" href="{@p:href}">{h:say('image')}</a>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:when>
    </xsl:choose>
    <xsl:for-each select="*[normalize-space()]">
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="."/>
    </xsl:for-each>
  </xsl:template>

  <!-- MathML: the presentation elements by name, and of their attributes those that only
       present. -->
  <xsl:variable name="h:mathml" as="xs:string+" select="
      'math', 'mi', 'mn', 'mo', 'ms', 'mtext', 'mspace', 'mrow', 'mfrac', 'msqrt', 'mroot',
      'mstyle', 'merror', 'mpadded', 'mphantom', 'mfenced', 'msub', 'msup', 'msubsup', 'munder',
      'mover', 'munderover', 'mmultiscripts', 'mprescripts', 'none', 'mtable', 'mtr', 'mtd',
      'mlabeledtr', 'maligngroup', 'malignmark'"/>
  <xsl:variable name="h:mathml-attributes" as="xs:string+" select="
      'display', 'mathvariant', 'fence', 'separator', 'stretchy', 'symmetric', 'lspace', 'rspace',
      'form', 'accent', 'accentunder', 'linethickness', 'width', 'height', 'depth', 'open', 'close',
      'separators', 'columnalign', 'rowalign', 'columnspan', 'rowspan', 'displaystyle',
      'scriptlevel', 'movablelimits', 'largeop'"/>

  <xsl:template match="m:*">
    <xsl:choose>
      <xsl:when test="local-name() = $h:mathml">
        <xsl:element name="{local-name()}" namespace="http://www.w3.org/1998/Math/MathML">
          <xsl:for-each select="@*[local-name() = $h:mathml-attributes][namespace-uri() = '']">
            <xsl:attribute name="{local-name()}" select="string()"/>
          </xsl:for-each>
          <xsl:apply-templates/>
        </xsl:element>
      </xsl:when>
      <xsl:when test="ancestor::m:*">
        <xsl:element name="mtext" namespace="http://www.w3.org/1998/Math/MathML">
          <xsl:value-of select="string()"/>
        </xsl:element>
      </xsl:when>
      <xsl:otherwise>
        <span class="other">
          <xsl:value-of select="string()"/>
        </span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
