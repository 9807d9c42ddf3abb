<?xml version="1.0" encoding="UTF-8"?>
<!--
  From TEI to the same TEI, enriched by what every output needs to know.

  Every node of the document is copied; the text nodes stay exactly as they are. Elements gain
  attributes in the namespace urn:tei-toolkit:prepared (prefix p):

    p:id         on every citable element and every element with xml:id: the xml:id, or else a path
                 such as div1.p3; the document comes with it (toolkit/publish/citable.py)
    p:series     on notes of the text: author (the author's own marginalia), foot (footnotes of the
                 source), editor (notes of the editors) (notes.xsl)
    p:group      on notes of editors: the number of the series that the edition keeps apart, with
                 p:group-title, its title
    p:placement  on notes: call (a call in the text, the note elsewhere), margin, inline, block
    p:n          on notes with a call: the number or letter of the call
    p:rend       white-space separated tokens of a closed vocabulary (rendition.xsl,
                 rendition.xml), merged from @rend, @rendition, @style and the element's name
    p:resp       the names of those responsible, from @resp or @hand (responsibility.xsl)
    p:href       a safe link: registers/STEM.html#ID, STEM.html#ID, #ID, http(s) or mailto; for
                 graphics a relative path or http(s) (links.xsl)
    p:entry      the preferred name of the register entry referred to
    p:kind       person, place, org, work or event: on names and references to entries
    p:lang p:dir on every element at which the language changes (language.xsl)
    p:span       start and end of what addSpan adds; part on the del, add and damage elements that
                 mark the words of a delSpan, addSpan or damageSpan (spans.xsl)
    p:layer      the layer of the text that has it, where the other has not: diplomatic (as in the
                 source) or reading (layers.xsl)
    p:sigla      on what has @wit: the sigla of the witnesses; p:sources on readings with @source:
                 the works; p:siglum on a witness: its own (sigla.xsl)

  Tables that are the same for all documents are static variables: they are made once, when the
  stylesheet is compiled, not for each document.
-->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:p="urn:tei-toolkit:prepared"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="xs map">

  <xsl:import href="prepare/notes.xsl"/>
  <xsl:import href="prepare/rendition.xsl"/>
  <xsl:import href="prepare/responsibility.xsl"/>
  <xsl:import href="prepare/links.xsl"/>
  <xsl:import href="prepare/language.xsl"/>
  <xsl:import href="prepare/spans.xsl"/>
  <xsl:import href="prepare/sigla.xsl"/>
  <xsl:import href="prepare/layers.xsl"/>

  <!-- The registers: <registers> with one TEI element per register, its @p:file the stem of the
       file it came from. -->
  <xsl:param name="registers" as="document-node()?" select="()"/>

  <!-- The language of a document that does not say its own (BCP 47). -->
  <xsl:param name="language" as="xs:string" select="'en'"/>

  <!-- The edition's documents, an element with @stem for each: links between them hold. -->
  <xsl:param name="documents" as="document-node()?" select="()"/>

  <!-- The path from the page to the top of the output folder: '' or '../'. -->
  <xsl:param name="root" as="xs:string" select="''"/>

  <!-- The series of editors' notes that are kept apart, as a JSON array: title, type, resp, numbers. -->
  <xsl:param name="note-series" as="xs:string" select="''"/>

  <!-- The order of the witnesses of a reading: as they are encoded, or listed in the header. -->
  <xsl:param name="witness-order" as="xs:string" select="'encoded'"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:mode on-no-match="shallow-copy"/>

  <xsl:template match="*">
    <xsl:copy>
      <xsl:sequence select="@*"/>
      <xsl:sequence select="
          if (count(@*) gt count(@p:id)) then
            (if (self::note) then p:note(.) else (),
             if (@rend or @rendition or @style or map:contains($p:elements, local-name()))
               then p:rendition(.) else (),
             if (@resp or @hand or @new) then p:responsibility(.) else (),
             if (@ref or @target or @key or @corresp or @sameAs or @facs or @url or @type
                 or map:contains($p:kinds, local-name())) then p:link(.) else (),
             if (@xml:lang or empty(..[self::*])) then p:language(.) else (),
             if ($p:has-spans) then p:span(.) else (),
             if (map:contains($p:layers, local-name())) then p:layer(.) else (),
             if (@wit or @source or self::witness) then p:sigla(.) else ())
          else if (map:contains($p:enriched, local-name()) or empty(..[self::*])) then
            (p:note(.), p:rendition(.), p:link(.), p:language(.), p:layer(.))
          else ()"/>
      <xsl:apply-templates/>
    </xsl:copy>
  </xsl:template>

  <!-- The elements that gain something though they have no attribute. -->
  <xsl:variable name="p:enriched" static="yes" as="map(xs:string, xs:boolean)" select="
      map:merge(('note', map:keys($p:elements), map:keys($p:kinds), map:keys($p:layers)) ! map{.: true()})"/>

</xsl:stylesheet>
