<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of a document, and the frame all pages share. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:variable name="h:publication" as="element()" select="$publication/pub:publication"/>

  <!-- Does the page belong to an edition that has a start page? -->
  <xsl:variable name="h:in-edition" as="xs:boolean" select="
      count($h:publication/pub:document) gt 1 or exists($h:publication/pub:register)"/>

  <xsl:template match="/*" priority="2">
    <xsl:call-template name="h:page">
      <xsl:with-param name="title" select="h:title(.)"/>
      <xsl:with-param name="kind" select="'document'"/>
      <xsl:with-param name="description" select="($h:entry/@abstract[string()], '')[1]"/>
    </xsl:call-template>
  </xsl:template>

  <!-- The document of the page, as lists know it. -->
  <xsl:variable name="h:entry" as="element(pub:document)?" select="
      $h:publication/pub:document[@stem = $stem][1]"/>

  <xsl:function name="h:title" as="xs:string">
    <xsl:param name="document" as="element()"/>
    <xsl:sequence select="
        ($h:entry/@title/string()[.],
         $document/teiHeader/fileDesc/titleStmt/title[1]/normalize-space()[.], $stem)[1]"/>
  </xsl:function>

  <xsl:template match="/*" mode="h:content">
    <xsl:variable name="header" select="teiHeader"/>
    <xsl:variable name="text" select="if (exists(text | TEI | teiCorpus | standOff | sourceDoc))
        then (sourceDoc, text, TEI, teiCorpus, standOff, facsimile) else ."/>
    <xsl:variable name="title" select="h:title(.)"/>
    <article class="{'edition-text', 'margin-notes'[$h:margin-notes],
        'marginalia'[exists($text//note[@p:placement = 'margin'])]}">
      <header class="document-header">
        <xsl:call-template name="h:hook-header"/>
        <xsl:call-template name="h:kicker">
          <xsl:with-param name="entry" select="$h:entry"/>
        </xsl:call-template>
        <xsl:call-template name="h:titles">
          <xsl:with-param name="header" select="$header"/>
          <xsl:with-param name="title" select="$title"/>
        </xsl:call-template>
        <xsl:call-template name="h:facts">
          <xsl:with-param name="header" select="$header"/>
        </xsl:call-template>
        <xsl:for-each select="$header/profileDesc/abstract[normalize-space()]">
          <div class="abstract">
            <xsl:if test="@p:id"><xsl:attribute name="id" select="@p:id"/></xsl:if>
            <xsl:call-template name="h:language-of-note"/>
            <xsl:apply-templates/>
          </div>
        </xsl:for-each>
        <xsl:call-template name="h:contents">
          <xsl:with-param name="text" select="$text"/>
        </xsl:call-template>
      </header>
      <xsl:call-template name="h:hook-before-text"/>
      <!-- Where the scripts put what readers choose by: layers, apparatus, images. -->
      <div class="tools ed" id="ed:tools"></div>
      <div class="reading" id="ed:text">
        <xsl:for-each select="(ancestor-or-self::*[@p:lang])[last()]">
          <xsl:call-template name="h:language"/>
        </xsl:for-each>
        <xsl:apply-templates select="if (exists($text intersect .)) then node() except teiHeader else $text"/>
      </div>
      <xsl:call-template name="h:apparatus">
        <xsl:with-param name="text" select="$text"/>
      </xsl:call-template>
      <xsl:call-template name="h:notes">
        <xsl:with-param name="text" select="$text"/>
      </xsl:call-template>
      <xsl:call-template name="h:facsimiles">
        <xsl:with-param name="text" select="$text"/>
      </xsl:call-template>
      <xsl:call-template name="h:hook-after-text"/>
      <xsl:call-template name="h:legend">
        <xsl:with-param name="text" select="$text"/>
      </xsl:call-template>
      <xsl:call-template name="h:about">
        <xsl:with-param name="header" select="$header"/>
      </xsl:call-template>
    </article>
    <xsl:call-template name="h:downloads"/>
    <xsl:call-template name="h:cite"/>
    <xsl:call-template name="h:exchange"/>
    <xsl:call-template name="h:neighbours">
      <xsl:with-param name="entry" select="$h:entry"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A document within a corpus: its own title above its text. -->
  <xsl:template match="TEI | teiCorpus">
    <section>
      <xsl:call-template name="h:attributes"/>
      <xsl:for-each select="teiHeader/fileDesc/titleStmt/title[1][normalize-space()]">
        <h2><xsl:apply-templates/></h2>
      </xsl:for-each>
      <xsl:apply-templates select="* except teiHeader"/>
    </section>
  </xsl:template>

  <xsl:template match="standOff">
    <div>
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates/>
    </div>
  </xsl:template>

  <!-- Genre and date, above the title. -->
  <xsl:template name="h:kicker">
    <xsl:param name="entry" as="element()?"/>
    <xsl:variable name="parts" select="
        $entry/@kind[string()] ! h:capital(h:value('kind', .)), h:date-of($entry)"/>
    <xsl:if test="exists($parts)">
      <p class="kicker ed" lang="{$h:wording}" dir="ltr">{string-join($parts, ' · ')}</p>
    </xsl:if>
  </xsl:template>

  <!-- The title, and those that say something else than it and the date above it. -->
  <xsl:template name="h:titles">
    <xsl:param name="header" as="element()?"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:variable name="titles" select="$header/fileDesc/titleStmt/title[normalize-space()]"/>
    <xsl:variable name="main" select="
        ($titles[@level = 'a'][@type = 'main'], $titles[@level = 'a'][not(@type = 'sub')],
         $titles[@type = 'main'][not(@level = ('s', 'j'))], $titles[not(@type = 'sub')][not(@level = ('s', 'j'))], $titles)[1]"/>
    <h1>
      <xsl:choose>
        <xsl:when test="$main">
          <xsl:for-each select="$main">
            <xsl:call-template name="h:language-of-note"/>
            <xsl:apply-templates/>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>{$title}</xsl:otherwise>
      </xsl:choose>
    </h1>
    <xsl:for-each select="$titles[not(normalize-space() = ($main/normalize-space(), $h:entry/@date))]">
      <p class="subtitle">
        <xsl:call-template name="h:language-of-note"/>
        <xsl:apply-templates/>
      </p>
    </xsl:for-each>
  </xsl:template>

  <!-- The contents, where there are enough headings. -->
  <xsl:template name="h:contents">
    <xsl:param name="text" as="element()*"/>
    <xsl:variable name="parts" select="
        $text//(child::div | child::div1 | child::div2)[head[normalize-space()]][@p:id][count(ancestor::*[matches(local-name(), '^div[1-7]?$')]) le 1]
          [not(ancestor::floatingText)]"/>
    <xsl:if test="count($parts) ge 3">
      <details class="contents ed">
        <summary>{h:say('contents')}</summary>
        <nav aria-label="{h:say('contents')}">
          <ul>
            <xsl:for-each select="$parts">
              <li class="{'depth-' || count(ancestor::*[matches(local-name(), '^div[1-7]?$')])}">
                <a href="#{encode-for-uri(@p:id)}">
                  <xsl:text>{normalize-space(string-join(head[1]//text()[not(ancestor::note)], ''))}</xsl:text>
                </a>
              </li>
            </xsl:for-each>
          </ul>
        </nav>
      </details>
    </xsl:if>
  </xsl:template>

  <!-- The document in other forms. -->
  <xsl:template name="h:downloads">
    <xsl:param name="forms" as="element()*" select="$h:publication/pub:form"/>
    <xsl:variable name="path" select="string-join(tokenize($stem, '/') ! encode-for-uri(.), '/')"/>
    <xsl:if test="$tei or $forms">
    <nav class="downloads" aria-label="{h:say('downloads')}">
      <span>{h:say('downloads')}</span>
      <ul>
        <xsl:if test="$tei">
          <li><a href="{$root}tei/{$path}.xml" download="{tokenize($stem, '/')[last()]}.xml">TEI</a></li>
        </xsl:if>
        <xsl:for-each select="$forms">
          <li><a href="{$root}{$path}.{@suffix}">{upper-case(@suffix)}</a></li>
        </xsl:for-each>
      </ul>
    </nav>
    </xsl:if>
  </xsl:template>

  <xsl:template name="h:neighbours">
    <xsl:param name="entry" as="element()?"/>
    <xsl:variable name="previous" select="$entry/preceding-sibling::pub:document[1]"/>
    <xsl:variable name="next" select="$entry/following-sibling::pub:document[1]"/>
    <xsl:if test="$previous or $next">
      <nav class="neighbours" aria-label="{h:say('neighbours')}">
        <xsl:for-each select="$previous">
          <a rel="prev" href="{h:document-href(@stem)}">
            <span class="direction">← {h:say('previous')}</span>
            <span class="neighbour-title">{@title}</span>
          </a>
        </xsl:for-each>
        <xsl:for-each select="$next">
          <a rel="next" href="{h:document-href(@stem)}">
            <span class="direction">{h:say('next')} →</span>
            <span class="neighbour-title">{@title}</span>
          </a>
        </xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <xsl:function name="h:document-href" as="xs:string">
    <xsl:param name="stem" as="xs:string"/>
    <xsl:sequence select="$root || encode-for-uri($stem) || '.html'"/>
  </xsl:function>

  <!-- The frame of every page. Content that is not given is what the mode h:content makes, which
       writes it into the page directly. -->
  <xsl:template name="h:page">
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="description" as="xs:string" select="''"/>
    <xsl:param name="content" as="item()*" select="$h:children"/>
    <html lang="{$h:wording}" dir="ltr">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="color-scheme" content="light dark"/>
        <title>{string-join(distinct-values(($title, string($h:publication/@title))[.]), ' – ')}</title>
        <xsl:if test="$description">
          <meta name="description" content="{$description}"/>
        </xsl:if>
        <xsl:call-template name="h:metadata">
          <xsl:with-param name="kind" select="$kind"/>
        </xsl:call-template>
        <link rel="stylesheet" href="{$root}assets/edition.css"/>
        <xsl:if test="$kind = 'document'">
          <xsl:call-template name="h:note-positions"/>
        </xsl:if>
        <script src="{$root}assets/edition.js" defer="defer"></script>
        <xsl:call-template name="h:apparatus-script"/>
        <xsl:call-template name="h:facsimile-script"/>
        <xsl:call-template name="h:search-script">
          <xsl:with-param name="kind" select="$kind"/>
        </xsl:call-template>
        <xsl:call-template name="h:hook-head"/>
      </head>
      <body class="page-{$kind}">
        <a class="skip" href="#ed:main">{h:say('skip')}</a>
        <xsl:call-template name="h:site-header"/>
        <main id="ed:main" data-reading="{h:say('layer.reading')}" data-diplomatic="{h:say('layer.diplomatic')}"
            data-both="{h:say('layer.both')}" data-layers="{h:say('layers')}" data-close="{h:say('close')}" data-views="{($h:publication/@views[string()], 'both reading diplomatic')[1]}">
          <xsl:choose>
            <xsl:when test="$content instance of map(*)">
              <xsl:apply-templates select="." mode="h:content"/>
            </xsl:when>
            <xsl:otherwise>
              <xsl:sequence select="$content"/>
            </xsl:otherwise>
          </xsl:choose>
        </main>
        <xsl:call-template name="h:site-footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="h:site-header">
    <xsl:if test="$h:in-edition">
      <header class="site">
        <a class="site-title" href="{$root}index.html">{$h:publication/@title}</a>
        <nav aria-label="{h:say('navigation')}">
          <ul>
            <li><a href="{$root}index.html">{h:say('documents')}</a></li>
            <xsl:for-each select="$h:publication/pub:register">
              <li>
                <a href="{$root}registers/{encode-for-uri(@stem)}.html">
                  <xsl:if test="$stem = 'registers/' || @stem">
                    <xsl:attribute name="aria-current" select="'page'"/>
                  </xsl:if>
                  <xsl:text>{h:register-title(.)}</xsl:text>
                </a>
              </li>
            </xsl:for-each>
            <li>
              <a href="{$root}edition/search.html" rel="search">
                <xsl:if test="$stem = 'edition/search'">
                  <xsl:attribute name="aria-current" select="'page'"/>
                </xsl:if>
                <xsl:text>{h:say('search')}</xsl:text>
              </a>
            </li>
          </ul>
        </nav>
      </header>
    </xsl:if>
  </xsl:template>

  <!-- A register goes by what it lists; one that lists several kinds, by its own title. -->
  <xsl:function name="h:register-title" as="xs:string">
    <xsl:param name="register" as="element()"/>
    <xsl:sequence select="(h:known('register.' || $register/@kind), string($register/@title))[.][1]"/>
  </xsl:function>

  <xsl:template name="h:site-footer">
    <footer class="site">
      <xsl:variable name="p" select="$h:publication"/>
      <xsl:if test="$p/@title[string()] or $p/@publisher[string()]">
        <p>{string-join(($p/@title[string()], $p/@publisher[string()]), ' · ')}</p>
      </xsl:if>
      <xsl:if test="$p/@licence-name[string()] or $p/@licence-url[string()]">
        <p>
          <xsl:choose>
            <xsl:when test="matches($p/@licence-url, '^https?://', 'i')">
              <a rel="license" href="{$p/@licence-url}">{($p/@licence-name[string()], $p/@licence-url)[1]}</a>
            </xsl:when>
            <xsl:otherwise>{$p/@licence-name}</xsl:otherwise>
          </xsl:choose>
        </p>
      </xsl:if>
      <xsl:call-template name="h:hook-footer"/>
    </footer>
  </xsl:template>

  <!-- Hooks. In <head>, after the toolkit's own style and script. -->
  <xsl:template name="h:hook-head"/>
  <!-- At the top of a document's page, above genre and title. -->
  <xsl:template name="h:hook-header"/>
  <!-- Between the facts about a document and its text. -->
  <xsl:template name="h:hook-before-text"/>
  <!-- After a document's text and notes. -->
  <xsl:template name="h:hook-after-text"/>
  <!-- At the end of the footer of every page. -->
  <xsl:template name="h:hook-footer"/>

</xsl:stylesheet>
