// Search: on its page in the words of all documents, of which it loads those that are asked for
// (edition/words/), and then the passages it shows (edition/texts/); and on the page of a document,
// opened from there with ?q=…, the marks on what was found. All it loads are script files, which a
// browser gives to a page from a disk too; toolkit/publish/search.py says what they hold.
(() => {
  "use strict";
  const say = { ...document.currentScript.dataset };
  const fill = (text, ...values) => values.reduce((said, value, n) => said.replace(`{${n + 1}}`, value), text);

  // Words are compared without case and diacritics. Scripts written without spaces are searched
  // letter by letter. toolkit/publish/search_words.py takes texts apart in the same way.
  const WORD = /[\p{L}\p{M}\p{N}\u00ad\u200b-\u200d\u2060]+/gu;
  const UNSPACED = /([\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}\u0e01-\u0e5b\u0e80-\u0edf\u1780-\u17ff\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]+)/u;
  const SPELT = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ς": "σ" };
  const fold = (text) => text.normalize("NFKD").toLowerCase().replace(/[\p{M}\u00ad\u200b-\u200d\u2060]/gu, "")
    .replace(/[ßæœøłς]/g, (letter) => SPELT[letter]);
  const wordsOf = (text) => Array.from(text.matchAll(WORD), (found) => ({ start: found.index, end: found.index + found[0].length, word: fold(found[0]) }));

  // What is asked for: terms, each one or more words in a row; those in quotation marks are whole,
  // and so is a last word of one letter.
  const termsOf = (query) => Array.from(query.matchAll(/["“„«]([^"”“»]+)["”“»]|([^\s"“”„«»]+)/g), (found) => {
    const words = Array.from(fold(found[1] ?? found[2]).matchAll(/[\p{L}\p{N}]+/gu), ([word]) => word);
    return { words, whole: found[1] !== undefined || Array.from(words.at(-1) ?? "").length < 2 };
  }).filter((term) => term.words.length);

  // The same as a pattern for folded text.
  const patternOf = ({ words, whole }) => {
    const last = words.length - 1;
    const parts = words.map((word, n) => {
      const within = UNSPACED.test(word) ? "[\\p{L}\\p{N}]*" : "";
      const end = n === last && !whole ? "" : `${within}(?![\\p{L}\\p{N}])`;
      return (within ? "" : "(?<![\\p{L}\\p{N}])") + word + end;
    });
    return new RegExp(parts.join("[^\\p{L}\\p{N}]+"), "u");
  };

  // What is looked for in the words of the documents: each with its place after the first, and
  // whether it stands for all words that begin so.
  const unitsOf = ({ words, whole }) => {
    const units = [];
    let place = 0;
    words.forEach((word, n) => {
      const parts = word.split(UNSPACED).filter(Boolean);
      parts.forEach((part, at) => {
        if (!UNSPACED.test(part)) {
          const isLast = n + 1 === words.length && at + 1 === parts.length;
          units.push({ word: part, place: place++, open: isLast && !whole });
          return;
        }
        const letters = Array.from(part);
        if (letters.length === 1) units.push({ word: part, place, open: true });
        for (let m = 1; m < letters.length; m++) units.push({ word: letters[m - 1] + letters[m], place: place + m - 1, open: false });
        place += letters.length;
      });
    });
    return units;
  };

  // Where a term stands in a text: from the first letter of its first word to the last of its last.
  const fits = (word, wanted, whole) =>
    word === wanted || (!whole && word.startsWith(wanted)) || (UNSPACED.test(wanted) && word.includes(wanted));
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
    const words = wordsOf(text).filter(({ word }) => word);
    const found = terms.flatMap((term) => placesOf(term, words)).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    let reached = -1;
    return found.filter(([start, end]) => start >= reached && (reached = end));
  };

  const form = document.getElementById("ed:search");
  if (form) searchPage();
  else markHits();

  // The page of the search.

  async function searchPage() {
    const query = document.getElementById("ed:query");
    const status = document.getElementById("ed:search-status");
    const results = document.getElementById("ed:search-results");
    const root = results.dataset.root;
    const choice = (name) => form.elements.namedItem(name).value;
    const shownAtFirst = 20, passagesShown = 5, reach = 90;
    let limit = shownAtFirst;
    let waiting, last = null, turn = 0;

    // Files of data are scripts that call this function, once.
    const loading = new Map(), arrived = new Map();
    window.editionData = (name, data) => arrived.set(name, data);
    function load(name) {
      if (!loading.has(name)) {
        loading.set(name, new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = `${root}edition/${name.split("/").map(encodeURIComponent).join("/")}.js`;
          script.addEventListener("load", () => resolve(arrived.get(name)));
          script.addEventListener("error", () => { loading.delete(name); script.remove(); reject(new Error(name)); });
          document.head.append(script);
        }));
      }
      return loading.get(name);
    }

    let names, documents, firstWords;
    try {
      ({ names, documents, words: firstWords } = await load("documents"));
    } catch {
      status.textContent = say.failed;
      return;
    }
    const titles = documents.map((each) => fold(each.title));
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
    const years = documents.flatMap((each) => [each.year, each.until].filter((year) => year !== undefined));
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
    query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 200); });
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
        && (!from || (each.until ?? each.year) >= Number(from)) && (!to || each.year <= Number(to));
    }

    async function search(event, more = false) {
      clearTimeout(waiting);
      const asked = new URLSearchParams(new FormData(form)).toString();
      if (asked === last && !more) return;
      last = asked;
      const own = ++turn;
      if (!more) limit = shownAtFirst;
      remember();
      const terms = termsOf(query.value);
      if (!terms.length && ["person", "place", "kind", "language", "from", "to"].every((name) => !choice(name))) {
        results.replaceChildren();
        status.textContent = "";
        return;
      }
      results.setAttribute("aria-busy", "true");
      try {
        const places = await Promise.all(terms.map(passagesOf));
        if (own === turn) show(terms, places);
      } catch {
        if (own === turn) status.textContent = say.failed;
        last = null;
      }
      if (own === turn) results.setAttribute("aria-busy", "false");
    }

    function show(terms, places) {
      const patterns = terms.map(patternOf);
      const found = documents.map((each, at) => isChosen(each) ? hitsIn(each, at, patterns, places) : null).filter(Boolean);
      found.sort((a, b) => b.best - a.best || b.hits.length - a.hits.length);
      const passages = found.reduce((sum, each) => sum + each.hits.length, 0);
      status.textContent = found.length === 0 ? say.nothing
        : found.length === 1 ? fill(say.foundOne, passages) : fill(say.found, found.length, passages);
      results.replaceChildren(...found.slice(0, limit).map((each) => resultOf(each, terms)));
      if (found.length > limit) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = results.dataset.more;
        button.addEventListener("click", async () => {
          const at = limit;
          limit += 100;
          await search(null, true);
          results.children[at]?.querySelector("a")?.focus();
        });
        const item = document.createElement("li");
        item.append(button);
        results.append(item);
      }
    }

    // Where a term stands: by the number of the document, the numbers of passages.
    async function passagesOf(term) {
      const units = unitsOf(term);
      const [first, ...others] = await Promise.all(units.map(placesOfUnit));
      const found = new Map();
      for (const [at, passages] of first) {
        const here = others.map((other) => other.get(at));
        if (!here.every(Boolean)) continue;
        const fitting = [...passages].filter(([number, starts]) => starts.some((start) =>
          here.every((places, n) => places.get(number)?.includes(start + units[n + 1].place))));
        if (fitting.length) found.set(at, new Set(fitting.map(([number]) => number)));
      }
      return found;
    }

    // Where a word, or all words that begin so, stand: by document and passage, the places in it.
    async function placesOfUnit({ word, open }) {
      const found = new Map();
      const pattern = new RegExp(`^${word}${open ? "\\S*" : ""} (.*)$`, "gmu");
      const digits = (text) => parseInt(text, 16);
      for (const lines of await Promise.all(filesOf(word, open).map((number) => load(`words/${number}`)))) {
        for (const [, said] of lines.matchAll(pattern)) {
          for (const each of said.split(" ")) {
            const [at, places] = each.split(":");
            const document = digits(at);
            if (!found.has(document)) found.set(document, new Map());
            for (const [passage, ...starts] of places.split(",").map((text) => text.split(".").map(digits))) {
              found.get(document).set(passage, [...found.get(document).get(passage) ?? [], ...starts]);
            }
          }
        }
      }
      return found;
    }

    // The numbers of the files in which such words can be: a word may go on in the next file.
    function filesOf(word, open) {
      const last = open ? word + "\uffff" : word;
      return [...firstWords.keys()].filter((n) =>
        firstWords[n] <= last && (n + 1 === firstWords.length || firstWords[n + 1] >= word));
    }

    // All terms are in the document; passages with most of them come first.
    function hitsIn(each, at, patterns, places) {
      const weights = new Map();
      for (const [n, pattern] of patterns.entries()) {
        const here = places[n].get(at);
        if (!here && !pattern.test(titles[at])) return null;
        for (const number of here ?? []) weights.set(number, (weights.get(number) ?? 0) + 1);
      }
      const hits = Array.from(weights, ([number, weight]) => ({ number, weight }));
      hits.sort((a, b) => b.weight - a.weight || a.number - b.number);
      return { document: each, hits, best: hits[0]?.weight ?? 0 };
    }

    // A passage of a document, from the file of its texts that holds it.
    async function passageOf({ stem, parts = [0] }, number) {
      const part = parts.findLastIndex((first) => first <= number);
      return (await load(`texts/${stem}.${part}`))[number - parts[part]];
    }

    // The layer of a passage in which most of what is asked for stands.
    function layerOf(layers, terms) {
      const weights = layers.map((layer) => allPlaces(terms, layer).length);
      return layers[weights.indexOf(Math.max(...weights))];
    }

    function resultOf({ document: each, hits }, terms) {
      const item = document.createElement("li");
      const page = `${root}${encodeURIComponent(each.stem)}.html`;
      const asked = query.value.trim() ? `?q=${encodeURIComponent(query.value.trim())}` : "";
      const heading = document.createElement("h2");
      heading.append(linkTo(page + asked, each.title, terms));
      item.append(heading);
      if (each.date) {
        const date = document.createElement("span");
        date.className = "hint";
        date.textContent = each.end ? `${dateOf(each.date)} – ${dateOf(each.end)}` : dateOf(each.date);
        heading.append(" ", date);
      }
      const list = document.createElement("ul");
      for (const hit of hits.slice(0, passagesShown)) {
        const line = document.createElement("li");
        line.textContent = "…";
        if (each.language) line.lang = each.language;
        list.append(line);
        passageOf(each, hit.number).then(([id, ...layers]) => {
          const anchor = id ? `#${encodeURIComponent(id)}` : "";
          line.replaceChildren(linkTo(page + asked + anchor, snippet(layerOf(layers, terms), terms), terms));
        }, () => line.remove());
      }
      if (hits.length) item.append(list);
      return item;
    }

    // A date in figures (1959-06-18, 1959-06, 1959) in words; other dates are in words already.
    function dateOf(text) {
      const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(text) ?? [];
      if (!month) return year ? String(Number(year)) : text;
      const date = new Date(Date.UTC(2000, month - 1, day ?? 1));
      date.setUTCFullYear(Number(year));
      const language = document.documentElement.lang.replace(/^en$/, "en-GB");
      return new Intl.DateTimeFormat(language, { timeZone: "UTC", year: "numeric", month: "long", day: day && "numeric" }).format(date);
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
          if (node.data.trim() && node.parentElement.closest(`${left}, mark, ${hidden}`)) {
            // What the edition adds with a space around it divides words.
            if (node.data !== node.data.trim() && node.parentElement.matches(left)) gathered.get(node.parentElement.closest(blocks))?.push({ data: " " });
            continue;
          }
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
