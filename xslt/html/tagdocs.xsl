<?xml version="1.0" encoding="UTF-8"?>
<!-- Documentation: examples of code and of XML, shown as they are. TEI Guidelines, chapter 23. -->
<xsl:stylesheet version="3.0" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:eg="http://www.tei-c.org/ns/Examples"
    xmlns:h="urn:tei-toolkit:html"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:pub="urn:tei-toolkit:publication"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <xsl:template match="eg">
    <pre>
      <xsl:call-template name="h:attributes"/>
      <xsl:apply-templates/>
    </pre>
  </xsl:template>

  <xsl:template match="egXML | eg:egXML">
    <pre class="egXML">
      <xsl:apply-templates mode="h:source"/>
    </pre>
  </xsl:template>

  <xsl:template match="*" mode="h:source">
    <span class="ed">{'&lt;' || name() || string-join((@* except @p:*) ! (' ' || name() || '=&quot;' || . || '&quot;'))
      || '/'[not(current()/node())] || '&gt;'}</span>
    <xsl:if test="node()">
      <xsl:apply-templates mode="h:source"/>
      <span class="ed">{'&lt;/' || name() || '&gt;'}</span>
    </xsl:if>
  </xsl:template>

  <xsl:template match="comment()" mode="h:source">
    <span class="ed">{'&lt;!--' || . || '--&gt;'}</span>
  </xsl:template>

  <xsl:template match="text()" mode="h:source">
    <xsl:value-of select="."/>
  </xsl:template>

  <!-- Specifications: their words, in boxes. A processor of ODD gives documentation. -->
  <xsl:template match="schemaSpec | specGrp | specGrpRef | moduleRef | moduleSpec | elementSpec
      | elementRef | constraintDecl | interleave | classSpec | classRef | classes | memberOf | macroSpec | macroRef | dataSpec
      | dataRef | content | datatype | attList | attDef | attRef | valList | valItem | valDesc
      | defaultVal | alternate | sequence | empty | textNode | anyElement | constraintSpec
      | constraint | altIdent | equiv | exemplum | remarks | listRef | specList | specDesc | model
      | modelGrp | modelSequence | outputRendition | param | paramList | paramSpec | dataFacet">
    <xsl:call-template name="h:default"/>
  </xsl:template>

  <xsl:template match="code | ident | gi | att | val | tag">
    <xsl:call-template name="h:box">
      <xsl:with-param name="inline" select="'code'"/>
      <xsl:with-param name="block" select="'div'"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
