<?xml version="1.0" encoding="UTF-8"?>
<!--
  The grid of a table, for every output: which columns the cells of each row stand in.
  TEI Guidelines, 15.1 (cols and rows of a cell); cells take the first free place, as in HTML.
-->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:t="urn:tei-toolkit:table"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all">

  <!-- How many columns or rows a cell takes: what it says, but no more than there are. -->
  <xsl:function name="t:span" as="xs:integer">
    <xsl:param name="said" as="xs:string?"/>
    <xsl:param name="most" as="xs:integer"/>
    <xsl:sequence select="
        if ($said castable as xs:positiveInteger)
        then xs:integer(min((xs:integer($said), $most))) else 1"/>
  </xsl:function>

  <!-- Of each row: `starts`, the columns its cells begin in; `filled`, those they fill; `carried`,
       of each column, for how many rows (this one included) a cell of a row above reaches down into
       it; `after`, the same for the next row. The widest `after` is the width of the table. -->
  <xsl:function name="t:grid" as="map(xs:string, xs:integer*)*">
    <xsl:param name="rows" as="element(row)*"/>
    <xsl:param name="most-columns" as="xs:integer"/>
    <xsl:iterate select="$rows">
      <xsl:param name="carried" as="xs:integer*" select="()"/>
      <xsl:variable name="row" select="
          t:row(cell, $carried, count($rows) - position() + 1, $most-columns)"/>
      <xsl:sequence select="$row"/>
      <xsl:next-iteration>
        <xsl:with-param name="carried" select="$row?after"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>

  <!-- The columns of a row in which nothing stands. -->
  <xsl:function name="t:empty" as="xs:integer*">
    <xsl:param name="row" as="map(xs:string, xs:integer*)"/>
    <xsl:param name="columns" as="xs:integer"/>
    <xsl:sequence select="
        (1 to $columns)[not(. = $row?filled)][let $column := . return not($row?carried[$column] gt 0)]"/>
  </xsl:function>

  <xsl:function name="t:row" as="map(xs:string, xs:integer*)">
    <xsl:param name="cells" as="element(cell)*"/>
    <xsl:param name="carried" as="xs:integer*"/>
    <xsl:param name="rows-left" as="xs:integer"/>
    <xsl:param name="most-columns" as="xs:integer"/>
    <xsl:iterate select="$cells">
      <xsl:param name="taken" as="xs:integer*" select="$carried"/>
      <xsl:param name="starts" as="xs:integer*" select="()"/>
      <xsl:param name="filled" as="xs:integer*" select="()"/>
      <xsl:on-completion>
        <xsl:sequence select="map{'starts': $starts, 'filled': $filled, 'carried': $carried,
            'after': $taken ! max((0, . - 1))}"/>
      </xsl:on-completion>
      <xsl:variable name="width" select="t:span(@cols, $most-columns)"/>
      <xsl:variable name="height" select="t:span(@rows, $rows-left)"/>
      <xsl:variable name="next" select="($filled[last()], 0)[1] + 1"/>
      <xsl:variable name="start" as="xs:integer" select="
          ($next to max(($next, count($taken) + 1)))
            [every $column in . to . + $width - 1 satisfies not($taken[$column] gt 0)][1]"/>
      <xsl:variable name="own" select="$start to $start + $width - 1"/>
      <xsl:next-iteration>
        <xsl:with-param name="taken" select="
            for $column in 1 to max((count($taken), $own[last()]))
            return if ($column = $own) then $height else ($taken[$column], 0)[1]"/>
        <xsl:with-param name="starts" select="$starts, $start"/>
        <xsl:with-param name="filled" select="$filled, $own"/>
      </xsl:next-iteration>
    </xsl:iterate>
  </xsl:function>
</xsl:stylesheet>
