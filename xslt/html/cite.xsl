<?xml version="1.0" encoding="UTF-8"?>
<!-- How to cite a document, for people and for machines. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:naming="urn:tei-toolkit:naming"
    xmlns:pub="urn:tei-toolkit:publication"
    exclude-result-prefixes="#all">

  <!-- The line of this document among those of the edition. -->
  <xsl:variable name="h:entry" as="element(pub:document)?" select="$h:publication/pub:document[@stem = $stem][1]"/>

  <!-- Where this page lies on the web, if the edition says so. -->
  <xsl:variable name="h:address" as="xs:string?" select="
      $h:publication/@address[string()]
        ! (. || (if ($stem = 'index') then '' else string-join(tokenize($stem, '/') ! encode-for-uri(.), '/') || '.html'))"/>

  <xsl:template name="h:cite">
    <xsl:if test="$h:in-edition and exists($h:entry)">
      <xsl:variable name="path" select="$root || 'cite/' || encode-for-uri($stem)"/>
      <section class="cite ed" aria-labelledby="ed:cite" lang="{$h:wording}" dir="ltr">
        <h2 id="ed:cite">{h:say('cite')}</h2>
        <p class="citation">
          <xsl:variable name="p" select="$h:publication"/>
          <xsl:text>{$h:entry/(@sender, @author)[string()][1][not(naming:begins(../@title, .))] ! (. || ': ')}</xsl:text>
          <xsl:text>{$h:entry/@title}. {h:say('cite.in')} </xsl:text>
          <cite>{$p/@title}</cite>
          <xsl:text>{string-join((', '[$p/pub:editor], string-join($p/pub:editor, ', ') ! h:say('edited-by.low', .)[$p/pub:editor],
            ', '[$p/@publisher[string()]], $p/@publisher))}.</xsl:text>
          <xsl:if test="$h:address">
            <xsl:text> </xsl:text>
            <a href="{$h:address}">{$h:address}</a>
          </xsl:if>
        </p>
        <p class="hint">{h:say('cite.parts')}</p>
        <ul>
          <li><a href="{$path}.json" download="{$stem}.json">CSL-JSON</a></li>
          <li><a href="{$path}.bib" download="{$stem}.bib">BibTeX</a></li>
          <li><a href="{$path}.jsonld" download="{$stem}.jsonld">JSON-LD</a></li>
        </ul>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- In the head: Dublin Core, and the citation_ names that search engines for scholars read. -->
  <xsl:template name="h:metadata">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:if test="$h:address">
      <link rel="canonical" href="{$h:address}"/>
    </xsl:if>
    <xsl:if test="$kind = 'start' and tokenize($pages) = 'feed'">
      <link rel="alternate" type="application/atom+xml" href="feed.xml"/>
    </xsl:if>
    <xsl:if test="$kind = 'document' and $h:in-edition and exists($h:entry)">
      <xsl:variable name="p" select="$h:publication"/>
      <xsl:for-each select="$h:entry">
        <xsl:variable name="authors" select="tokenize((@sender, @author)[string()][1], '; ')[.]"/>
        <link rel="alternate" type="application/ld+json" href="{$root}cite/{encode-for-uri($stem)}.jsonld"/>
        <xsl:sequence select="
            h:meta('DC.title', @title), h:meta('DC.creator', $authors), h:meta('DC.contributor', $p/pub:editor),
            h:meta('DC.date', @date), h:meta('DC.type', @kind), h:meta('DC.language', @language),
            h:meta('DC.publisher', $p/@publisher), h:meta('DC.relation', $p/@title),
            h:meta('DC.rights', ($p/@licence-url[string()], $p/@licence-name)[1]), h:meta('DC.identifier', $h:address),
            h:meta('citation_title', @title), h:meta('citation_author', $authors),
            h:meta('citation_editor', $p/pub:editor), h:meta('citation_inbook_title', $p/@title),
            h:meta('citation_publisher', $p/@publisher), h:meta('citation_language', @language),
            h:meta('citation_public_url', $h:address),
            h:meta('citation_pdf_url', $h:address[$p/pub:form/@suffix = 'pdf'] ! replace(., '\.html$', '.pdf'))"/>
      </xsl:for-each>
    </xsl:if>
  </xsl:template>

  <xsl:function name="h:meta" as="element(meta)*">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:for-each select="$values ! string(.)[.]">
      <meta name="{$name}" content="{.}"/>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>
