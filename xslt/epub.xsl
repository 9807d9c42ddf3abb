<?xml version="1.0" encoding="UTF-8"?>
<!--
  From the print vocabulary (schemas/print.rng) to the chapter that a document is in an EPUB 3.

  The result is one document <e:chapter>: its parts, which are content documents of the book, and
  what the pages about the book need of it (headings, pages of the source, signs, names, colophon).
  xslt/epub/volume.xsl makes those pages from the chapters of a volume, be it one. Links name the
  files of the book; those that lead to a document or entry the volume lacks are taken away when it
  is put together (toolkit/publish/volume_epub.py).

  Sources: EPUB 3.3, EPUB Accessibility 1.1, DPUB-ARIA 1.1.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:e="urn:tei-toolkit:epub"
    xmlns:epub="http://www.idpf.org/2007/ops"
    xmlns="http://www.w3.org/1999/xhtml"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="xs map f">

  <xsl:include href="print/words.xsl"/>
  <xsl:include href="epub/parts.xsl"/>
  <xsl:include href="epub/identifiers.xsl"/>
  <xsl:include href="epub/blocks.xsl"/>
  <xsl:include href="epub/runs.xsl"/>

  <xsl:output method="xml" indent="no" encoding="UTF-8" omit-xml-declaration="yes"/>

  <xsl:param name="language" as="xs:string" select="'en'"/>
  <!-- The name of the chapter's files, without suffix. -->
  <xsl:param name="name" as="xs:string" select="'text'"/>
  <!-- The other documents it may link to: address as in the web edition, name of the files,
       separated by tabs, one a line. -->
  <xsl:param name="documents" as="xs:string" select="''"/>
  <!-- The images in the book: address in the document, path in the book and media type, separated
       by tabs, one image a line. -->
  <xsl:param name="images" as="xs:string" select="''"/>
  <!-- How lines run, if the document says so: vertical-rl or vertical-lr (CSS Writing Modes). -->
  <xsl:param name="writing-mode" as="xs:string" select="''"/>

  <xsl:variable name="image-table" as="array(*)*" select="
      tokenize($images, '\n')[.] ! array{tokenize(., '&#9;')}"/>
  <xsl:variable name="document-table" as="map(xs:string, xs:string)" select="
      map:merge(tokenize($documents, '\n')[.] ! map{substring-before(., '&#9;'): substring-after(., '&#9;')})"/>

  <xsl:template match="/print">
    <e:chapter name="{$name}" title="{@title}" short-title="{@short-title}" lang="{@lang}"
        dir="{@dir}" writing-mode="{$writing-mode}">
      <xsl:for-each select="author">
        <e:author><xsl:value-of select="."/></e:author>
      </xsl:for-each>
      <xsl:call-template name="parts"/>
      <xsl:for-each select="text//block[@role = 'heading'][not(@contents = 'no')][f:label(.) ne '']">
        <e:heading level="{@level}" href="{f:href-of(., f:heading-id(.))}">
          <xsl:value-of select="f:label(.)"/>
        </e:heading>
      </xsl:for-each>
      <xsl:for-each select="text//page[@number]">
        <e:page number="{@number}" href="{f:href-of(., f:page-id(.))}"/>
      </xsl:for-each>
      <xsl:for-each select="apparatus[field]">
        <e:about title="{@title}">
          <xsl:for-each select="field">
            <e:field label="{@label}"><xsl:call-template name="flow"/></e:field>
          </xsl:for-each>
        </e:about>
      </xsl:for-each>
      <xsl:for-each select="legend">
        <e:signs title="{@title}">
          <xsl:for-each select="sign">
            <e:sign meaning="{@meaning}"><xsl:call-template name="runs"/></e:sign>
          </xsl:for-each>
        </e:signs>
      </xsl:for-each>
      <xsl:for-each select="index-list">
        <e:register kind="{@kind}" title="{@title}">
          <xsl:for-each select="entry">
            <e:entry id="{f:entry-id(@key)}" sort="{(@sort, t[1])[1]}">
              <e:name><xsl:call-template name="runs"/></e:name>
              <xsl:for-each select="key('mentions', @key)">
                <e:mention href="{f:href-of(., f:mention-id(.))}"/>
              </xsl:for-each>
            </e:entry>
          </xsl:for-each>
        </e:register>
      </xsl:for-each>
    </e:chapter>
  </xsl:template>
</xsl:stylesheet>
