<?xml version="1.0" encoding="UTF-8"?>
<!-- The start page: what the edition is, and its documents in reading order. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:naming="urn:tei-toolkit:naming"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="/pub:publication" priority="3">
    <xsl:call-template name="h:page">
      <xsl:with-param name="title" select="string(@title)"/>
      <xsl:with-param name="kind" select="'start'"/>
      <xsl:with-param name="description" select="string(@description)"/>
      <xsl:with-param name="content">
        <header class="start-header">
          <h1>{@title}</h1>
          <xsl:if test="@description[string()]">
            <p class="description">{@description}</p>
          </xsl:if>
          <xsl:if test="pub:editor">
            <p class="editors">{h:say('edited-by', string-join(pub:editor, ', '))}</p>
          </xsl:if>
          <xsl:if test="pub:volume">
            <nav class="downloads" aria-label="{h:say('downloads.edition')}">
              <span>{h:say('downloads.edition')}</span>
              <ul>
                <xsl:for-each select="pub:volume">
                  <li><a href="{@path}">{upper-case(replace(@path, '^.*\.', ''))}</a></li>
                </xsl:for-each>
              </ul>
            </nav>
          </xsl:if>
        </header>
        <xsl:call-template name="h:ways"/>
        <xsl:if test="pub:register">
          <section aria-labelledby="ed:registers">
            <h2 id="ed:registers">{h:say('registers')}</h2>
            <ul class="registers">
              <xsl:for-each select="pub:register">
                <li>
                  <a href="registers/{encode-for-uri(@stem)}.html">{h:register-title(.)}</a>
                  <xsl:text> </xsl:text>
                  <span class="count">{@entries}</span>
                </li>
              </xsl:for-each>
            </ul>
          </section>
        </xsl:if>
        <section aria-labelledby="ed:documents">
          <h2 id="ed:documents">{h:say('documents')}</h2>
          <ol class="documents">
            <xsl:apply-templates select="pub:document"/>
          </ol>
        </section>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Other ways into the documents. -->
  <xsl:template name="h:ways">
    <section aria-labelledby="ed:ways">
      <h2 id="ed:ways">{h:say('ways')}</h2>
      <ul class="registers">
        <xsl:for-each select="tokenize($pages)[not(. = ('feed', 'sitemap'))]">
          <li><a href="edition/{.}.html">{h:say(.)}</a></li>
        </xsl:for-each>
      </ul>
    </section>
  </xsl:template>

  <xsl:template match="pub:document">
    <li>
      <div class="document-date">
        <xsl:choose>
          <xsl:when test="matches(@date, '^\d{4}') and not(@date-end[string()])">
            <time datetime="{@date}">{h:date-of(.)}</time>
          </xsl:when>
          <xsl:otherwise>{(h:date-of(.), @date-text[string()], h:say('undated'))[1]}</xsl:otherwise>
        </xsl:choose>
      </div>
      <div class="document-line">
        <h3>
          <a href="{h:document-href(@stem)}">
            <xsl:call-template name="h:own-language"/>
            <xsl:text>{@title}</xsl:text>
          </a>
        </h3>
        <xsl:variable name="writer" select="(@sender, @author)[string()][1]"/>
        <xsl:variable name="recipient" select="@recipient[string()]"/>
        <xsl:variable name="titled" as="xs:boolean" select="
            exists($writer) and naming:begins(@title, $writer)
            and (every $name in tokenize($recipient, ';') satisfies naming:holds(@title, $name))"/>
        <xsl:if test="($writer or $recipient) and not($titled)">
          <p class="correspondents">
            <xsl:call-template name="h:own-language"/>
            <xsl:text>{string-join(($writer, $recipient), ' → ')}</xsl:text>
          </p>
        </xsl:if>
        <xsl:if test="@abstract[string()]">
          <p class="abstract-line">
            <xsl:text>{@abstract}</xsl:text>
          </p>
        </xsl:if>
      </div>
    </li>
  </xsl:template>

  <xsl:template name="h:own-language">
    <xsl:if test="h:tag(@language) ne ''">
      <xsl:attribute name="lang" select="@language"/>
    </xsl:if>
  </xsl:template>

  <xsl:function name="h:tag" as="xs:string">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:sequence select="string($tag[matches(., '^([A-Za-z]{2,3}|[ix])(-[A-Za-z0-9]{1,8})*$')])"/>
  </xsl:function>

</xsl:stylesheet>
