<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of a register: each entry with what is known, and every place where it is named. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:variable name="h:authorities" as="element()" select="doc('authorities.xml')/*"/>

  <xsl:key name="h:occurrence" match="pub:entry" use="@id"/>

  <xsl:template match="/TEI[exists($occurrences)]" priority="3">
    <xsl:variable name="register" select="$h:publication/pub:register[@stem = substring-after($stem, 'registers/')][1]"/>
    <xsl:variable name="title" select="
        ($register ! h:register-title(.), teiHeader/fileDesc/titleStmt/title[1]/normalize-space(), $stem)[.][1]"/>
    <xsl:variable name="entries" select="(text | standOff)//(person | personGrp | place | org | event
        | object | nym | listBibl/bibl | listBibl/biblStruct)[@xml:id]"/>
    <xsl:call-template name="h:page">
      <xsl:with-param name="title" select="$title"/>
      <xsl:with-param name="kind" select="'register'"/>
      <xsl:with-param name="content">
        <header class="start-header">
          <h1>{$title}</h1>
          <xsl:call-template name="h:alphabet">
            <xsl:with-param name="entries" select="$entries"/>
          </xsl:call-template>
        </header>
        <div class="entries">
          <xsl:apply-templates select="$entries[not(ancestor::* intersect $entries)]" mode="h:entry">
            <xsl:sort select="h:entry-name(.)" lang="{$h:wording}"/>
          </xsl:apply-templates>
        </div>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Initials to jump to, where the register is long. -->
  <xsl:template name="h:alphabet">
    <xsl:param name="entries" as="element()*"/>
    <xsl:if test="count($entries) gt 25">
      <nav class="alphabet" aria-label="{h:say('alphabet')}">
        <ul>
          <xsl:for-each-group select="$entries" group-by="upper-case(substring(h:entry-name(.), 1, 1))">
            <xsl:sort select="current-grouping-key()" lang="{$h:wording}"/>
            <li>
              <a href="#{encode-for-uri(sort(current-group(), (), h:entry-name#1)[1]/@xml:id)}">{current-grouping-key()}</a>
            </li>
          </xsl:for-each-group>
        </ul>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:variable name="h:names" as="xs:string+" select="
      'persName', 'placeName', 'orgName', 'eventName', 'objectName', 'geogName', 'label', 'name',
      'settlement', 'country', 'region', 'head'"/>

  <!-- The names of an entry, the preferred one first. -->
  <xsl:function name="h:entry-names" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="names" select="$entry/(*[local-name() = $h:names], self::bibl/title,
        self::biblStruct/*/title, self::nym/form)"/>
    <xsl:variable name="best" select="
        ($names[tokenize(@type) = ('main', 'preferred', 'reg', 'pref', 'full')],
         $names[not(@type) or @type = 'standard'],
         $names[not(tokenize(@type) = ('variant', 'abbreviation', 'abbr', 'alternative', 'alt'))],
         $names)[1]"/>
    <xsl:sequence select="$best, $names except $best"/>
  </xsl:function>

  <xsl:function name="h:entry-name" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="name" select="h:entry-names($entry)[1]"/>
    <xsl:sequence select="
        if (empty($name)) then (normalize-space($entry)[.], string($entry/@xml:id))[1]
        else if ($name/surname and $name/forename)
        then normalize-space($name/surname[1] || ', ' || string-join($name/* except $name/surname[1], ' '))
        else normalize-space($name)"/>
  </xsl:function>

  <xsl:template match="*" mode="h:entry">
    <xsl:variable name="names" select="h:entry-names(.)"/>
    <xsl:variable name="here" select="."/>
    <article class="entry kind-{local-name()}" id="{@xml:id}">
      <h2>
        <xsl:for-each select="$names[1]">
          <xsl:call-template name="h:language"/>
        </xsl:for-each>
        <a class="self-name" href="#{encode-for-uri(@xml:id)}">{h:entry-name(.)}</a>
      </h2>
      <dl class="facts">
        <xsl:if test="@type">
          <div class="fact"><dt>{h:say('label.kind')}</dt><dd>{h:value('type', string(@type))}</dd></div>
        </xsl:if>
        <xsl:for-each-group select="$names[position() gt 1], $names[1][*]" group-by="
            if (@type and not(@type = 'variant')) then 'label.name.' || @type else 'label.names'">
          <div class="fact">
            <dt>{(h:known(current-grouping-key()), h:words(substring-after(current-grouping-key(), 'label.name.')))[1] ! h:capital(.)}</dt>
            <dd>
              <xsl:for-each select="current-group()">
                <xsl:if test="position() gt 1">; </xsl:if>
                <span><xsl:call-template name="h:language"/><xsl:apply-templates/></span>
                <xsl:if test="@p:lang or @from or @to or @when">
                  <span class="hint">{' (' || string-join((@p:lang, (@when, @from) ! h:date(.), @to ! h:date(.)), ', ') || ')'}</span>
                </xsl:if>
              </xsl:for-each>
            </dd>
          </div>
        </xsl:for-each-group>
        <xsl:for-each-group select="* except ($names, note, listEvent)" group-adjacent="local-name() || '.' || @type">
          <xsl:apply-templates select="." mode="h:entry-fact"/>
        </xsl:for-each-group>
      </dl>
      <xsl:for-each select="note, listEvent">
        <div class="entry-note">
          <xsl:call-template name="h:language"/>
          <xsl:apply-templates select="if (self::note) then node() else ."/>
        </div>
      </xsl:for-each>
      <xsl:if test="not(*) and normalize-space()">
        <p><xsl:apply-templates/></p>
      </xsl:if>
      <xsl:call-template name="h:occurrences"/>
      <xsl:apply-templates select="*[@xml:id][self::person or self::place or self::org or self::event]" mode="h:entry"/>
    </article>
  </xsl:template>

  <xsl:template match="person | place | org | event" mode="h:entry-fact">
    <xsl:if test="not(@xml:id)">
      <xsl:next-match/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="h:entry-fact">
    <div class="fact">
      <dt>{h:label(.)}</dt>
      <dd>
        <xsl:for-each select="current-group()">
          <xsl:if test="position() gt 1">; </xsl:if>
          <xsl:call-template name="h:entry-value"/>
        </xsl:for-each>
      </dd>
    </div>
  </xsl:template>

  <xsl:template match="idno" mode="h:entry-fact">
    <div class="fact">
      <dt>{(@type/string(), h:say('label.idno'))[1]}</dt>
      <dd>
        <xsl:for-each select="current-group()">
          <xsl:if test="position() gt 1">; </xsl:if>
          <xsl:call-template name="h:identifier"/>
        </xsl:for-each>
      </dd>
    </div>
  </xsl:template>

  <!-- An identifier, linked to the authority file it belongs to. -->
  <xsl:template name="h:identifier">
    <xsl:variable name="value" select="normalize-space()"/>
    <xsl:variable name="authority" select="
        $h:authorities/*[lower-case(current()/@type) = tokenize(@is)][matches($value, '^(' || @pattern || ')$')][1]"/>
    <xsl:choose>
      <xsl:when test="matches($value, '^https?://[^\s&lt;&gt;&quot;]+$', 'i')">
        <a href="{$value}" rel="external">{$value}</a>
      </xsl:when>
      <xsl:when test="$authority">
        <a href="{replace($authority/@link, '\{\}', $value)}" rel="external">{$value}</a>
      </xsl:when>
      <xsl:otherwise>{$value}</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="h:entry-value">
    <xsl:choose>
      <xsl:when test="self::location/geo or self::geo">
        <xsl:for-each select="descendant-or-self::geo">
          <xsl:call-template name="h:coordinates"/>
        </xsl:for-each>
        <xsl:apply-templates select="* except geo"/>
      </xsl:when>
      <xsl:when test="normalize-space()">
        <xsl:apply-templates select="."/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text>{(h:date-title(.)[.], @value, @type, @p:entry)[1]}</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="h:coordinates">
    <xsl:variable name="numbers" select="tokenize(normalize-space(), '[\s,;]+')"/>
    <xsl:choose>
      <xsl:when test="count($numbers) eq 2 and (every $n in $numbers satisfies matches($n, '^-?\d+(\.\d+)?$'))">
        <a rel="external" href="https://www.openstreetmap.org/?mlat={$numbers[1]}&amp;mlon={$numbers[2]}&amp;zoom=10">{$numbers[1]}, {$numbers[2]}</a>
      </xsl:when>
      <xsl:otherwise>{normalize-space()}</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Where the entry is named. -->
  <xsl:template name="h:occurrences">
    <xsl:variable name="found" select="key('h:occurrence', @xml:id, $occurrences)"/>
    <xsl:choose>
      <xsl:when test="$found/pub:in">
        <div class="occurrences">
          <h3>{h:say('named-in')}</h3>
          <ul>
            <xsl:for-each select="$found/pub:in">
              <li>
                <a class="occurrence-document" href="{h:document-href(@stem)}">{@title}</a>
                <ul>
                  <xsl:for-each select="pub:at">
                    <li>
                      <a href="{h:document-href(../@stem)}#{encode-for-uri(@id)}">
                        <xsl:if test="h:tag(@language) ne ''">
                          <xsl:attribute name="lang" select="@language"/>
                        </xsl:if>
                        <xsl:text>{@before}</xsl:text>
                        <b>{@name}</b>
                        <xsl:text>{@after}</xsl:text>
                      </a>
                      <xsl:if test="@role">
                        <span class="hint"> ({h:value('corresp', string(@role))})</span>
                      </xsl:if>
                    </li>
                  </xsl:for-each>
                </ul>
              </li>
            </xsl:for-each>
          </ul>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <p class="hint no-occurrence">{h:say('not-named')}</p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>
