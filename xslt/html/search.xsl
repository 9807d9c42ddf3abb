<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of the search. What is found is put there by assets/search.js. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:pub="urn:tei-toolkit:publication"
    exclude-result-prefixes="#all">

  <xsl:template match="/pub:search" priority="3">
    <xsl:call-template name="h:page">
      <xsl:with-param name="title" select="h:say('search')"/>
      <xsl:with-param name="kind" select="'search'"/>
      <xsl:with-param name="content">
        <header class="start-header">
          <h1>{h:say('search')}</h1>
        </header>
        <noscript>
          <p class="hint">{h:say('search.no-script')}</p>
        </noscript>
        <form id="ed:search" role="search" aria-label="{h:say('search')}" hidden="hidden">
          <div class="search-line">
            <input id="ed:query" name="q" type="search" autocomplete="off" aria-label="{h:say('search.words')}"
                aria-describedby="ed:search-help"/>
            <button type="submit">{h:say('search')}</button>
          </div>
          <p id="ed:search-help" class="hint">{h:say('search.help')}</p>
          <fieldset class="facets">
            <legend>{h:say('search.narrow')}</legend>
            <xsl:for-each select="'person', 'place', 'kind', 'language'">
              <label data-facet="{.}" hidden="hidden">
                <span>{h:say('facet.' || .)}</span>
                <select name="{.}">
                  <option value="">{h:say('facet.any')}</option>
                  <xsl:for-each select="if (. = 'kind') then distinct-values($h:publication/pub:document/@kind[string()])
                                        else if (. = 'language') then distinct-values($h:publication/pub:document/@language[string()])
                                        else ()">
                    <option value="{.}">{h:capital(h:value('kind', .))}</option>
                  </xsl:for-each>
                </select>
              </label>
            </xsl:for-each>
            <label data-facet="year" hidden="hidden">
              <span>{h:say('facet.from')}</span>
              <input name="from" type="number" step="1"/>
            </label>
            <label data-facet="year" hidden="hidden">
              <span>{h:say('facet.to')}</span>
              <input name="to" type="number" step="1"/>
            </label>
          </fieldset>
        </form>
        <p id="ed:search-status" class="hint" role="status"></p>
        <ol id="ed:search-results" class="results" data-root="{$root}" data-more="{h:say('search.more')}"></ol>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- What marks the hits on a page, and what it says. -->
  <xsl:template name="h:search-script">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:if test="$kind = 'map'">
      <script src="{$root}assets/map.js" defer="defer"></script>
    </xsl:if>
    <xsl:if test="$h:in-edition">
      <script src="{$root}assets/search.js" defer="defer" data-found="{h:say('search.found')}"
          data-found-one="{h:say('search.found-one')}" data-nothing="{h:say('search.nothing')}" data-failed="{h:say('search.failed')}"
          data-hits="{h:say('search.hits')}" data-next="{h:say('search.next')}" data-previous="{h:say('search.previous')}" data-close="{h:say('search.close')}"></script>
    </xsl:if>
  </xsl:template>

</xsl:stylesheet>
