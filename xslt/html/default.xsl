<?xml version="1.0" encoding="UTF-8"?>
<!-- What holds for every element: block or inline, attributes, and a default for elements without a template. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:m="http://www.w3.org/1998/Math/MathML"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- Elements that are blocks wherever they stand, and those that never are: milestones, markers. -->
  <xsl:variable name="h:blocks" static="yes" as="map(xs:string, xs:boolean)" select="
      map:merge((tokenize(
        'p ab text body front back group floatingText div div1 div2 div3 div4 div5 div6 div7 lg l '
        || 'list item table row cell sp spGrp head opener closer postscript addrLine titlePage '
        || 'docTitle titlePart epigraph argument trailer castList castItem castGroup set figure '
        || 'notatedMusic listBibl listPerson listPlace listOrg listEvent listRelation listApp '
        || 'listWit listChange listNym listObject biblStruct biblFull msDesc entry entryFree '
        || 'superEntry u eg egXML standOff sourceDoc surface surfaceGrp zone line spanGrp linkGrp '
        || 'joinGrp interpGrp noteGrp teiHeader TEI teiCorpus divGen imprimatur elementSpec '
        || 'classSpec macroSpec dataSpec schemaSpec moduleSpec specGrp exemplum remarks attList '
        || 'attDef valList valItem constraintSpec content person personGrp place org event object')
        ! map{.: true()},
        tokenize('pb lb cb gb milestone anchor ptr gap space handShift graphic media addSpan delSpan '
        || 'damageSpan index fw figDesc') ! map{.: false()}))"/>

  <!-- Elements whose children stand each on a line of its own. -->
  <xsl:variable name="h:containers" static="yes" as="map(xs:string, xs:boolean)" select="
      map:merge(tokenize(
        'text body front back group div div1 div2 div3 div4 div5 div6 div7 opener closer '
        || 'postscript titlePage docTitle docImprint sp lg list castList castItem castGroup epigraph '
        || 'argument figure listBibl listPerson listPlace listOrg listEvent standOff address cit '
        || 'floatingText set spGrp listWit noteGrp person personGrp place org event object TEI '
        || 'teiCorpus surface zone sourceDoc listChange') ! map{.: true()})"/>

  <!-- Does the element give a block? In a container it does, unless words stand beside it. -->
  <xsl:function name="h:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="known" select="$h:blocks(local-name($element))"/>
    <xsl:sequence select="
        if ($element/self::m:*) then false()
        else if (exists($known)) then $known
        else if ($element/self::note) then h:is-block-note($element)
        else h:has-block($element) or h:in-container($element)"/>
  </xsl:function>

  <xsl:function name="h:in-container" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="parent" select="$element/.."/>
    <xsl:sequence select="
        map:contains($h:containers, local-name($parent))
          and (if ($parent[self::cit]) then h:is-apart($parent)
               else if ($parent[self::opener or self::closer])
               then not(h:touches-text($element)) else not($parent/text()[normalize-space()]))"/>
  </xsl:function>

  <!-- Does a quotation with its source stand for itself, not in the line of a text? -->
  <xsl:function name="h:is-apart" as="xs:boolean">
    <xsl:param name="cit" as="element(cit)"/>
    <xsl:sequence select="
        h:in-container($cit)
        or not($cit/parent::sense or $cit/parent::cit or h:touches-text($cit)
               or $cit/../text()[normalize-space()])"/>
  </xsl:function>

  <!-- Do words stand directly beside the element? Then it is part of their line. -->
  <xsl:function name="h:touches-text" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        exists($element/(preceding-sibling::node()[1], following-sibling::node()[1])
          [self::text()][normalize-space()])"/>
  </xsl:function>

  <xsl:function name="h:is-block-note" as="xs:boolean">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="
        if ($note/@p:placement = 'call') then false()
        else if ($note/@p:placement = 'block') then h:in-container($note) or h:has-block($note)
        else h:has-block($note) or h:in-container($note)"/>
  </xsl:function>

  <!-- Does a block stand anywhere inside? Notes with a call do not count: they are moved out. -->
  <xsl:function name="h:has-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="some $child in $element/* satisfies h:is-block($child)"/>
  </xsl:function>

  <!-- The name of the HTML element for a TEI element: a paragraph cannot hold blocks. -->
  <xsl:function name="h:name" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="block" as="xs:string"/>
    <xsl:param name="inline" as="xs:string"/>
    <xsl:sequence select="
        if (not(h:is-block($element))) then $inline
        else if ($block eq 'p' and h:has-block($element)) then 'div' else $block"/>
  </xsl:function>

  <!-- The element's box: a block or an inline element, with its attributes and its content. Content
       that is given is made apart and copied into the box; templates for what there is much of
       write the element themselves. -->
  <xsl:template name="h:box">
    <xsl:param name="block" as="xs:string" select="'div'"/>
    <xsl:param name="inline" as="xs:string" select="'span'"/>
    <xsl:param name="class" as="xs:string*" select="()"/>
    <xsl:param name="title" as="xs:string?" select="()"/>
    <xsl:param name="content" as="item()*" select="$h:children"/>
    <xsl:element name="{h:name(., $block, $inline)}">
      <xsl:call-template name="h:attributes">
        <xsl:with-param name="class" select="$class"/>
        <xsl:with-param name="title" select="$title"/>
      </xsl:call-template>
      <xsl:choose>
        <xsl:when test="$content instance of map(*)">
          <xsl:apply-templates/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:sequence select="$content"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <!-- Stands for: what templates make of the children. -->
  <xsl:variable name="h:children" static="yes" as="map(*)" select="map{}"/>

  <!-- class, id, lang, dir and title of the HTML element for a TEI element. With $h:copy, the
       content is shown a second time, and has no identifiers. -->
  <xsl:template name="h:attributes">
    <xsl:param name="class" as="xs:string*" select="()"/>
    <xsl:param name="title" as="xs:string?" select="()"/>
    <xsl:param name="h:copy" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:attribute name="class" select="
        if (not(@type or @p:rend or @subtype or exists($class) or $h:has-struck-spans)) then local-name()
        else distinct-values((local-name(), $class, 'layer-diplomatic'[$h:has-struck-spans and h:is-struck(current())],
          (@type, @subtype)/tokenize(.) ! ('t-' || replace(., '[^\p{L}\p{Nd}_-]', '-')),
          @p:rend/tokenize(.) ! ('r-' || .)))"/>
    <xsl:if test="@p:id and not($h:copy)">
      <xsl:attribute name="id" select="@p:id"/>
    </xsl:if>
    <xsl:if test="@p:lang">
      <xsl:call-template name="h:language"/>
    </xsl:if>
    <xsl:if test="$title">
      <xsl:attribute name="title" select="$title"/>
    </xsl:if>
    <!-- Long lines that run down scroll sideways, by the keyboard too. -->
    <xsl:if test="contains(@p:rend, 'vertical-') and h:is-block(.)">
      <xsl:attribute name="tabindex" select="0"/>
    </xsl:if>
  </xsl:template>

  <!-- Is the element a block of which a delSpan strikes out every word? -->
  <xsl:variable name="h:has-struck-spans" as="xs:boolean" select="exists(//del[@p:span])"/>
  <xsl:function name="h:is-struck" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        h:is-block($element) and exists($element//del[@p:span])
        and (every $text in $element//text()[normalize-space()] satisfies $text/ancestor::del[@p:span])"/>
  </xsl:function>

  <xsl:template name="h:language">
    <xsl:if test="@p:lang">
      <xsl:attribute name="lang" select="@p:lang"/>
      <xsl:attribute name="dir" select="@p:dir"/>
    </xsl:if>
  </xsl:template>

  <!-- What the edition adds to the text: brackets, labels, marks. -->
  <xsl:template name="h:mark">
    <xsl:param name="text" as="xs:string"/>
    <span class="ed">{$text}</span>
  </xsl:template>

  <!-- An element that no template knows. -->
  <xsl:template match="*">
    <xsl:call-template name="h:default"/>
  </xsl:template>

  <xsl:key name="h:named" match="text//* | standOff//* | sourceDoc//* | facsimile//*" use="node-name(.)"/>

  <!-- An element without a form of its own keeps its text, and is reported, once a document. -->
  <xsl:template name="h:default">
    <xsl:variable name="first" select="key('h:named', node-name(.))[1]"/>
    <xsl:if test="empty($first) or $first is .">
      <xsl:message select="serialize(map{'tei-toolkit': 'no-template',
          'namespace': string(namespace-uri()), 'name': local-name()}, map{'method': 'json'})"/>
    </xsl:if>
    <xsl:call-template name="h:box">
      <xsl:with-param name="class" select="'other'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- An element that reads best as a part of the text around it, or as a plain block: its box, with
       its name as a class, is all its form. -->
  <xsl:template name="h:plain">
    <xsl:call-template name="h:box"/>
  </xsl:template>

</xsl:stylesheet>
