// Search: on its page among the passages of all documents (edition/texts.js), and on the page of a
// document, opened from there with ?q=…, the marks on what was found. Nothing is asked of a server.
(() => {
  "use strict";
  const say = { ...document.currentScript.dataset };
  const fill = (text, ...values) => values.reduce((said, value, n) => said.replace(`{${n + 1}}`, value), text);

  // Words are compared without case and diacritics. Scripts written without spaces are searched
  // letter by letter.
  const WORD = /[\p{L}\p{M}\p{N}]+/gu;
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\u00ad\u200b-\u200d]/gu, "").toLowerCase()
    .replace(/ß/g, "ss").replace(/æ/g, "ae").replace(/œ/g, "oe").replace(/ø/g, "o").replace(/ł/g, "l");
  const wordsOf = (text) => Array.from(text.matchAll(WORD), (found) => ({ start: found.index, end: found.index + found[0].length, word: fold(found[0]) }));

  // What is asked for: terms, each one or more words in a row; those in quotation marks are whole.
  const termsOf = (query) => Array.from(query.matchAll(/["“„«]([^"”“»]+)["”“»]|([^\s"“”„«»]+)/g), (found) => ({
    whole: found[1] !== undefined,
    words: wordsOf(found[1] ?? found[2]).map((each) => each.word),
  })).filter((term) => term.words.length);

  // The same as a pattern for folded text, which is quick to try on thousands of passages.
  const patternOf = ({ words, whole }) => {
    const last = words.length - 1;
    const parts = words.map((word, n) => {
      const within = UNSPACED.test(word) ? "[\\p{L}\\p{N}]*" : "";
      const end = n === last && !whole ? "" : `${within}(?![\\p{L}\\p{N}])`;
      return (within ? "" : "(?<![\\p{L}\\p{N}])") + word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&") + end;
    });
    return new RegExp(parts.join("[^\\p{L}\\p{N}]+"), "u");
  };

  const fits = (word, wanted, whole) =>
    word === wanted || (!whole && word.startsWith(wanted)) || (UNSPACED.test(wanted) && word.includes(wanted));

  // Where a term stands in a text: from the first letter of its first word to the last of its last.
  const placesOf = (term, words) => {
    const found = [];
    for (let at = 0; at + term.words.length <= words.length; at++) {
      if (term.words.every((wanted, n) => fits(words[at + n].word, wanted, term.whole || n + 1 < term.words.length))) {
        found.push([words[at].start, words[at + term.words.length - 1].end]);
      }
    }
    return found;
  };
  const allPlaces = (terms, text) => {
    const words = wordsOf(text);
    const found = terms.flatMap((term) => placesOf(term, words)).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return found.filter(([start], n) => !n || start >= Math.max(...found.slice(0, n).map((each) => each[1])));
  };

  const form = document.getElementById("ed:search");
  if (form) searchPage();
  else markHits();

  // The page of the search.

  function searchPage() {
    const { names, documents } = editionTexts;
    const query = document.getElementById("ed:query");
    const status = document.getElementById("ed:search-status");
    const results = document.getElementById("ed:search-results");
    const choice = (name) => form.elements.namedItem(name).value;
    const shownAtFirst = 20, passagesShown = 5, reach = 90;
    let folded = null;
    let limit = shownAtFirst;
    let waiting, last = null;

    form.hidden = false;
    offer("person", namesOf("person"));
    offer("place", namesOf("place"));
    const languages = new Intl.DisplayNames([document.documentElement.lang], { type: "language" });
    for (const option of form.elements.namedItem("language").options) {
      if (option.value) try { option.text = languages.of(option.value); } catch { /* no tag of a language */ }
    }
    for (const facet of ["kind", "language"]) {
      form.querySelector(`[data-facet=${facet}]`).hidden = form.elements.namedItem(facet).options.length < 3;
    }
    const years = documents.flatMap((each) => each.year ?? []);
    if (new Set(years).size > 1) {
      for (const label of form.querySelectorAll("[data-facet=year]")) {
        label.hidden = false;
        label.querySelector("input").min = Math.min(...years);
        label.querySelector("input").max = Math.max(...years);
      }
    }
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
    form.addEventListener("change", (event) => { if (event.target !== query) search(); });
    query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 150); });
    if (query.value) search();
    query.focus();

    function namesOf(kind) {
      const counts = new Map();
      for (const each of documents) {
        for (const number of each.named ?? []) {
          if (names[number][0] === kind) counts.set(number, (counts.get(number) ?? 0) + 1);
        }
      }
      const compare = new Intl.Collator(document.documentElement.lang).compare;
      return [...counts].sort((a, b) => compare(names[a[0]][1], names[b[0]][1]));
    }

    function offer(facet, found) {
      if (!found.length) return;
      const select = form.elements.namedItem(facet);
      for (const [number, count] of found) select.add(new Option(`${names[number][1]} (${count})`, number));
      form.querySelector(`[data-facet=${facet}]`).hidden = false;
    }

    function isChosen(each) {
      const from = choice("from"), to = choice("to");
      return ["kind", "language"].every((name) => !choice(name) || each[name] === choice(name))
        && ["person", "place"].every((name) => !choice(name) || (each.named ?? []).includes(Number(choice(name))))
        && (!from || each.year >= Number(from)) && (!to || each.year <= Number(to));
    }

    function search(event, more = false) {
      clearTimeout(waiting);
      const asked = new URLSearchParams(new FormData(form)).toString();
      if (asked === last && !more) return;
      last = asked;
      if (!more) limit = shownAtFirst;
      remember();
      const terms = termsOf(query.value);
      results.replaceChildren();
      if (!terms.length && ["person", "place", "kind", "language", "from", "to"].every((name) => !choice(name))) {
        status.textContent = "";
        return;
      }
      folded ??= documents.map((each) => ({
        title: fold(each.title),
        passages: each.passages?.map((passage) => fold(passage.slice(1).join("\n"))) ?? [],
      }));
      const patterns = terms.map(patternOf);
      const found = documents.map((each, at) => isChosen(each) ? hitsIn(each, at, patterns) : null).filter(Boolean);
      found.sort((a, b) => b.best - a.best || b.count - a.count);
      const passages = found.reduce((sum, each) => sum + each.hits.length, 0);
      status.textContent = found.length === 0 ? say.nothing
        : found.length === 1 ? fill(say.foundOne, passages) : fill(say.found, found.length, passages);
      for (const each of found.slice(0, limit)) results.append(resultOf(each, terms));
      if (found.length > limit) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = results.dataset.more;
        button.addEventListener("click", () => { const at = limit; limit += 100; search(null, true); results.children[at]?.querySelector("a")?.focus(); });
        const item = document.createElement("li");
        item.append(button);
        results.append(item);
      }
    }

    // All terms are in the document; passages with most of them come first.
    function hitsIn(each, at, patterns) {
      const missing = new Set(patterns.filter((pattern) => !pattern.test(folded[at].title)));
      const hits = [];
      if (patterns.length) {
        folded[at].passages.forEach((text, number) => {
          const here = patterns.filter((pattern) => pattern.test(text));
          for (const pattern of here) missing.delete(pattern);
          if (here.length) hits.push({ number, weight: here.length });
        });
      }
      if (missing.size) return null;
      hits.sort((a, b) => b.weight - a.weight || a.number - b.number);
      return { document: each, hits, best: hits[0]?.weight ?? 0, count: hits.length };
    }

    // The layer of a passage in which most of what is asked for stands.
    function layerOf(layers, terms) {
      const weights = layers.map((layer) => allPlaces(terms, layer).length);
      return layers[weights.indexOf(Math.max(...weights))];
    }

    function resultOf({ document: each, hits }, terms) {
      const item = document.createElement("li");
      const page = `${results.dataset.root}${encodeURIComponent(each.stem)}.html`;
      const asked = query.value.trim() ? `?q=${encodeURIComponent(query.value.trim())}` : "";
      const heading = document.createElement("h2");
      heading.append(linkTo(page + asked, each.title, terms));
      item.append(heading);
      if (each.date) {
        const date = document.createElement("span");
        date.className = "hint";
        date.textContent = each.date;
        heading.append(" ", date);
      }
      const list = document.createElement("ul");
      for (const hit of hits.slice(0, passagesShown)) {
        const line = document.createElement("li");
        const [id, ...layers] = each.passages[hit.number];
        const anchor = id ? `#${encodeURIComponent(id)}` : "";
        line.append(linkTo(page + asked + anchor, snippet(layerOf(layers, terms), terms), terms));
        if (each.language) line.lang = each.language;
        list.append(line);
      }
      if (hits.length) item.append(list);
      return item;
    }

    function linkTo(address, text, terms) {
      const link = document.createElement("a");
      link.href = address;
      let at = 0;
      for (const [start, end] of allPlaces(terms, text)) {
        const mark = document.createElement("mark");
        mark.textContent = text.slice(start, end);
        link.append(text.slice(at, start), mark);
        at = end;
      }
      link.append(text.slice(at));
      return link;
    }

    function snippet(text, terms) {
      const [first] = allPlaces(terms, text);
      if (!first || text.length <= 3 * reach) return text;
      const start = first[0] <= reach ? 0 : text.indexOf(" ", first[0] - reach) + 1;
      const last = text.lastIndexOf(" ", first[1] + 2 * reach);
      const end = first[1] + 2 * reach >= text.length || last <= first[1] ? text.length : last;
      return (start ? "… " : "") + text.slice(start, end) + (end < text.length ? " …" : "");
    }

    // The address of the page says what was searched for, so that it can be kept and passed on.
    function remember() {
      const asked = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (value) asked.set(name, value);
      try { history.replaceState(null, "", asked.toString() ? `?${asked}` : location.pathname); } catch { /* not from this disk */ }
    }
  }

  // The page of a document: marks on what was searched for.

  function markHits() {
    const query = new URLSearchParams(location.search).get("q");
    const terms = query ? termsOf(query) : [];
    const main = document.getElementById("ed:main");
    if (!terms.length || !main) return;
    const left = ".ed, .self, [role=doc-noteref], [role=doc-backlink]";
    const blocks = "p, div, section, li, dd, dt, td, th, h1, h2, h3, h4, h5, h6, blockquote, figcaption, caption";
    const marks = [];
    for (const hidden of [".layer-diplomatic", ".layer-reading, .alternative, .supplied, .ex"]) {
      const gathered = new Map();
      for (const part of main.querySelectorAll("h1, .reading, .notes")) {
        const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        while (walker.nextNode()) {
          const node = walker.currentNode;
          if (node.nodeType === Node.ELEMENT_NODE) {
            // The beginning of a line or page divides words unless it says that it does not.
            const before = gathered.get(node.closest(blocks));
            if (before && node.matches(":is(.lb, .pb, .cb, .gb):not(.break-no)")) before.push({ data: " " });
            continue;
          }
          if (node.data.trim() && node.parentElement.closest(`${left}, mark, ${hidden}`)) continue;
          const block = node.parentElement.closest(blocks);
          if (!gathered.has(block)) gathered.set(block, []);
          gathered.get(block).push(node);
        }
      }
      for (const nodes of gathered.values()) marks.push(...markIn(nodes));
    }
    if (!marks.length) return;
    marks.sort((a, b) => a[0].compareDocumentPosition(b[0]) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
    show(marks);

    function markIn(nodes) {
      const text = nodes.map((node) => node.data).join("");
      const starts = [0];
      for (const node of nodes) starts.push(starts.at(-1) + node.data.length);
      const found = [];
      for (const [start, end] of allPlaces(terms, text).reverse()) {
        const parts = [];
        for (let n = nodes.length - 1; n >= 0; n--) {
          const from = Math.max(start - starts[n], 0), to = Math.min(end, starts[n + 1]) - starts[n];
          if (from >= to || !nodes[n].parentNode) continue;
          const range = document.createRange();
          range.setStart(nodes[n], from);
          range.setEnd(nodes[n], to);
          const mark = document.createElement("mark");
          range.surroundContents(mark);
          parts.unshift(mark);
        }
        if (parts.length) found.unshift(parts);
      }
      return found;
    }

    function show(found) {
      const bar = document.createElement("div");
      bar.className = "hits";
      bar.setAttribute("role", "search");
      bar.setAttribute("aria-label", query);
      const count = document.createElement("span");
      count.setAttribute("role", "status");
      let at = -1;
      const go = (step) => {
        if (at >= 0) for (const mark of found[at]) mark.classList.remove("current");
        at = (at + step + found.length) % found.length;
        for (const mark of found[at]) mark.classList.add("current");
        uncover(found[at][0]);
        found[at][0].scrollIntoView({ block: "center" });
        count.textContent = fill(say.hits, at + 1, found.length, query);
      };
      const button = (label, sign, act) => {
        const made = document.createElement("button");
        made.type = "button";
        made.textContent = sign;
        made.setAttribute("aria-label", label);
        made.title = label;
        made.addEventListener("click", act);
        bar.append(made);
      };
      bar.append(count);
      button(say.previous, "↑", () => go(-1));
      button(say.next, "↓", () => go(1));
      button(say.close, "×", () => {
        bar.remove();
        for (const mark of found.flat()) mark.replaceWith(...mark.childNodes);
      });
      document.body.append(bar);
      const asked = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const first = asked ? found.findIndex(([mark]) => asked.contains(mark)) : 0;
      at = Math.max(first, 0) - 1;
      go(1);
    }

    // A hit in a layer that is not shown: show both.
    function uncover(mark) {
      for (let up = mark.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
      if (mark.getClientRects().length) return;
      document.documentElement.dataset.layer = "both";
      for (const each of document.querySelectorAll(".layers button")) {
        each.setAttribute("aria-pressed", String(each.value === "both"));
      }
    }
  }
})();
