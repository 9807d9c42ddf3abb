<?xml version="1.0" encoding="UTF-8"?>
<!-- Blocks: headings, paragraphs, lists, tables, figures. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns="http://www.w3.org/1999/xhtml"
    xpath-default-namespace="urn:tei-toolkit:print"
    exclude-result-prefixes="xs f">

  <!-- A flow: items that follow each other are a list, the others stand for themselves. -->
  <xsl:template name="flow">
    <xsl:param name="flow" as="element()*" select="*"/>
    <xsl:for-each-group select="$flow" group-adjacent="exists(self::block[@role = 'item'])">
      <xsl:choose>
        <xsl:when test="current-grouping-key()">
          <xsl:call-template name="list">
            <xsl:with-param name="items" select="current-group()"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="current-group()"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- Items that are further in make a list within the item before them. -->
  <xsl:template name="list">
    <xsl:param name="items" as="element()+"/>
    <xsl:variable name="indent" select="min($items/f:indent(.))"/>
    <ul class="items">
      <xsl:for-each-group select="$items" group-starting-with="*[f:indent(.) eq $indent]">
        <li>
          <xsl:sequence select="f:class(., 'indent')"/>
          <xsl:call-template name="marked"/>
          <xsl:if test="count(current-group()) gt 1">
            <xsl:call-template name="list">
              <xsl:with-param name="items" select="tail(current-group())"/>
            </xsl:call-template>
          </xsl:if>
        </li>
      </xsl:for-each-group>
    </ul>
  </xsl:template>

  <xsl:function name="f:indent" as="xs:integer">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="($block/@indent/xs:integer(.), 0)[1]"/>
  </xsl:function>

  <!-- How a block is set, less what is said otherwise. -->
  <xsl:function name="f:class" as="attribute()?">
    <xsl:param name="block" as="element()"/>
    <xsl:param name="less" as="xs:string"/>
    <xsl:variable name="class" as="xs:string*" select="
        $block/@role[not(. = 'item')], $block/@align ! ('align-' || .),
        $block/@indent[$less ne 'indent'] ! ('indent-' || .), $block/@space-before ! 'space-before',
        $block/@first-line ! 'first-line-indent'"/>
    <xsl:if test="exists($class)">
      <xsl:attribute name="class" select="$class"/>
    </xsl:if>
  </xsl:function>

  <xsl:template name="marked">
    <xsl:if test="@marker">
      <span class="marker"><xsl:value-of select="@marker"/></span>
      <xsl:text> </xsl:text>
    </xsl:if>
    <xsl:call-template name="runs"/>
  </xsl:template>

  <xsl:template match="block">
    <p>
      <xsl:sequence select="f:class(., '')"/>
      <xsl:apply-templates select="@number"/>
      <xsl:call-template name="marked"/>
    </p>
  </xsl:template>
  <xsl:template match="block/@number">
    <span class="line-number" aria-hidden="true"><xsl:value-of select="."/></span>
  </xsl:template>
  <xsl:template match="block[@role = 'heading']">
    <xsl:element name="h{min((xs:integer(@level), 6))}" namespace="http://www.w3.org/1999/xhtml">
      <xsl:attribute name="id" select="f:heading-id(.)"/>
      <xsl:call-template name="runs"/>
    </xsl:element>
  </xsl:template>
  <xsl:template match="block[@role = 'rule']">
    <hr/>
  </xsl:template>
  <xsl:template match="block[@role = 'mark']">
    <div class="mark"><xsl:call-template name="runs"/></div>
  </xsl:template>

  <xsl:template match="table[row/cell]">
    <table>
      <tbody>
        <xsl:for-each select="row[cell]">
          <tr>
            <xsl:for-each select="cell">
              <xsl:element name="{if (@role or ../@role) then 'th' else 'td'}" namespace="http://www.w3.org/1999/xhtml">
                <xsl:if test="../@role"><xsl:attribute name="scope" select="'col'"/></xsl:if>
                <xsl:if test="@role and not(../@role)"><xsl:attribute name="scope" select="'row'"/></xsl:if>
                <xsl:if test="@columns ne '1'"><xsl:attribute name="colspan" select="@columns"/></xsl:if>
                <xsl:if test="@rows ne '1'"><xsl:attribute name="rowspan" select="@rows"/></xsl:if>
                <xsl:call-template name="flow"/>
              </xsl:element>
            </xsl:for-each>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>
  <xsl:template match="table"/>

  <xsl:template match="figure">
    <xsl:variable name="image" select="$image-table[?1 = current()/@source][1]"/>
    <figure>
      <xsl:if test="exists($image)">
        <img src="{$image?2}" alt="{@description}"/>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="* and exists($image)">
          <figcaption><xsl:call-template name="flow"/></figcaption>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="flow"/></xsl:otherwise>
      </xsl:choose>
    </figure>
  </xsl:template>
</xsl:stylesheet>
