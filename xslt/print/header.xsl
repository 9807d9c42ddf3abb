<?xml version="1.0" encoding="UTF-8"?>
<!-- What is read from the TEI header: the title block, the colophon and the legend of signs. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:s="urn:tei-toolkit:signs"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:param name="stem" as="xs:string" select="''"/>
  <xsl:variable name="header" as="element()?" select="/*/teiHeader"/>

  <xsl:function name="f:title" as="xs:string">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="titles" select="$document/*/teiHeader/fileDesc/titleStmt/title[normalize-space()]"/>
    <xsl:sequence select="
        (($titles[@type = 'main'], $titles[@level = 'a'], $titles[not(@type = ('sub', 'short', 'alt'))], $titles,
          ($document//(titlePart | head))[normalize-space()]) ! f:text(.), $stem[. ne ''], 'TEI')[1]"/>
  </xsl:function>

  <!-- The text of an element without its notes, white space normalised. -->
  <xsl:function name="f:text" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        normalize-space(string-join($element//text()[not(ancestor::note[ancestor::* intersect $element])]
          [not(ancestor::idno[ancestor::titleStmt])]))"/>
  </xsl:function>

  <xsl:function name="f:authors" as="xs:string*">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="statement" select="$document/*/teiHeader/fileDesc/titleStmt"/>
    <xsl:sequence select="($statement/author, $statement/editor)[normalize-space()] ! f:people(.) ! f:text(.)"/>
  </xsl:function>

  <!-- The names in an author or editor that stands for several people; else itself. -->
  <xsl:function name="f:people" as="element()+">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="names" select="$element/(persName | orgName | name)[normalize-space()]"/>
    <xsl:sequence select="
        if (count($names) gt 1 and empty($element/(text()[normalize-space()], * except $names)))
        then $names else $element"/>
  </xsl:function>

  <xsl:template name="front">
    <xsl:variable name="statement" select="$header/fileDesc/titleStmt"/>
    <block role="heading" level="1"><t><xsl:value-of select="f:title(/)"/></t></block>
    <xsl:for-each select="$statement/title[@type = 'sub'][normalize-space()]">
      <block role="line" align="center"><xsl:apply-templates mode="run"/></block>
    </xsl:for-each>
    <xsl:variable name="letter" select="($header/profileDesc/correspDesc)[1]"/>
    <xsl:variable name="sent" select="$letter/correspAction[@type = 'sent']"/>
    <xsl:variable name="senders" select="$sent/(persName | orgName | name | rs)"/>
    <xsl:if test="empty($senders[normalize-space()]) and $statement/author[normalize-space()]">
      <field label="{f:word('label.author')}">
        <block role="line"><xsl:call-template name="listed"><xsl:with-param name="items" select="$statement/author"/></xsl:call-template></block>
      </field>
    </xsl:if>
    <xsl:variable name="received" select="$letter/correspAction[@type = 'received']"/>
    <xsl:call-template name="front-field">
      <xsl:with-param name="key" select="'corresp.sent'"/>
      <xsl:with-param name="items" select="$senders"/>
    </xsl:call-template>
    <xsl:call-template name="front-field">
      <xsl:with-param name="key" select="'corresp.received'"/>
      <xsl:with-param name="items" select="$received/(persName | orgName | name | rs)"/>
    </xsl:call-template>
    <xsl:call-template name="front-field">
      <xsl:with-param name="key" select="'label.settlement'"/>
      <xsl:with-param name="items" select="
          $sent/(placeName | settlement),
          $header/fileDesc/sourceDesc//origPlace[empty($sent/(placeName | settlement)[normalize-space()])]"/>
    </xsl:call-template>
    <xsl:call-template name="front-field">
      <xsl:with-param name="key" select="'label.date'"/>
      <xsl:with-param name="items" select="
          let $dates := ($sent/date, $header/profileDesc/creation//date)[normalize-space() or l:dated(.) ne '']
          return if (exists($dates)) then $dates[1] else $header/fileDesc/sourceDesc//origDate"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="front-field">
    <xsl:param name="key" as="xs:string"/>
    <xsl:param name="items" as="element()*"/>
    <xsl:variable name="shown" select="$items[normalize-space() or l:dated(.) ne '']"/>
    <xsl:if test="exists($shown)">
      <field label="{l:capital(f:word($key))}">
        <block role="line">
          <xsl:call-template name="listed"><xsl:with-param name="items" select="$shown"/></xsl:call-template>
        </block>
      </field>
    </xsl:if>
  </xsl:template>

  <xsl:template name="listed">
    <xsl:param name="items" as="element()*"/>
    <xsl:for-each select="$items">
      <xsl:if test="position() gt 1"><t><xsl:text>; </xsl:text></t></xsl:if>
      <xsl:choose>
        <xsl:when test="normalize-space()">
          <xsl:apply-templates select="." mode="header"/>
        </xsl:when>
        <xsl:otherwise><t><xsl:value-of select="l:dated(.)"/></t></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- A date that the header says in figures is written out. -->
  <xsl:template match="teiHeader//(date | origDate | creation)/text()[l:is-date(.)]" mode="run">
    <xsl:call-template name="text">
      <xsl:with-param name="text" select="l:date(normalize-space())"/>
    </xsl:call-template>
  </xsl:template>

  <!-- In the header names link to their entries, but do not count as places where they occur. -->
  <xsl:template match="*" mode="header">
    <xsl:variable name="link" select="f:link(.)"/>
    <xsl:apply-templates select="node()" mode="run">
      <xsl:with-param name="link" tunnel="yes" select="$link"/>
      <xsl:with-param name="style" tunnel="yes" select="f:styles((), .)"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- What the encoding keeps apart and a reader sees together is parted by commas. -->
  <xsl:template match="biblStruct | biblFull | person | personGrp | place | org | msIdentifier
      | origPlace[not(text()[normalize-space()])]" mode="header">
    <xsl:for-each select="* ! f:parts(.)">
      <xsl:if test="position() gt 1"><t><xsl:text>, </xsl:text></t></xsl:if>
      <xsl:apply-templates select="." mode="run"/>
    </xsl:for-each>
  </xsl:template>
  <xsl:function name="f:parts" as="element()*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        if (not(normalize-space($element))) then ()
        else if ($element[self::author or self::editor or self::persName or self::respStmt]
            or $element/text()[normalize-space()] or not($element/*))
        then $element
        else $element/* ! f:parts(.)"/>
  </xsl:function>

  <!-- Identifiers of people are for programs. -->
  <xsl:template match="titleStmt//idno" mode="run" priority="20"/>

  <!-- The colophon: each field only if the header says it. -->
  <xsl:template name="apparatus">
    <xsl:variable name="file" select="$header/fileDesc"/>
    <xsl:call-template name="field">
      <xsl:with-param name="label" select="f:word('label.abstract')"/>
      <xsl:with-param name="blocks" select="$header/profileDesc/abstract"/>
    </xsl:call-template>
    <xsl:call-template name="source"/>
    <xsl:call-template name="witnesses"/>
    <xsl:call-template name="field">
      <xsl:with-param name="label" select="f:word('label.handNotes')"/>
      <xsl:with-param name="blocks" select="$header/profileDesc/handNotes"/>
    </xsl:call-template>
    <xsl:for-each select="$header/profileDesc/(particDesc, settingDesc)">
      <xsl:call-template name="field">
        <xsl:with-param name="label" select="f:word('label.' || local-name())"/>
        <xsl:with-param name="blocks" select="."/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="field">
      <xsl:with-param name="label" select="f:word('label.notesStmt')"/>
      <xsl:with-param name="blocks" select="$file/notesStmt/*[not(@type = 'metadata')]"/>
    </xsl:call-template>
    <xsl:for-each-group select="$file/titleStmt/(respStmt | editor)[normalize-space()]"
        group-by="f:responsibility(.)">
      <field label="{l:responsibility(current-grouping-key())}">
        <block role="line">
          <xsl:call-template name="listed">
            <xsl:with-param name="items" select="
                current-group()/(if (self::editor) then f:people(.) else (persName | orgName | name))"/>
          </xsl:call-template>
        </block>
      </field>
    </xsl:for-each-group>
    <xsl:call-template name="field-of-names">
      <xsl:with-param name="label" select="f:word('label.funder')"/>
      <xsl:with-param name="items" select="$file/titleStmt/(funder | sponsor)"/>
    </xsl:call-template>
    <xsl:call-template name="field-of-names">
      <xsl:with-param name="label" select="f:word('label.principal')"/>
      <xsl:with-param name="items" select="$file/titleStmt/principal"/>
    </xsl:call-template>
    <xsl:if test="$layer ne 'both'">
      <field label="{f:word('label.layer')}">
        <block role="line"><t><xsl:value-of select="f:word('print.layer.' || $layer)"/></t></block>
      </field>
    </xsl:if>
    <xsl:call-template name="field">
      <xsl:with-param name="label" select="f:word('label.editorialDecl')"/>
      <xsl:with-param name="blocks" select="$header/encodingDesc/editorialDecl"/>
    </xsl:call-template>
    <xsl:call-template name="field">
      <xsl:with-param name="label" select="f:word('label.projectDesc')"/>
      <xsl:with-param name="blocks" select="$header/encodingDesc/projectDesc"/>
    </xsl:call-template>
    <xsl:call-template name="field">
      <xsl:with-param name="label" select="f:word('label.samplingDecl')"/>
      <xsl:with-param name="blocks" select="$header/encodingDesc/samplingDecl"/>
    </xsl:call-template>
    <xsl:call-template name="field">
      <xsl:with-param name="label" select="f:word('label.publicationStmt')"/>
      <xsl:with-param name="blocks" select="$file/publicationStmt/(p | ab)"/>
    </xsl:call-template>
    <xsl:for-each select="$file/(editionStmt, seriesStmt)">
      <xsl:call-template name="field">
        <xsl:with-param name="label" select="f:word('label.' || local-name())"/>
        <xsl:with-param name="blocks" select="."/>
      </xsl:call-template>
    </xsl:for-each>
    <xsl:call-template name="field-of-names">
      <xsl:with-param name="label" select="f:word('label.' || (if ($file/editionStmt[normalize-space()]) then 'publicationStmt' else 'edition'))"/>
      <xsl:with-param name="items" select="$file/publicationStmt/(publisher | distributor | authority)"/>
    </xsl:call-template>
    <xsl:call-template name="field">
      <xsl:with-param name="label" select="f:word('label.availability')"/>
      <xsl:with-param name="blocks" select="$file/publicationStmt/availability"/>
    </xsl:call-template>
  </xsl:template>

  <!-- What tells of other elements stands behind the text: its words are part of the edition. -->
  <xsl:template name="index-entries">
    <xsl:variable name="entries" as="element()*" select="
        (//text | //standOff)//(index | interp | interpGrp | spanGrp | linkGrp | joinGrp)
        [normalize-space()][not(ancestor::index or ancestor::interpGrp or ancestor::spanGrp
          or ancestor::linkGrp or ancestor::joinGrp)]"/>
    <xsl:if test="$entries">
      <block role="rule"><rule/></block>
      <block role="subheading"><t style="smaller"><xsl:value-of select="f:word('label.index')"/></t></block>
      <xsl:for-each select="$entries">
        <block role="line">
          <t style="smaller">
            <xsl:value-of select="string-join(.//text()[normalize-space()] ! normalize-space(), ' · ')"/>
          </t>
        </block>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:responsibility" as="xs:string">
    <xsl:param name="statement" as="element()"/>
    <xsl:sequence select="
        if ($statement/self::editor)
        then (l:known('label.' || ($statement/@role, 'editor')[1]), string($statement/@role))[1]
        else normalize-space(string-join($statement/resp, ', '))"/>
  </xsl:function>

  <xsl:template name="field-of-names">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="items" as="element()*"/>
    <xsl:if test="$items[normalize-space()]">
      <field label="{$label}">
        <block role="line">
          <xsl:call-template name="listed">
            <xsl:with-param name="items" select="$items[normalize-space()]"/>
          </xsl:call-template>
        </block>
      </field>
    </xsl:if>
  </xsl:template>

  <xsl:template name="field">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="blocks" as="element()*"/>
    <xsl:if test="$blocks[normalize-space()]">
      <field label="{$label}">
        <xsl:variable name="paragraphs" select="$blocks ! f:statements(.)"/>
        <xsl:choose>
          <!-- A list of short statements is set as one paragraph. -->
          <xsl:when test="count($paragraphs) gt 2
              and (every $paragraph in $paragraphs satisfies string-length(normalize-space($paragraph)) le 240)">
            <block role="line">
              <xsl:for-each select="$paragraphs">
                <xsl:if test="position() gt 1"><t><xsl:text> </xsl:text></t></xsl:if>
                <xsl:apply-templates select="." mode="header"/>
                <xsl:if test="not(matches(normalize-space(.), '[.!?…:;]$')) and position() lt last()">
                  <t>.</t>
                </xsl:if>
              </xsl:for-each>
            </block>
          </xsl:when>
          <xsl:otherwise>
            <xsl:for-each select="$paragraphs">
              <block role="line"><xsl:apply-templates select="." mode="header"/></block>
            </xsl:for-each>
          </xsl:otherwise>
        </xsl:choose>
      </field>
    </xsl:if>
  </xsl:template>

  <!-- The statements that an element of the header consists of: what has words of its own, or is a
       paragraph, an entry or an item. -->
  <xsl:function name="f:statements" as="element()*">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        if (not(normalize-space($element))) then ()
        else if ($element[self::p or self::ab or self::bibl or self::biblStruct or self::biblFull
            or self::item or self::head or self::l or self::row or self::person or self::personGrp
            or self::place or self::org or self::msIdentifier or text()[normalize-space()] or not(*)])
        then $element
        else $element/* ! f:statements(.)"/>
  </xsl:function>

  <!-- The witnesses of an apparatus, each with its siglum; those of a group below its heading. -->
  <xsl:template name="witnesses">
    <xsl:variable name="lists" select="$header/fileDesc/sourceDesc//listWit[not(ancestor::listWit)]"/>
    <xsl:if test="$lists[normalize-space() or witness]">
      <field label="{f:word('label.listWit')}">
        <xsl:apply-templates select="$lists" mode="witnesses"/>
      </field>
    </xsl:if>
  </xsl:template>
  <xsl:template match="listWit" mode="witnesses">
    <xsl:apply-templates select="*" mode="witnesses"/>
  </xsl:template>
  <xsl:template match="*" mode="witnesses">
    <xsl:for-each select="f:statements(.)">
      <block role="line">
        <xsl:if test="self::head"><xsl:attribute name="space-before" select="'yes'"/></xsl:if>
        <xsl:apply-templates select="." mode="header"/>
      </block>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="witness" mode="witnesses">
    <xsl:variable name="siglum" select="string(@p:siglum)"/>
    <xsl:variable name="said" select="
        (abbr | idno | label)[translate(normalize-space(), ' ', '&#160;') = $siglum][1]"/>
    <block role="line">
      <xsl:call-template name="anchor"/>
      <xsl:if test="$siglum ne ''">
        <t style="bold"><xsl:value-of select="$siglum"/></t>
        <t><xsl:text>&#x2003;</xsl:text></t>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="text()[normalize-space()]">
          <xsl:apply-templates select="node() except ($said, listWit)" mode="run"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:for-each select="(* except ($said, listWit)) ! f:statements(.)">
            <xsl:if test="position() gt 1"><t><xsl:text>, </xsl:text></t></xsl:if>
            <xsl:apply-templates select="." mode="header"/>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </block>
    <!-- Its hands or copies, each a witness. -->
    <xsl:apply-templates select="listWit" mode="witnesses"/>
  </xsl:template>

  <xsl:template name="source">
    <xsl:variable name="source" select="$header/fileDesc/sourceDesc"/>
    <xsl:variable name="manuscripts" select="
        $source//msIdentifier[not(parent::msPart)][not(ancestor::listWit)]"/>
    <xsl:variable name="others" select="
        $source/(* except (msDesc | listWit)) ! f:statements(.)[not(ancestor-or-self::msDesc)]
        [not(ancestor::listWit)]"/>
    <xsl:if test="exists(($manuscripts, $others))">
      <field label="{f:word('label.source')}">
        <xsl:for-each select="$manuscripts">
          <block role="line">
            <t><xsl:value-of select="string-join(
                (for $part in *[normalize-space()][not(self::altIdentifier)]
                 return (if ($part/@type = 'folio') then f:word('folio') || ' ' else '') || f:text($part)), ', ')"/></t>
          </block>
        </xsl:for-each>
        <xsl:for-each select="$others">
          <block role="line"><xsl:apply-templates select="." mode="header"/></block>
        </xsl:for-each>
      </field>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="main-text" as="element()*" select="/*/(text | sourceDoc)"/>

  <!-- What a sign looks like about a text. -->
  <xsl:function name="f:sample" as="element()*">
    <xsl:param name="name" as="xs:string"/>
    <xsl:variable name="style" select="f:sign-style($name)"/>
    <xsl:variable name="is-about" select="s:open($name) ne '' and s:close($name) ne ''"/>
    <xsl:choose>
      <xsl:when test="$style or ($is-about and $name = ('deletion', 'addition'))">
        <xsl:if test="s:open($name) ne ''"><t style="sign"><xsl:value-of select="s:open($name)"/></t></xsl:if>
        <t>
          <xsl:if test="$style"><xsl:attribute name="style" select="$style"/></xsl:if>
          <xsl:text>abc</xsl:text>
        </t>
        <xsl:if test="s:close($name) ne ''"><t style="sign"><xsl:value-of select="s:close($name)"/></t></xsl:if>
      </xsl:when>
      <xsl:otherwise>
        <t><xsl:value-of select="string-join((s:open($name), s:close($name))[. ne ''], ' ')"/></t>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The legend of signs. -->
  <xsl:template name="legend">
    <xsl:param name="print" as="element()"/>
    <xsl:variable name="runs" select="$print/*:text//*:t"/>
    <!-- Some signs are no more than a style, which other runs may have too. -->
    <xsl:variable name="in-style" as="xs:string*" select="
        ('deleted'[$runs[tokenize(@style) = 'deleted']],
         'deleted'[not(f:sign-style('deletion') = 'deleted')][$main-text//del],
         'supplied'[$main-text//supplied], 'unclear'[$main-text//unclear])"/>
    <xsl:variable name="shown" as="xs:string*" select="distinct-values(($runs/@sign, $in-style))"/>
    <xsl:variable name="signs" as="element()*">
      <xsl:if test="$shown = 'supplied'"><sign meaning="{f:word('legend.supplied')}"><xsl:sequence select="f:sample('supplied')"/></sign></xsl:if>
      <xsl:if test="$shown = 'unclear'"><sign meaning="{f:word('legend.unclear')}"><xsl:sequence select="f:sample('unclear')"/></sign></xsl:if>
      <xsl:for-each select="('gap', 'gap-letters', 'gap-lines')[. = $shown]">
        <sign meaning="{f:word('legend.' || .)}"><t><xsl:value-of select="s:gap-sample(.)"/></t></sign>
      </xsl:for-each>
      <xsl:if test="$shown = 'deleted'"><sign meaning="{f:word('legend.del')}"><xsl:sequence select="f:sample('deletion')"/></sign></xsl:if>
      <xsl:if test="$shown = 'added'"><sign meaning="{f:word('legend.add')}"><xsl:sequence select="f:sample('addition')"/></sign></xsl:if>
      <xsl:if test="$runs[@sign = 'sic']"><sign meaning="{f:word('legend.sic')}"><t style="sign">[sic]</t></sign></xsl:if>
      <xsl:if test="$runs[@sign = 'choice']"><sign meaning="{f:word('legend.choice')}"><t><xsl:value-of select="'abc ' || s:open('correction') || 'xyz' || s:close('correction')"/></t></sign></xsl:if>
      <xsl:if test="$shown = 'expansion'"><sign meaning="{f:word('legend.ex')}"><t><xsl:value-of select="'a' || s:open('expansion') || 'bc' || s:close('expansion')"/></t></sign></xsl:if>
      <xsl:if test="$shown = 'surplus'"><sign meaning="{f:word('legend.surplus')}"><xsl:sequence select="f:sample('surplus')"/></sign></xsl:if>
      <xsl:if test="$print/*:text//*:page"><sign meaning="{f:word('legend.pb')}"><page/></sign></xsl:if>
      <xsl:if test="$print/*:text//*:note[@series = 'author']"><sign meaning="{f:word('legend.author-note')}"><t>*</t></sign></xsl:if>
      <xsl:if test="$print/*:text//*:stamp"><sign meaning="{f:word('legend.mark')}"><stamp shape="frame"><t>abc</t></stamp></sign></xsl:if>
    </xsl:variable>
    <xsl:if test="exists($signs)">
      <legend title="{f:word('legend')}">
        <xsl:sequence select="$signs"/>
      </legend>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
