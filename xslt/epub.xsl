<?xml version="1.0" encoding="UTF-8"?>
<!--
  From the print vocabulary (schemas/print.rng) to the files of an EPUB 3.

  The result is one document <files>; each <file path="…"> in it holds a file of the package, and
  toolkit/publish/archive.py puts them into the archive. Sources: EPUB 3.3, EPUB Accessibility 1.1,
  DPUB-ARIA 1.1.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:epub="http://www.idpf.org/2007/ops"
    xmlns="http://www.w3.org/1999/xhtml"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="xs f">

  <xsl:include href="print/words.xsl"/>
  <xsl:include href="epub/content.xsl"/>
  <xsl:include href="epub/package.xsl"/>

  <xsl:output method="xml" indent="no" encoding="UTF-8" omit-xml-declaration="yes"/>

  <xsl:param name="language" as="xs:string" select="'en'"/>
  <!-- What identifies the publication, as a URN. -->
  <xsl:param name="identifier" as="xs:string" select="'urn:tei-toolkit:document'"/>
  <!-- The date of the last change, as an xs:dateTime in UTC. -->
  <xsl:param name="modified" as="xs:string" select="'1980-01-01T00:00:00Z'"/>
  <xsl:param name="publisher" as="xs:string" select="''"/>
  <xsl:param name="rights" as="xs:string" select="''"/>
  <!-- The images in the package: address in the document, path in the package and media type,
       separated by tabs, one image a line. -->
  <xsl:param name="images" as="xs:string" select="''"/>

  <xsl:variable name="image-table" as="array(*)*" select="
      tokenize($images, '\n')[.] ! array{tokenize(., '&#9;')}"/>

  <xsl:template match="/print">
    <files xmlns="">
      <file path="META-INF/container.xml">
        <container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
          <rootfiles>
            <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
          </rootfiles>
        </container>
      </file>
      <file path="EPUB/package.opf"><xsl:call-template name="package"/></file>
      <file path="EPUB/nav.xhtml"><xsl:call-template name="navigation"/></file>
      <file path="EPUB/text.xhtml"><xsl:call-template name="content"/></file>
    </files>
  </xsl:template>
</xsl:stylesheet>
