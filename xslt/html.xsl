<?xml version="1.0" encoding="UTF-8"?>
<!--
  From prepared TEI (see prepare.xsl) to web pages.

  The principal source is one of: a prepared document, which gives its page; a prepared register
  with the parameter occurrences, which gives the register's page; a pub:publication element, which
  gives the start page; pub:search, pub:chronology, pub:correspondence or pub:map, which give the
  pages of these names.

  An edition changes what it likes in its own xslt/html.xsl, which imports this stylesheet by the
  address toolkit:html.xsl and overrides templates (docs/stylesheets.md). Every TEI element is rendered in the default mode. These named templates are
  empty, and there to be overridden (html/page.xsl says where each stands):

    h:hook-head          h:hook-header        h:hook-before-text
    h:hook-after-text    h:hook-footer

  Wording is in locales/LANGUAGE.xml; h:say('key') gives it.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:import href="html/default.xsl"/>
  <xsl:import href="html/locale.xsl"/>
  <xsl:import href="signs.xsl"/>
  <xsl:import href="naming.xsl"/>
  <xsl:import href="html/core.xsl"/>
  <xsl:import href="html/notes.xsl"/>
  <xsl:import href="html/textstructure.xsl"/>
  <xsl:import href="html/transcr.xsl"/>
  <xsl:import href="html/namesdates.xsl"/>
  <xsl:import href="html/linking.xsl"/>
  <xsl:import href="html/verse.xsl"/>
  <xsl:import href="html/drama.xsl"/>
  <xsl:import href="html/spoken.xsl"/>
  <xsl:import href="html/figures.xsl"/>
  <!-- What the modules below say of parts of the header holds before what header.xsl says of all. -->
  <xsl:import href="html/header.xsl"/>
  <xsl:import href="html/textcrit.xsl"/>
  <xsl:import href="html/gaiji.xsl"/>
  <xsl:import href="html/dictionaries.xsl"/>
  <xsl:import href="html/tagdocs.xsl"/>
  <xsl:import href="html/msdescription.xsl"/>
  <xsl:import href="html/legend.xsl"/>
  <xsl:import href="html/page.xsl"/>
  <xsl:import href="html/start.xsl"/>
  <xsl:import href="html/register.xsl"/>
  <xsl:import href="html/facsimile.xsl"/>
  <xsl:import href="html/search.xsl"/>
  <xsl:import href="html/cite.xsl"/>
  <xsl:import href="html/chronology.xsl"/>
  <xsl:import href="html/correspondence.xsl"/>
  <xsl:import href="html/places.xsl"/>

  <!-- The edition: title, language, editors, documents, registers (a pub:publication element). -->
  <xsl:param name="publication" as="document-node()" select="$h:no-publication"/>

  <!-- The stem of the document or register the page is for. -->
  <xsl:param name="stem" as="xs:string" select="''"/>

  <!-- The path from the page to the top of the output folder: '' or '../'. -->
  <xsl:param name="root" as="xs:string" select="''"/>

  <!-- Is the TEI of the document published beside its page? -->
  <xsl:param name="tei" as="xs:boolean" select="true()"/>

  <!-- For a register's page: which of its entries are named (a pub:occurrences element). -->
  <xsl:param name="occurrences" as="document-node()?" select="()"/>

  <!-- For a document's page: where it names register entries (a pub:occurrences element). -->
  <xsl:param name="mentions" as="document-node()?" select="()"/>

  <!-- The images that are published: pub:image elements, @url as the document writes it, @path
       from the top of the output folder. -->
  <xsl:param name="images" as="document-node()?" select="()"/>

  <!-- For the start page: the other pages about the edition, as search, chronology, map. -->
  <xsl:param name="pages" as="xs:string" select="''"/>

  <xsl:output method="html" version="5.0" encoding="UTF-8" indent="no" include-content-type="no"
      escape-uri-attributes="no"/>

  <!-- The page and, behind it, the items that the pages of the registers take over from it: who
       overrides this has to keep both. -->
  <xsl:template match="/">
    <xsl:apply-templates/>
    <xsl:apply-templates select="$mentions/pub:occurrences"/>
  </xsl:template>

  <xsl:variable name="h:no-publication" as="document-node()">
    <xsl:document>
      <pub:publication title="" language="en"/>
    </xsl:document>
  </xsl:variable>

</xsl:stylesheet>
