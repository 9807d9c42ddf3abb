<?xml version="1.0" encoding="UTF-8"?>
<!-- What the header says: the facts above the text, and the rest below it. TEI Guidelines, chapter 2. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:xi="http://www.w3.org/2001/XInclude"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:l="urn:tei-toolkit:locale"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- The facts about the document. -->
  <xsl:template name="h:facts">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="facts">
      <xsl:for-each select="$header">
        <xsl:variable name="actions" select="profileDesc/correspDesc/correspAction"/>
        <xsl:apply-templates select="$actions" mode="h:fact"/>
        <xsl:for-each-group select="fileDesc/titleStmt/(author, editor)" group-by="
            if (self::author) then (if ($actions[@type = 'sent']/(persName, orgName, name, rs)[normalize-space()]) then 'hidden-author' else 'author')
            else 'editor'">
          <xsl:if test="current-grouping-key() ne 'hidden-author'">
            <xsl:call-template name="h:fact">
              <xsl:with-param name="label" select="h:say('label.' || current-grouping-key())"/>
              <xsl:with-param name="values" select="current-group() ! h:people(.)"/>
            </xsl:call-template>
          </xsl:if>
        </xsl:for-each-group>
        <xsl:if test="empty($actions/date)">
          <xsl:call-template name="h:fact">
            <xsl:with-param name="label" select="h:say('label.date')"/>
            <xsl:with-param name="values" select="h:creation-of(.)"/>
          </xsl:call-template>
        </xsl:if>
        <xsl:call-template name="h:source"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:variable name="contributions">
      <xsl:for-each select="$header">
        <xsl:for-each-group select="fileDesc/titleStmt/respStmt[resp]" group-by="normalize-space(resp[1])">
          <xsl:call-template name="h:fact">
            <xsl:with-param name="label" select="l:responsibility(current-grouping-key())"/>
            <xsl:with-param name="values" select="current-group()/(persName, orgName, name)"/>
          </xsl:call-template>
        </xsl:for-each-group>
        <xsl:for-each-group select="fileDesc/titleStmt/(funder, sponsor, principal)" group-by="local-name()">
          <xsl:call-template name="h:fact">
            <xsl:with-param name="label" select="h:say('label.' || current-grouping-key())"/>
            <xsl:with-param name="values" select="current-group()"/>
          </xsl:call-template>
        </xsl:for-each-group>
      </xsl:for-each>
    </xsl:variable>
    <!-- Many contributions would keep the reader from the text. -->
    <xsl:variable name="folded" as="xs:boolean" select="count($contributions/*) gt 4"/>
    <xsl:if test="exists(($facts/*, $contributions/*[not($folded)]))">
      <dl class="facts" lang="{$h:wording}" dir="ltr">
        <xsl:sequence select="$facts, $contributions[not($folded)]"/>
      </dl>
    </xsl:if>
    <xsl:if test="$folded">
      <details class="contributions ed" lang="{$h:wording}" dir="ltr">
        <summary>{h:say('contributions')}</summary>
        <dl class="facts">
          <xsl:sequence select="$contributions"/>
        </dl>
      </details>
    </xsl:if>
  </xsl:template>

  <xsl:template name="h:fact">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="values" as="element()*"/>
    <xsl:variable name="said" select="$values[normalize-space()]"/>
    <xsl:if test="exists($said)">
      <div class="fact">
        <dt>{$label}</dt>
        <dd>
          <xsl:for-each select="$said">
            <xsl:if test="position() gt 1"><span class="ed">; </span></xsl:if>
            <xsl:call-template name="h:inline"/>
          </xsl:for-each>
        </dd>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- The names in an author or editor that stands for several people; else itself. -->
  <xsl:function name="h:people" as="element()+">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="names" select="$element/(persName | orgName | name)[normalize-space()]"/>
    <xsl:sequence select="
        if (count($names) gt 1 and empty($element/(text()[normalize-space()], * except $names)))
        then $names else $element"/>
  </xsl:function>

  <!-- An element of the header as part of a line. -->
  <xsl:template name="h:inline">
    <xsl:element name="{if (h:has-block(.)) then 'div' else 'span'}">
      <xsl:call-template name="h:language"/>
      <xsl:choose>
        <xsl:when test="self::author or self::editor or self::funder or self::sponsor
            or self::principal or self::creation">
          <xsl:apply-templates select="node() except idno"/>
        </xsl:when>
        <xsl:when test="self::date[not(normalize-space())]">{h:date-title(.)}</xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select=".">
            <xsl:with-param name="h:copy" select="exists(self::origDate)" tunnel="yes"/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <!-- Sent by whom, from where, when; received by whom. TEI Guidelines, 2.4.6. -->
  <xsl:template match="correspAction" mode="h:fact">
    <xsl:variable name="type" select="(@type, 'sent')[1]"/>
    <xsl:variable name="parts" select="
        ((persName | orgName | name | rs), (placeName | settlement | country), date, (note | p))
        [normalize-space() or self::date[h:date-title(.) ne '']]"/>
    <xsl:if test="exists($parts)">
      <div class="fact">
        <dt>{h:capital(h:value('corresp', $type))}</dt>
        <dd>
          <xsl:for-each select="$parts">
            <xsl:if test="position() gt 1">
              <span class="ed">{if (self::persName or self::orgName or self::name or self::rs) then '; ' else ', '}</span>
            </xsl:if>
            <xsl:call-template name="h:inline"/>
          </xsl:for-each>
        </dd>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- A date that the header says in figures is written out. -->
  <xsl:template match="text()[parent::date or parent::origDate or parent::creation][ancestor::teiHeader][l:is-date(.)]">{h:date(normalize-space())}</xsl:template>

  <!-- When and where the text was written, if the correspondence description does not say. -->
  <xsl:function name="h:creation-of" as="element()?">
    <xsl:param name="header" as="element(teiHeader)"/>
    <xsl:sequence select="
        ($header/profileDesc/creation, $header/fileDesc/sourceDesc//origDate)[normalize-space()][1]"/>
  </xsl:function>

  <xsl:function name="h:source-of" as="element()?">
    <xsl:param name="file" as="element(fileDesc)"/>
    <xsl:sequence select="
        ($file/sourceDesc//msIdentifier,
         $file/sourceDesc/(bibl, biblStruct, p, listBibl))[normalize-space()][1]"/>
  </xsl:function>

  <!-- The source: shelfmark, or the work the text was taken from. -->
  <xsl:template name="h:source">
    <xsl:for-each select="fileDesc ! h:source-of(.)">
      <div class="fact">
        <dt>{h:say('label.source')}</dt>
        <dd>
          <xsl:choose>
            <xsl:when test="self::msIdentifier">
              <xsl:apply-templates select="." mode="h:source-line">
                <xsl:with-param name="h:copy" select="true()" tunnel="yes"/>
              </xsl:apply-templates>
            </xsl:when>
            <xsl:otherwise>
              <xsl:apply-templates select="."/>
            </xsl:otherwise>
          </xsl:choose>
        </dd>
      </div>
    </xsl:for-each>
  </xsl:template>

  <!-- What else the header says. -->
  <xsl:template name="h:about">
    <xsl:param name="header" as="element(teiHeader)?"/>
    <xsl:variable name="parts">
      <xsl:apply-templates select="$header/*" mode="h:about"/>
    </xsl:variable>
    <xsl:if test="normalize-space($parts)">
      <section class="about" aria-labelledby="ed:about" lang="{$h:wording}" dir="ltr">
        <h2 id="ed:about">{h:say('about')}</h2>
        <xsl:sequence select="$parts"/>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Shown above already. -->
  <xsl:template mode="h:about" priority="4" match="titleStmt | correspDesc/correspAction | profileDesc/abstract
      | sourceDesc/*[../parent::fileDesc ! h:source-of(.) is .] | langUsage/language[not(normalize-space())]
      | profileDesc[empty(correspDesc/correspAction/date)]/creation[. is h:creation-of(ancestor::teiHeader)]
      | idno[not(normalize-space())] | lb | graphic | ptr[empty(h:link(.))]"/>

  <xsl:template mode="h:about" match="fileDesc | publicationStmt | profileDesc | encodingDesc
      | sourceDesc | availability | editorialDecl | textClass | classDecl" priority="1">
    <xsl:variable name="content">
      <xsl:apply-templates mode="h:about" select="*"/>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="not(normalize-space($content))"/>
      <xsl:when test="self::publicationStmt or self::editorialDecl or self::sourceDesc">
        <div class="about-part">
          <h3>{h:label(.)}</h3>
          <xsl:sequence select="$content"/>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="$content"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template mode="h:about" match="p | ab | list | table | figure | lg | listBibl | note | egXML"
      priority="1">
    <xsl:apply-templates select="."/>
  </xsl:template>

  <!-- The licence is a link. -->
  <xsl:template mode="h:about" match="licence" priority="2">
    <div class="about-group">
      <span class="about-label ed">{h:say('label.availability')}</span>
      <div class="about-content">
        <div>
          <xsl:call-template name="h:attributes"/>
          <xsl:choose>
            <xsl:when test="exists(h:link(.)) and not(h:has-link(.)) and not(h:has-block(.))">
              <a rel="license" href="{@p:href}">
                <xsl:apply-templates>
                  <xsl:with-param name="in-link" select="true()" tunnel="yes"/>
                </xsl:apply-templates>
                <xsl:if test="not(normalize-space())">{@p:href}</xsl:if>
              </a>
            </xsl:when>
            <xsl:otherwise>
              <xsl:apply-templates/>
              <xsl:if test="exists(h:link(.))">
                <a rel="license" class="ed" href="{@p:href}">{' ' || @p:href}</a>
              </xsl:if>
            </xsl:otherwise>
          </xsl:choose>
        </div>
      </div>
    </div>
  </xsl:template>

  <!-- What another file was to say, in the words given in its place. -->
  <xsl:template mode="h:about" match="xi:include | xi:fallback[not(text()[normalize-space()])]" priority="1">
    <xsl:apply-templates mode="h:about" select="*"/>
  </xsl:template>
  <xsl:template mode="h:about" match="xi:fallback[text()[normalize-space()]]" priority="1">
    <div class="about-value"><xsl:apply-templates select="."/></div>
  </xsl:template>

  <!-- Keywords stand in one line. -->
  <xsl:template mode="h:about" match="textClass/keywords[not(text()[normalize-space()])]" priority="1">
    <xsl:variable name="words" select="(term | list/item | *[not(self::term or self::list)])[normalize-space()]"/>
    <xsl:if test="exists($words)">
      <div class="about-line">
        <span class="about-label ed">{h:label(.)}</span>
        <xsl:text> </xsl:text>
        <span class="about-value">
          <xsl:call-template name="h:language"/>
          <xsl:for-each select="$words">
            <xsl:if test="position() gt 1"><span class="ed">, </span></xsl:if>
            <span>
              <xsl:call-template name="h:language"/>
              <xsl:apply-templates select="if (self::item) then node() else ."/>
            </span>
          </xsl:for-each>
        </span>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- Parts that hold parts: a heading and what is below it. -->
  <xsl:template mode="h:about" match="*[*][not(text()[normalize-space()])]" priority="0.5">
    <xsl:variable name="content">
      <xsl:apply-templates mode="h:about" select="*"/>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="not(normalize-space($content))"/>
      <!-- A level whose parts are all called as it is says nothing. -->
      <xsl:when test="not(@p:id and (ancestor::text or ancestor::standOff))
          and (every $part in (* except correspAction)[normalize-space()] satisfies h:label($part) eq h:label(.))
          and not(*/(self::p | self::ab | self::list | self::table | self::note | self::listBibl))">
        <xsl:sequence select="$content"/>
      </xsl:when>
      <xsl:otherwise>
      <div class="about-group">
        <xsl:if test="@p:id and (ancestor::text or ancestor::standOff)">
          <xsl:attribute name="id" select="@p:id"/>
        </xsl:if>
        <span class="about-label ed">{h:label(.)}</span>
        <div class="about-content">
          <xsl:sequence select="$content"/>
        </div>
      </div>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The label above them says what they are. -->
  <xsl:template mode="h:about" match="langUsage/language | category/catDesc | revisionDesc/change[empty(@when)]" priority="1">
    <xsl:if test="normalize-space()">
      <div class="about-value">
        <xsl:call-template name="h:language"/>
        <xsl:apply-templates select="."/>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- A statement in words. -->
  <xsl:template mode="h:about" match="*">
    <xsl:if test="normalize-space() or exists(h:link(.))">
      <div class="about-line">
        <span class="about-label ed">{h:label(.)}</span>
        <xsl:text> </xsl:text>
        <xsl:element name="{if (h:is-block(.)) then 'div' else 'span'}">
          <xsl:attribute name="class" select="'about-value'"/>
          <xsl:call-template name="h:language"/>
          <xsl:choose>
            <xsl:when test="normalize-space()">
              <xsl:apply-templates select="."/>
            </xsl:when>
            <xsl:otherwise>
              <a href="{h:link(.)}">{h:link(.)}</a>
            </xsl:otherwise>
          </xsl:choose>
        </xsl:element>
      </div>
    </xsl:if>
  </xsl:template>

  <xsl:function name="h:label" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        if ($element[self::change][parent::revisionDesc]/@when)
        then h:date($element/@when)
        else h:capital(h:value('label', local-name($element)))
          || $element/@type ! (' (' || h:words(.) || ')')
          || $element[self::change]/@when ! (' ' || h:date(.))"/>
  </xsl:function>

  <xsl:template match="xenoData" h:why="it holds data for programs, not words for readers"/>
  <xsl:template match="xenoData" mode="h:about" priority="4"/>

  <!-- Elements of the header that may also stand in text. -->
  <xsl:template match="authority | distributor | licence | language | change | rendition | category
      | catDesc | taxonomy | keywords | classCode | catRef | projectDesc | samplingDecl | creation
      | calendar | calendarDesc | handNotes | particDesc | settingDesc | setting | textDesc | channel
      | constitution | derivation | domain | factuality | interaction | preparedness | purpose
      | activity | locale | correction | normalization | punctuation | hyphenation | segmentation
      | quotation | interpretation | stdVals | refsDecl | refState | cRefPattern | tagsDecl | tagUsage
      | namespace | application | appInfo | charDecl | char | glyph | mapping | charName
      | glyphName | charProp | value | unicodeName | localName | abstract | correspContext
      | correspDesc | correspAction | titleStmt | fileDesc | recording | recordingStmt | equipment
      | broadcast | scriptStmt | editionStmt | seriesStmt | notesStmt | publicationStmt | availability
      | sourceDesc | encodingDesc | profileDesc | revisionDesc | listChange | teiHeader | prefixDef
      | listPrefixDef | editorialDecl | schemaRef | styleDefDecl | citeStructure | citeData | conversion
      | scriptNote | metDecl | transcriptionDesc | textClass | langUsage | classDecl | geoDecl | unitDecl | unitDef">
    <xsl:call-template name="h:plain"/>
  </xsl:template>

</xsl:stylesheet>
