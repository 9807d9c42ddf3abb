<?xml version="1.0" encoding="UTF-8"?>
<!-- Runs: text with its styles, and the signs of the edition. -->
<xsl:stylesheet version="3.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:tei-toolkit:print:functions"
    xmlns:p="urn:tei-toolkit:prepared"
    xmlns:s="urn:tei-toolkit:signs"
    xmlns="urn:tei-toolkit:print"
    xpath-default-namespace="http://www.tei-c.org/ns/1.0"
    exclude-result-prefixes="#all"
    expand-text="yes">

  <xsl:mode name="run" on-no-match="shallow-skip"/>

  <!-- The styles a run can carry: those of the prepared document, less those that lay out blocks. -->
  <xsl:variable name="run-styles" as="xs:string*" select="
      'underline', 'underline-2', 'underline-3', 'underline-wavy', 'underline-dotted', 'italic',
      'bold', 'superscript', 'subscript', 'small-caps', 'letter-spaced', 'overline',
      'strikethrough', 'larger', 'smaller', 'uppercase', 'monospace'"/>

  <xsl:function name="f:styles" as="xs:string*">
    <xsl:param name="inherited" as="xs:string*"/>
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        distinct-values(($inherited,
          tokenize($element/@p:rend)[. = $run-styles or matches(., '^colour-[a-z]+$')]))"/>
  </xsl:function>

  <!-- Quotation marks, as on the page: none where the text has some itself. -->
  <xsl:template match="q | said | soCalled | quote[not(f:is-block(.))]" mode="run">
    <xsl:param name="lang" as="xs:string" tunnel="yes" select="$main-language"/>
    <xsl:choose>
      <xsl:when test="f:is-block(.) or s:has-quotation-marks(.)">
        <xsl:apply-templates mode="run"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="depth" select="
            count(ancestor::*[self::q or self::said or self::soCalled or self::quote]
              [not(f:is-block(.) or s:has-quotation-marks(.))])"/>
        <xsl:variable name="marks" select="s:quotation-marks($lang, $depth)"/>
        <xsl:call-template name="bracketed">
          <xsl:with-param name="open" select="$marks[1]"/>
          <xsl:with-param name="close" select="$marks[2]"/>
          <xsl:with-param name="sign" select="'quotation'"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The address an element links to: within the document, to a register entry, or outside. -->
  <xsl:function name="f:link" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="target" select="string($element/@p:href)"/>
    <xsl:sequence select="
        if ($target eq '') then ''
        else if (f:own-entry($target) ! f:is-indexed(.)) then '#entry:' || f:own-key(f:own-entry($target))
        else if (f:register-key($target) ne '') then '#entry:' || f:register-key($target)
        else $target"/>
  </xsl:function>

  <xsl:key name="linked" match="*[starts-with(@p:href, '#')]" use="substring(@p:href, 2)"/>

  <xsl:template name="anchor">
    <xsl:if test="@p:id and (exists(key('linked', string(@p:id))))">
      <anchor id="{@p:id}"/>
    </xsl:if>
    <xsl:call-template name="lemma-begins"/>
  </xsl:template>

  <!-- Every element hands down its language, styles and link. -->
  <xsl:template match="*" mode="run" priority="10">
    <xsl:param name="lang" as="xs:string" tunnel="yes" select="$main-language"/>
    <xsl:param name="dir" as="xs:string" tunnel="yes" select="$main-direction"/>
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <xsl:param name="link" as="xs:string" tunnel="yes" select="''"/>
    <xsl:call-template name="anchor"/>
    <xsl:next-match>
      <xsl:with-param name="lang" tunnel="yes" select="(@p:lang[f:is-language(.)]/string(), $lang)[1]"/>
      <xsl:with-param name="dir" tunnel="yes" select="(@p:dir/string(), $dir)[1]"/>
      <xsl:with-param name="style" tunnel="yes" select="f:styles($style, .)"/>
      <xsl:with-param name="link" tunnel="yes" select="(f:link(.)[. ne ''], $link)[1]"/>
    </xsl:next-match>
    <xsl:call-template name="lemma-ends"/>
  </xsl:template>

  <xsl:template match="*" mode="run">
    <xsl:apply-templates mode="run"/>
  </xsl:template>

  <xsl:template match="text()" mode="run">
    <xsl:call-template name="text">
      <xsl:with-param name="text" select="string(.)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="text">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="add" as="xs:string*"/>
    <xsl:param name="lang" as="xs:string" tunnel="yes" select="$main-language"/>
    <xsl:param name="dir" as="xs:string" tunnel="yes" select="$main-direction"/>
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <xsl:param name="link" as="xs:string" tunnel="yes" select="''"/>
    <xsl:param name="sign-style" as="xs:string" tunnel="yes" select="''"/>
    <xsl:variable name="styles" select="distinct-values(($style, $add))"/>
    <t>
      <xsl:if test="exists($styles)">
        <xsl:attribute name="style" select="sort($styles)" separator=" "/>
      </xsl:if>
      <xsl:if test="$sign-style ne ''">
        <xsl:attribute name="sign-style" select="$sign-style"/>
      </xsl:if>
      <xsl:if test="$lang ne $main-language">
        <xsl:attribute name="lang" select="$lang"/>
      </xsl:if>
      <xsl:if test="$dir ne $main-direction">
        <xsl:attribute name="dir" select="$dir"/>
      </xsl:if>
      <xsl:if test="$link ne ''">
        <xsl:attribute name="link" select="$link"/>
      </xsl:if>
      <!-- U+FEFF within text is an old form of U+2060, and no archive takes it; the ends of lines and
           paragraphs that Unicode has (U+2028, U+2029) are white space, as those of XML. -->
      <xsl:value-of select="translate($text, '&#xFEFF;&#x2028;&#x2029;', '&#x2060;  ')"/>
    </t>
  </xsl:template>

  <!-- A sign of the edition: not in the source, so it takes none of the source's styles. -->
  <xsl:template name="sign">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="sign" as="xs:string"/>
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <t style="sign" sign="{$sign}">
      <xsl:if test="$style = ('added', 'superscript', 'smaller')">
        <xsl:attribute name="style" select="('sign', $style[. = ('added', 'superscript', 'smaller')])"/>
      </xsl:if>
      <xsl:value-of select="$text"/>
    </t>
  </xsl:template>

  <xsl:template name="bracketed">
    <xsl:param name="open" as="xs:string" select="'['"/>
    <xsl:param name="close" as="xs:string" select="']'"/>
    <xsl:param name="sign" as="xs:string"/>
    <xsl:call-template name="sign">
      <xsl:with-param name="text" select="$open"/>
      <xsl:with-param name="sign" select="$sign"/>
    </xsl:call-template>
    <xsl:apply-templates mode="run"/>
    <xsl:call-template name="sign">
      <xsl:with-param name="text" select="$close"/>
      <xsl:with-param name="sign" select="$sign"/>
    </xsl:call-template>
  </xsl:template>

  <!-- What is made of parts alone, with no text between them: the edition puts the commas. -->
  <xsl:function name="f:is-of-parts" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
        exists($element/*) and not($element/text()[normalize-space()])
        and not(some $part in $element/* satisfies f:is-block($part))"/>
  </xsl:function>
  <xsl:template name="parts">
    <xsl:for-each select="*[normalize-space() or self::ptr or self::ref]">
      <xsl:variable name="before" select="preceding-sibling::*[normalize-space() or self::ptr or self::ref][1]"/>
      <xsl:if test="$before">
        <joint/>
        <t>{
          if (matches($before, '[.,;:!?]\s*$')) then ' '
          else if (self::publisher and $before[self::pubPlace]) then ': '
          else if ((self::author or self::editor) and local-name($before) = local-name()) then '; '
          else ', '}</t>
      </xsl:if>
      <xsl:apply-templates select="." mode="run"/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="(biblStruct | analytic | monogr | series | imprint | bibl)[f:is-of-parts(.)]" mode="run">
    <xsl:call-template name="parts"/>
  </xsl:template>

  <!-- Blocks met among runs (in notes, in marginalia) are set off by a line end, in readings by a
       stroke. -->
  <xsl:template match="p | l | item | ab | row | addrLine | list/label | head | bibl[parent::listBibl]
      | speaker | salute | signed | dateline" mode="run">
    <xsl:param name="in-reading" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:if test="f:has-text-before(.)">
      <xsl:choose>
        <xsl:when test="$in-reading"><t style="sign" sign="reading"> / </t></xsl:when>
        <xsl:otherwise><br/></xsl:otherwise>
      </xsl:choose>
    </xsl:if>
    <xsl:apply-templates mode="run"/>
  </xsl:template>
  <!-- Does anything stand before a block among the runs that it is one of? -->
  <xsl:function name="f:has-text-before" as="xs:boolean">
    <xsl:param name="block" as="element()"/>
    <xsl:variable name="note" select="$block/ancestor::note[1]"/>
    <xsl:sequence select="
        exists($block/preceding-sibling::*[1][not(self::pb | self::lb | self::anchor | self::milestone)])
        or exists($note[empty($block/ancestor::app[ancestor::note])]
             //text()[. &lt;&lt; $block][normalize-space()])"/>
  </xsl:function>
  <!-- What goes on behind a block in a note begins a line too. -->
  <xsl:template match="note//text()[normalize-space()][preceding-sibling::node()[normalize-space() or self::*][1]
      [self::p or self::list or self::lg or self::ab]]" mode="run">
    <br/>
    <xsl:call-template name="text">
      <xsl:with-param name="text" select="string(.)"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template match="cell[preceding-sibling::cell]" mode="run">
    <t><xsl:text> </xsl:text></t>
    <xsl:apply-templates mode="run"/>
  </xsl:template>

  <!-- Parts that the encoding keeps apart and prints together are parted by a space. -->
  <xsl:template match="(surname | forename | roleName | genName | addName | nameLink | settlement
      | region | country | street | postCode)[preceding-sibling::*][not(../text())]
      | (msIdentifier | altIdentifier | form | gramGrp | entry | sense | hom | re)[not(text())]/*[preceding-sibling::*]"
      mode="run" priority="1">
    <t><xsl:text> </xsl:text></t>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="supplied" mode="run">
    <xsl:call-template name="signed"/>
  </xsl:template>

  <xsl:template match="surplus | secl" mode="run">
    <xsl:call-template name="signed">
      <xsl:with-param name="name" select="'surplus'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="ex" mode="run">
    <xsl:call-template name="signed">
      <xsl:with-param name="name" select="'expansion'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="unclear" mode="run">
    <xsl:call-template name="signed"/>
  </xsl:template>

  <!-- A text between the signs that the edition has for what it is, and in their style. -->
  <xsl:template name="signed">
    <xsl:param name="name" as="xs:string" select="local-name()"/>
    <xsl:param name="sign" as="xs:string" select="$name"/>
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <xsl:param name="sign-style" as="xs:string" tunnel="yes" select="''"/>
    <xsl:call-template name="sign-part">
      <xsl:with-param name="text" select="s:open($name)"/>
      <xsl:with-param name="sign" select="$sign"/>
    </xsl:call-template>
    <xsl:apply-templates mode="run">
      <xsl:with-param name="sign-style" tunnel="yes" select="(f:sign-only-style($name), $sign-style)[1]"/>
      <xsl:with-param name="style" tunnel="yes" select="f:with-sign($style, $name)"/>
    </xsl:apply-templates>
    <xsl:call-template name="sign-part">
      <xsl:with-param name="text" select="s:close($name)"/>
      <xsl:with-param name="sign" select="$sign"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:template name="sign-part">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="sign" as="xs:string"/>
    <xsl:if test="$text ne ''">
      <xsl:call-template name="sign">
        <xsl:with-param name="text" select="$text"/>
        <xsl:with-param name="sign" select="$sign"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- The style of a sign, as that of a run; and the styles of a text that stands in it: the stroke
       or the place of the source is what the sign stands for. -->
  <xsl:function name="f:sign-style" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="
        map{'struck': 'deleted', 'raised': 'added', 'italic': 'italic',
            'dotted': 'underline-dotted'}(s:part($name, 'style'))"/>
  </xsl:function>
  <!-- A style that says alone what the text is: plain text has no styles and needs a sign for it. -->
  <xsl:function name="f:sign-only-style" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="s:part($name, 'style')[. = ('italic', 'dotted')]"/>
  </xsl:function>
  <xsl:function name="f:with-sign" as="xs:string*">
    <xsl:param name="style" as="xs:string*"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:variable name="shown" select="
        map{'deletion': 'strikethrough', 'addition': 'superscript'}($name)"/>
    <xsl:sequence select="distinct-values(($style[not(. = $shown)], f:sign-style($name)))"/>
  </xsl:function>

  <!-- A gap has the sign that it has on the page. Paper has no hints: what the sign does not tell of
       the extent stands beside it. -->
  <xsl:template match="gap" mode="run">
    <xsl:variable name="extent" select="
        if (@quantity) then f:quantity(string(@quantity), string(@unit))
        else if (@atLeast or @atMost) then f:quantity(string-join((@atLeast, @atMost), '–'), string(@unit))
        else if (@extent and not(@extent = 'unknown')) then f:quantity(string(@extent), string(@unit[not(contains(../@extent, .))]))
        else ''"/>
    <xsl:variable name="said" select="
        if (s:gap-kind(.) eq 'gap-letters') then s:gap(.)
        else string-join((s:gap(.), $extent[. ne ''], f:word('reason.illegible')[current()/@reason = 'illegible']), ' ')"/>
    <xsl:choose>
      <xsl:when test="desc or normalize-space(.)">
        <xsl:call-template name="signed"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="sign">
          <xsl:with-param name="text" select="s:open('gap') || $said || s:close('gap')"/>
          <xsl:with-param name="sign" select="s:gap-kind(.)"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="del" mode="run">
    <xsl:call-template name="signed">
      <xsl:with-param name="name" select="'deletion'"/>
      <xsl:with-param name="sign" select="'deleted'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A deletion that was revoked is text again, with dots below as editors and writers mark it. -->
  <xsl:template match="restore" mode="run">
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <xsl:apply-templates mode="run">
      <xsl:with-param name="style" tunnel="yes" select="
          if ($layer eq 'reading') then $style else distinct-values(($style, 'underline-dotted'))"/>
    </xsl:apply-templates>
  </xsl:template>
  <xsl:template match="del[ancestor::restore]" mode="run" priority="2">
    <xsl:apply-templates mode="run"/>
  </xsl:template>

  <!-- Lines of the source run on, so its hyphen at the end of a line goes: the word is one. -->
  <xsl:template match="text()[following-sibling::node()[1][self::lb or self::pb or self::cb]/@break = 'no']"
      mode="run" priority="1">
    <xsl:call-template name="text">
      <xsl:with-param name="text" select="replace(., '(\p{L})[-&#x2010;&#x2011;&#xAC;&#x2E17;&#xAD;]?\s*$', '$1')"/>
    </xsl:call-template>
  </xsl:template>

  <!-- White space that only indents the encoding. -->
  <xsl:template match="subst/text()[f:only-indents(.)]" mode="run"/>
  <xsl:function name="f:only-indents" as="xs:boolean">
    <xsl:param name="text" as="text()"/>
    <xsl:sequence select="
        exists($text/parent::subst) and contains($text, '&#10;') and not(normalize-space($text))"/>
  </xsl:function>

  <!-- Between what was struck out and what took its place there is a gap: between words a space,
       within a word a hair. -->
  <xsl:function name="f:gap" as="xs:string">
    <xsl:param name="deleted" as="element()"/>
    <xsl:param name="added" as="element()"/>
    <xsl:variable name="before" select="$deleted/preceding::text()[not(f:only-indents(.))][1][ancestor::text]"/>
    <xsl:variable name="after" select="$added/following::text()[not(f:only-indents(.))][1][ancestor::text]"/>
    <xsl:sequence select="
        if (matches($before, '[\p{L}\p{N}]$') and not($deleted/preceding-sibling::*[1][self::lb])
            or matches($after, '^[\p{L}\p{N}]')) then '&#x200A;' else ' '"/>
  </xsl:function>

  <xsl:template match="add[preceding-sibling::node()[normalize-space() or self::*][1][self::del]]
      | del[preceding-sibling::node()[normalize-space() or self::*][1][self::add]]" mode="run" priority="1">
    <xsl:if test="not(preceding-sibling::node()[1][self::text()][not(f:only-indents(.))])">
      <xsl:call-template name="sign">
        <xsl:with-param name="text" select="f:gap(preceding-sibling::*[1], .)"/>
        <xsl:with-param name="sign" select="'gap-between'"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:next-match/>
  </xsl:template>

  <xsl:template match="add[$layer eq 'reading']" mode="run">
    <xsl:apply-templates mode="run"/>
  </xsl:template>

  <xsl:template match="add" mode="run">
    <xsl:call-template name="signed">
      <xsl:with-param name="name" select="'addition'"/>
      <xsl:with-param name="sign" select="'added'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="sic[not(parent::choice)]" mode="run">
    <xsl:apply-templates mode="run"/>
    <xsl:if test="$layer eq 'both'">
      <xsl:call-template name="sign">
        <xsl:with-param name="text" select="' [sic]'"/>
        <xsl:with-param name="sign" select="'sic'"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- Both layers of a choice: what the source has, then the editor's form as a correction. -->
  <xsl:template match="choice" mode="run">
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <xsl:variable name="first" select="(sic, orig, abbr, unclear, seg, am, *)[1]"/>
    <xsl:apply-templates select="$first" mode="run"/>
    <xsl:for-each select="* except $first">
      <xsl:call-template name="sign">
        <xsl:with-param name="text" select="' ' || s:open('correction')"/>
        <xsl:with-param name="sign" select="'choice'"/>
      </xsl:call-template>
      <xsl:apply-templates select="." mode="run">
        <xsl:with-param name="sign-style" tunnel="yes" select="(f:sign-only-style('correction'), '')[1]"/>
        <xsl:with-param name="style" tunnel="yes" select="f:with-sign($style, 'correction')"/>
      </xsl:apply-templates>
      <xsl:call-template name="sign-part">
        <xsl:with-param name="text" select="s:close('correction')"/>
        <xsl:with-param name="sign" select="'choice'"/>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="corr[not(parent::choice)][$layer eq 'both']" mode="run">
    <xsl:call-template name="signed">
      <xsl:with-param name="name" select="'correction'"/>
      <xsl:with-param name="sign" select="'choice'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="handShift" mode="run">
    <xsl:variable name="hand" select="normalize-space((@p:resp, @scribe)[not(starts-with(., '#'))][1])"/>
    <xsl:call-template name="sign">
      <xsl:with-param name="text" select="
          '[' || f:word('explain.handShift') || (if ($hand) then ': ' || $hand else '') || '] '"/>
      <xsl:with-param name="sign" select="'hand'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="space" mode="run">
    <xsl:variable name="quantity" select="if (@quantity castable as xs:double) then xs:double(@quantity) else 3"/>
    <blank width="{max((1, min((12, round($quantity)))))}"/>
  </xsl:template>

  <xsl:template match="lb" mode="run">
    <xsl:choose>
      <xsl:when test="@break = 'no'"><joint/></xsl:when>
      <xsl:when test="$layer eq 'reading'"><t><xsl:text> </xsl:text></t></xsl:when>
      <xsl:otherwise><br/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="line" mode="run">
    <xsl:if test="preceding-sibling::line"><br/></xsl:if>
    <xsl:apply-templates mode="run"/>
  </xsl:template>

  <xsl:template match="pb" mode="run">
    <xsl:if test="@break = 'no'"><joint/></xsl:if>
    <page>
      <xsl:variable name="number" select="f:page-number(.)"/>
      <xsl:if test="$number">
        <xsl:attribute name="number" select="$number"/>
      </xsl:if>
    </page>
    <xsl:if test="@break = 'no'"><joint/></xsl:if>
  </xsl:template>

  <xsl:function name="f:page-number" as="xs:string">
    <xsl:param name="page" as="element(pb)?"/>
    <xsl:sequence select="normalize-space(($page/@n, $page/@p:n)[1])"/>
  </xsl:function>

  <!-- A column goes by its page and its letter (“1ra”); the first of a page begins with the page. -->
  <xsl:template match="cb[@n]" mode="run">
    <page number="{f:page-number(preceding::pb[1]) || normalize-space(@n)}"/>
  </xsl:template>
  <xsl:template match="pb[f:begins-column(.)]" mode="run" priority="1">
    <xsl:if test="@break = 'no'"><joint/></xsl:if>
  </xsl:template>
  <xsl:function name="f:begins-column" as="xs:boolean">
    <xsl:param name="page" as="element(pb)"/>
    <xsl:variable name="next" select="$page/following-sibling::node()[self::* or normalize-space()][1]"/>
    <xsl:sequence select="exists($next[self::cb[@n]])"/>
  </xsl:function>

  <!-- Running heads, catchwords and signatures of the source stand in the margin. -->
  <xsl:template match="fw" mode="run">
    <xsl:if test="normalize-space(.)">
      <margin part="{(@type[. = ('catch', 'sig', 'header', 'footer', 'pageNum')], 'other')[1]}">
        <block role="line"><xsl:apply-templates mode="run"/></block>
      </margin>
    </xsl:if>
  </xsl:template>

  <xsl:template match="milestone[@unit = ('section', 'rule', 'scene', 'stars', 'asterism')]" mode="run">
    <rule/>
  </xsl:template>

  <xsl:template match="stamp" mode="run">
    <xsl:param name="in-frame" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:choose>
      <xsl:when test="$in-frame"><xsl:apply-templates mode="run"/></xsl:when>
      <xsl:otherwise>
        <stamp shape="{if (@type = 'seal') then 'seal' else if (@type = 'postmark') then 'postmark' else 'frame'}">
          <xsl:apply-templates mode="run">
            <xsl:with-param name="in-frame" tunnel="yes" select="true()"/>
          </xsl:apply-templates>
        </stamp>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A link to a place of the edition says on which page it is, where there are pages. -->
  <xsl:template match="ref[f:is-within(f:link(.))] | ptr[f:is-within(f:link(.))]" mode="run" priority="4">
    <xsl:next-match/>
    <xsl:variable name="link" select="f:link(.)"/>
    <xsl:variable name="is-named" select="
        self::ref[normalize-space()] or key('identified', substring($link, 2))/@n"/>
    <reference link="{$link}" said="{(if ($is-named) then ' (' else '') || f:word('reference.page')
        || (if ($is-named) then ')' else '')}"/>
  </xsl:template>
  <xsl:function name="f:is-within" as="xs:boolean">
    <xsl:param name="link" as="xs:string"/>
    <xsl:sequence select="
        starts-with($link, '#') and not(starts-with($link, '#entry:'))
        or matches($link, '^[^:/#]+\.html(#.*)?$')"/>
  </xsl:function>

  <!-- A reference without words to what is not here says at least what it refers to. -->
  <xsl:template match="ref[not(@p:href)][not(node())]" mode="run">
    <xsl:call-template name="text">
      <xsl:with-param name="text" select="string(@target)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="ptr[@p:href]" mode="run">
    <xsl:variable name="href" select="f:link(.)"/>
    <xsl:call-template name="text">
      <xsl:with-param name="text" select="
          if (starts-with($href, '#')) then '→ ' || string((key('identified', substring($href, 2))/@n)[1])
          else $href"/>
    </xsl:call-template>
  </xsl:template>
  <xsl:key name="identified" match="*[@p:id]" use="string(@p:id)"/>

  <!-- A character without text of its own: as the header maps it, else by its name. -->
  <xsl:template match="g[not(normalize-space(.))][not(graphic/@p:href)]" mode="run">
    <xsl:variable name="glyph" select="
        (//charDecl/*[@xml:id = substring-after(current()/@ref, '#')])[1]"/>
    <xsl:variable name="mapped" select="
        ($glyph/mapping[@type = ('standard', 'standardized', 'modern', 'composed', 'Unicode', 'simplified')],
         $glyph/mapping)[1][normalize-space()]"/>
    <xsl:choose>
      <xsl:when test="$mapped">
        <xsl:call-template name="text">
          <xsl:with-param name="text" select="normalize-space($mapped)"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="sign">
          <xsl:with-param name="text" select="'⟨' || normalize-space(($glyph/*[1], @ref, 'g')[1]) || '⟩'"/>
          <xsl:with-param name="sign" select="'glyph'"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>
  <!-- The books of the Text Creation Partnership name so the hyphen at the end of a line, and its
       lack: the word goes on. -->
  <xsl:template match="g[@ref = ('char:EOLhyphen', 'char:EOLunhyphen')]" mode="run" priority="1">
    <joint/>
  </xsl:template>

  <!-- How a character is read stands behind it in brackets. -->
  <xsl:template match="ruby/rt" mode="run">
    <xsl:variable name="is-wide" select="matches(string-join(../rb), '[&#x2E80;-&#x9FFF;&#xAC00;-&#xD7AF;&#xF900;-&#xFAFF;]')"/>
    <xsl:call-template name="bracketed">
      <xsl:with-param name="open" select="if ($is-wide) then '（' else '('"/>
      <xsl:with-param name="close" select="if ($is-wide) then '）' else ')'"/>
      <xsl:with-param name="sign" select="'ruby'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A stage direction within a paragraph, and what a cast list says of a role. -->
  <xsl:template match="stage | castItem/roleDesc" mode="run">
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <xsl:apply-templates mode="run">
      <xsl:with-param name="style" tunnel="yes" select="distinct-values(($style, 'italic'))"/>
    </xsl:apply-templates>
  </xsl:template>

  <xsl:template match="seg[@type = 'classification']" mode="run">
    <xsl:param name="style" as="xs:string*" tunnel="yes"/>
    <xsl:apply-templates mode="run">
      <xsl:with-param name="style" tunnel="yes" select="distinct-values(($style, 'bold'))"/>
    </xsl:apply-templates>
  </xsl:template>

  <!-- A picture in the line, such as a sign that no font has. -->
  <xsl:template match="(graphic | media)[@p:href]" mode="run">
    <picture source="{normalize-space(@p:href)}" description="{(normalize-space(desc)[. ne ''], 'figure')[1]}"/>
    <xsl:apply-templates mode="run"/>
  </xsl:template>

  <xsl:template match="figDesc | graphic/desc | media/desc" mode="run">
    <xsl:call-template name="bracketed">
      <xsl:with-param name="sign" select="'figure'"/>
    </xsl:call-template>
  </xsl:template>

  <!-- An example of markup as it is written; what is but text in a CDATA section is that already. -->
  <xsl:function name="f:markup" as="xs:string">
    <xsl:param name="example" as="element()"/>
    <xsl:sequence select="
        if (not($example/node()[not(self::text())])) then string($example)
        else string-join($example/node() ! serialize(., map{'method': 'xml', 'omit-xml-declaration': true()}))"/>
  </xsl:function>

  <xsl:template match="*:egXML" mode="run" priority="2">
    <xsl:call-template name="text">
      <xsl:with-param name="text" select="f:markup(.)"/>
      <xsl:with-param name="add" select="'code'"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="index | interp | interpGrp | spanGrp | linkGrp | joinGrp | teiHeader" mode="run"/>
</xsl:stylesheet>
