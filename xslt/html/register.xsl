<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of a register: each entry with what is known, and every place where it is named. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xmlns:r="urn:tei-toolkit:registers"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:import href="../registers.xsl"/>

  <xsl:variable name="h:authorities" static="yes" as="element()" select="doc('authorities.xml')/*"/>

  <xsl:key name="h:occurrence" match="pub:entry" use="@id"/>

  <xsl:template match="/*[exists($occurrences)]" priority="3">
    <xsl:variable name="register" select="$h:publication/pub:register[@stem = substring-after($stem, 'registers/')][1]"/>
    <xsl:variable name="title" select="
        ($register ! h:register-title(.), teiHeader/fileDesc/titleStmt/title[1]/normalize-space(), $stem)[.][1]"/>
    <xsl:variable name="text" select="* except teiHeader"/>
    <xsl:variable name="entries" select="$text/descendant::*[@xml:id][r:is-entry(.)]"/>
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
        <div class="entries" id="ed:text">
          <xsl:for-each select="(ancestor-or-self::*[@p:lang])[last()]">
            <xsl:call-template name="h:language"/>
          </xsl:for-each>
          <xsl:apply-templates select="$text"/>
        </div>
        <xsl:call-template name="h:apparatus">
          <xsl:with-param name="text" select="$text"/>
        </xsl:call-template>
        <xsl:call-template name="h:notes">
          <xsl:with-param name="text" select="$text"/>
        </xsl:call-template>
        <xsl:call-template name="h:about">
          <xsl:with-param name="header" select="teiHeader"/>
        </xsl:call-template>
        <xsl:call-template name="h:downloads">
          <xsl:with-param name="forms" select="()"/>
        </xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- On the page of a register, entries stand in their places: those that follow each other in
       alphabetical order, what stands before, between and behind them where it is. -->
  <xsl:template match="*[exists($occurrences)][*[r:is-entry(.)]][not(text()[normalize-space()])]" priority="2">
    <div>
      <xsl:call-template name="h:attributes"/>
      <xsl:call-template name="h:in-places">
        <xsl:with-param name="nodes" select="node()"/>
      </xsl:call-template>
    </div>
  </xsl:template>

  <xsl:template match="*[exists($occurrences)][r:is-entry(.)]" priority="3">
    <xsl:apply-templates select="." mode="h:entry"/>
  </xsl:template>

  <xsl:template name="h:in-places">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:for-each-group select="$nodes[self::* or self::text()[normalize-space()]]" group-adjacent="r:is-entry(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:apply-templates select="current-group()" mode="h:entry">
            <xsl:sort select="r:sort-key(.)" lang="{$h:wording}"/>
          </xsl:apply-templates>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="current-group()"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Initials to jump to, where the register is long. -->
  <xsl:template name="h:alphabet">
    <xsl:param name="entries" as="element()*"/>
    <xsl:if test="count($entries) gt 25">
      <nav class="alphabet" aria-label="{h:say('alphabet')}">
        <ul>
          <xsl:for-each-group select="$entries" group-by="upper-case(substring(r:sort-key(.), 1, 1))">
            <xsl:sort select="current-grouping-key()" lang="{$h:wording}"/>
            <li>
              <a href="#{encode-for-uri(sort(current-group(), (), r:sort-key#1)[1]/@xml:id)}">{current-grouping-key()}</a>
            </li>
          </xsl:for-each-group>
        </ul>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:template match="*" mode="h:entry">
    <xsl:variable name="names" select="r:names(.)"/>
    <xsl:variable name="here" select="."/>
    <xsl:variable name="mixed" select="exists(text()[normalize-space()])"/>
    <!-- Does the name say more than the heading, which turns it round? -->
    <xsl:variable name="more" as="xs:boolean" select="
        exists($names[1][.//note or (surname and forename and text()[matches(., '[\p{L}\p{N}]')])])"/>
    <xsl:variable name="parts" select="*[@xml:id][r:is-entry(.)]"/>
    <xsl:variable name="notes" select="(note[not(@p:placement = 'call')], listEvent)"/>
    <article class="entry kind-{local-name()}">
      <xsl:if test="@p:id">
        <xsl:attribute name="id" select="@p:id"/>
      </xsl:if>
      <h2>
        <xsl:for-each select="$names[1]">
          <xsl:call-template name="h:language"/>
          <xsl:if test="not($mixed or $more)">
            <xsl:call-template name="h:point"/>
          </xsl:if>
        </xsl:for-each>
        <xsl:choose>
          <xsl:when test="@p:id">
            <a class="self-name" href="#{encode-for-uri(@p:id)}">{r:heading(.)}</a>
          </xsl:when>
          <xsl:otherwise>{r:heading(.)}</xsl:otherwise>
        </xsl:choose>
      </h2>
      <xsl:if test="$mixed">
        <div class="entry-text"><xsl:apply-templates/></div>
      </xsl:if>
      <dl class="facts">
        <xsl:if test="@type">
          <div class="fact ed"><dt>{h:say('label.kind')}</dt><dd>{h:value('type', string(@type))}</dd></div>
        </xsl:if>
        <xsl:for-each select="@role, (@sex, @gender)[empty(current()/(sex, gender))][1], @age[empty(current()/age)]">
          <div class="fact ed"><dt>{h:capital(h:value('label', local-name()))}</dt><dd>{
            string-join(tokenize(.) ! h:value(local-name(current()), .), ', ')}</dd></div>
        </xsl:for-each>
        <xsl:for-each-group select="($names[position() gt 1], $names[1][$more])[not($mixed)]" group-by="
            (@type ! ('label.name.' || .)[exists(h:known(.))], 'label.names')[1]">
          <div class="fact">
            <dt class="ed">{h:capital(h:say(current-grouping-key()))}</dt>
            <dd>
              <xsl:for-each select="current-group()">
                <xsl:if test="position() gt 1">; </xsl:if>
                <span>
                  <xsl:call-template name="h:language"/>
                  <xsl:if test="@p:id">
                    <xsl:attribute name="id" select="@p:id"/>
                  </xsl:if>
                  <xsl:apply-templates/>
                </span>
                <xsl:if test="@p:lang or @from or @to or @when">
                  <span class="hint ed">{' (' || string-join((@p:lang, (@when, @from) ! h:date(.), @to ! h:date(.)), ', ') || ')'}</span>
                </xsl:if>
              </xsl:for-each>
            </dd>
          </div>
        </xsl:for-each-group>
        <xsl:for-each-group select="(* except ($names, $notes, $parts))[not($mixed)]" group-adjacent="local-name() || '.' || @type">
          <xsl:apply-templates select="." mode="h:entry-fact"/>
        </xsl:for-each-group>
      </dl>
      <xsl:for-each select="$notes[not($mixed)]">
        <div class="entry-note">
          <xsl:if test="@p:id and self::note">
            <xsl:attribute name="id" select="@p:id"/>
          </xsl:if>
          <xsl:call-template name="h:language"/>
          <xsl:apply-templates select="if (self::note) then node() else ."/>
        </div>
      </xsl:for-each>
      <xsl:if test="@xml:id and exists($occurrences)">
        <xsl:call-template name="h:occurrences"/>
      </xsl:if>
      <xsl:apply-templates select="$parts[not($mixed)]" mode="h:entry"/>
    </article>
  </xsl:template>

  <!-- In a document, a list of persons, places or the like is set as in a register. -->
  <xsl:template match="(listPerson/person | listPerson/personGrp | listPlace/place | listOrg/org | listObject/object
      | listEvent/event)[exists(r:names(.))][not((p, ab, text()[normalize-space()]))]" priority="1">
    <xsl:param name="h:copy" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:choose>
      <xsl:when test="$h:copy or ancestor::p or ancestor::note">
        <xsl:next-match/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="." mode="h:entry"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="*" mode="h:entry-fact">
    <div class="fact">
      <dt class="ed">{h:label(.)}</dt>
      <dd>
        <xsl:for-each select="current-group()">
          <xsl:if test="position() gt 1 and not(h:is-block(.))">; </xsl:if>
          <xsl:call-template name="h:entry-value"/>
        </xsl:for-each>
      </dd>
    </div>
  </xsl:template>

  <xsl:template match="idno" mode="h:entry-fact">
    <div class="fact">
      <dt class="ed">{(@type/string(), h:say('label.idno'))[1]}</dt>
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
      <xsl:when test="*">
        <xsl:apply-templates/>
      </xsl:when>
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
      <xsl:when test="normalize-space()">
        <xsl:apply-templates select="."/>
        <xsl:variable name="dated" select="h:date-title(.)"/>
        <xsl:if test="$dated and not((@when, @from, @notBefore, @to)[1] ! contains(current(), substring(., 1, 4)))">
          <span class="hint ed"> ({$dated})</span>
        </xsl:if>
      </xsl:when>
      <xsl:otherwise>
        <span class="ed">{(h:date-title(.)[.], @value, @quantity, @tag, @type, @p:entry)[1]}</span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="geo[exists($occurrences)][not(*)]" priority="2">
    <xsl:variable name="numbers" select="tokenize(normalize-space(), '[\s,;]+')"/>
    <xsl:choose>
      <xsl:when test="count($numbers) eq 2 and (every $n in $numbers satisfies matches($n, '^-?\d+(\.\d+)?$'))">
        <a rel="external" href="https://www.openstreetmap.org/?mlat={$numbers[1]}&amp;mlon={$numbers[2]}&amp;zoom=10">{$numbers[1]}, {$numbers[2]}</a>
      </xsl:when>
      <xsl:otherwise>{normalize-space()}</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Where the entry is named: a list that is filled with the items of all documents. -->
  <xsl:template name="h:occurrences">
    <xsl:choose>
      <xsl:when test="exists(key('h:occurrence', @xml:id, $occurrences))">
        <div class="occurrences ed">
          <h3>{h:say('named-in')}</h3>
          <ul data-entry="{@xml:id}"></ul>
        </div>
      </xsl:when>
      <xsl:otherwise>
        <p class="hint no-occurrence ed">{h:say('not-named')}</p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Where a document names entries: for each, the item of the list on its register's page. -->
  <xsl:template match="pub:occurrences" priority="4">
    <xsl:for-each select="pub:entry">
      <template data-register="{@register}" data-entry="{@id}">
        <xsl:call-template name="h:occurrence-item"/>
      </template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="h:occurrence-item">
    <xsl:variable name="href" select="'../' || h:document-href($stem)"/>
    <li>
      <a class="occurrence-document" href="{$href}">
        <xsl:text>{($h:publication/pub:document[@stem = $stem]/@title, $stem)[1]}</xsl:text>
      </a>
      <ul>
        <xsl:for-each select="pub:at">
          <li>
            <a href="{$href}#{encode-for-uri(@id)}">
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
  </xsl:template>

</xsl:stylesheet>
