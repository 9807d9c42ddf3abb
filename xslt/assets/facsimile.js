// The images of the source beside the text: the image follows the page that is read; zones of the
// image and the lines that lie in them show each other; wheel, buttons and keys come nearer.
// Without this script the images are links.
(() => {
  "use strict";
  const list = document.getElementById("ed:facsimiles");
  const text = document.getElementById("ed:text");
  if (!list || !text) return;
  const numbers = (words) => words.split(" ").filter(Boolean).map(Number);
  const pages = Array.from(list.querySelectorAll("a"), (link) => ({
    link,
    label: link.textContent,
    anchor: document.getElementById(link.dataset.anchor),
    nearer: link.dataset.nearer,
    extent: numbers(link.dataset.extent ?? ""),
    zones: (link.dataset.zones ?? "").split(" ").filter(Boolean).map((words) => {
      const [id, ...box] = words.split(",");
      return { anchor: document.getElementById(decodeURIComponent(id)), box: box.map(Number) };
    }).filter((zone) => zone.anchor),
  })).filter((page) => page.anchor);
  if (!pages.length) return;

  const make = (name, className, parent) => {
    const made = document.createElement(name);
    made.className = className;
    parent?.append(made);
    return made;
  };
  const button = (label, sign, act, parent) => {
    const made = make("button", "", parent);
    made.type = "button";
    made.textContent = sign;
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", act);
    return made;
  };

  const panel = make("aside", "facsimile-panel");
  panel.setAttribute("aria-label", list.getAttribute("aria-label"));
  const bar = make("div", "facsimile-bar", panel);
  const frame = make("div", "facsimile-frame", panel);
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  const sheet = make("div", "facsimile-sheet", frame);
  const image = make("img", "", sheet);
  const status = make("span", "", bar);
  status.setAttribute("role", "status");
  button(list.dataset.previous, "←", () => turn(-1), bar);
  button(list.dataset.next, "→", () => turn(1), bar);
  button(list.dataset.nearer, "+", () => zoom(1.4), bar);
  button(list.dataset.farther, "−", () => zoom(1 / 1.4), bar);
  button(list.dataset.whole, "⤢", () => fit(), bar);

  const toggle = make("button", "facsimile-toggle ed");
  toggle.type = "button";
  toggle.textContent = list.dataset.show;
  toggle.addEventListener("click", () => { open(toggle.getAttribute("aria-pressed") !== "true"); store(); });
  document.getElementById("ed:tools").append(toggle);

  let at = -1;
  let view = { x: 0, y: 0, scale: 1 };
  const article = text.closest("article");
  const classes = article ? [...article.classList].filter((name) => name === "margin-notes" || name === "marginalia") : [];
  const key = "edition-facsimile";

  function store() {
    try { localStorage.setItem(key, toggle.getAttribute("aria-pressed")); } catch { /* not remembered */ }
  }
  function stored() {
    try { return localStorage.getItem(key); } catch { return null; }
  }

  function open(wanted) {
    toggle.setAttribute("aria-pressed", String(wanted));
    document.body.classList.toggle("with-facsimile", wanted);
    // The panel takes the place of the margins.
    for (const name of classes) article.classList.toggle(name, !wanted);
    if (wanted) {
      document.body.append(panel);
      follow();
    } else {
      panel.remove();
    }
  }

  // The page that is read: the last that begins above the upper third of the window.
  function follow() {
    if (!panel.isConnected) return;
    const limit = innerHeight / 3;
    let found = 0;
    pages.forEach((page, n) => { if (page.anchor.getBoundingClientRect().top < limit) found = n; });
    show(found);
  }

  function show(number) {
    if (number === at) return;
    at = number;
    nearer = null;
    const page = pages[at];
    for (const each of sheet.querySelectorAll(".zone")) each.remove();
    image.alt = page.label;
    image.src = page.link.href;
    status.textContent = page.label;
    frame.setAttribute("aria-label", page.label);
  }

  // A larger image takes the place of the one shown, in the size that this is shown in.
  let nearer = null;
  function comeNearer() {
    const page = pages[at];
    if (!page?.nearer || nearer || view.scale <= 1) return;
    nearer = new Image();
    const larger = nearer;
    larger.addEventListener("load", () => {
      if (larger !== nearer || larger.naturalWidth <= image.naturalWidth) return;
      view.scale *= image.naturalWidth / larger.naturalWidth;
      image.src = larger.src;
    });
    larger.src = page.nearer;
  }

  image.addEventListener("load", () => {
    if (nearer && image.src === nearer.src) { place(); return; }
    fit();
    const page = pages[at];
    const [left, top, width, height] = page.extent.length === 4 ? page.extent : [0, 0, image.naturalWidth, image.naturalHeight];
    for (const zone of page.zones) {
      const link = make("a", "zone", sheet);
      link.href = `#${encodeURIComponent(zone.anchor.id)}`;
      link.setAttribute("aria-label", words(zone.anchor));
      const [x, y, w, h] = zone.box;
      link.style.left = `${(x - left) / width * 100}%`;
      link.style.top = `${(y - top) / height * 100}%`;
      link.style.width = `${w / width * 100}%`;
      link.style.height = `${h / height * 100}%`;
      zone.link = link;
      for (const event of ["pointerenter", "focus"]) link.addEventListener(event, () => mark(zone));
      for (const event of ["pointerleave", "blur"]) link.addEventListener(event, () => mark(null));
    }
    markAddressed();
  });

  function turn(step) {
    const number = Math.min(Math.max(at + step, 0), pages.length - 1);
    pages[number].anchor.scrollIntoView({ block: "start" });
    show(number);
  }

  // What a zone holds: from its anchor to the next one, or the whole of an element with words.
  function range(anchor) {
    const found = document.createRange();
    if (anchor.textContent.trim()) {
      found.selectNodeContents(anchor);
      return found;
    }
    const anchors = pages.flatMap((page) => [page.anchor, ...page.zones.map((zone) => zone.anchor)]);
    const next = anchors.find((each) => anchor !== each && anchor.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
    found.setStartAfter(anchor);
    const block = anchor.parentElement.closest("p, div, li, blockquote, section");
    if (next && block.contains(next)) found.setEndBefore(next);
    else found.setEndAfter(block.lastChild);
    return found;
  }
  const words = (anchor) => range(anchor).toString().replace(/\s+/g, " ").trim().slice(0, 80);

  function mark(zone) {
    for (const page of pages) for (const each of page.zones) each.link?.classList.toggle("current", each === zone);
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("facsimile");
    if (zone) CSS.highlights.set("facsimile", new Highlight(range(zone.anchor)));
  }

  // The line that the address names.
  function markAddressed() {
    const id = decodeURIComponent(location.hash.slice(1));
    const zone = pages.flatMap((page) => page.zones).find((each) => each.anchor.id === id);
    if (zone) mark(zone);
  }
  addEventListener("hashchange", markAddressed);

  // The other way: the line under the pointer shows its zone.
  text.addEventListener("pointermove", (event) => {
    const zones = at >= 0 && panel.isConnected ? pages[at].zones : [];
    if (!zones.length) return;
    const inside = zones.find((zone) => zone.anchor.textContent.trim() && zone.anchor.contains(event.target));
    mark(inside ?? lineAt(event, zones));
  });
  text.addEventListener("pointerleave", () => mark(null));

  function lineAt(event, zones) {
    return zones.find((zone) => {
      if (zone.anchor.textContent.trim()) return false;
      return Array.from(range(zone.anchor).getClientRects()).some((box) =>
        box.left <= event.clientX && event.clientX <= box.right && box.top <= event.clientY && event.clientY <= box.bottom);
    }) ?? null;
  }

  // Nearer and farther.
  function fit() {
    const { naturalWidth: width, naturalHeight: height } = image;
    if (!width) return;
    const scale = Math.min(frame.clientWidth / width, frame.clientHeight / height);
    view = { x: (frame.clientWidth - width * scale) / 2, y: (frame.clientHeight - height * scale) / 2, scale };
    place();
  }
  function place() {
    sheet.style.width = `${image.naturalWidth * view.scale}px`;
    sheet.style.height = `${image.naturalHeight * view.scale}px`;
    sheet.style.transform = `translate(${view.x}px, ${view.y}px)`;
  }
  function zoom(factor, x = frame.clientWidth / 2, y = frame.clientHeight / 2) {
    const scale = Math.min(Math.max(view.scale * factor, 0.02), 16);
    view = { x: x - (x - view.x) * scale / view.scale, y: y - (y - view.y) * scale / view.scale, scale };
    place();
    comeNearer();
  }
  frame.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = frame.getBoundingClientRect();
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  // Moved by one pointer, brought nearer by two.
  const pointers = new Map();
  const grip = () => {
    const held = [...pointers.values()];
    const [x, y] = [0, 1].map((axis) => held.reduce((sum, at) => sum + at[axis], 0) / held.length);
    return { x, y, spread: held.length === 2 ? Math.hypot(held[0][0] - held[1][0], held[0][1] - held[1][1]) : 0 };
  };
  frame.addEventListener("pointerdown", (event) => pointers.set(event.pointerId, [event.clientX, event.clientY]));
  addEventListener("pointermove", (event) => {
    if (!pointers.has(event.pointerId)) return;
    const before = grip();
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    const after = grip();
    view.x += after.x - before.x;
    view.y += after.y - before.y;
    const box = frame.getBoundingClientRect();
    if (before.spread) zoom(after.spread / before.spread, after.x - box.left, after.y - box.top);
    else place();
  });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, (event) => pointers.delete(event.pointerId));
  frame.addEventListener("dragstart", (event) => event.preventDefault());
  frame.addEventListener("keydown", (event) => {
    const act = {
      "+": () => zoom(1.4), "-": () => zoom(1 / 1.4), 0: fit,
      ArrowLeft: () => { view.x += 40; place(); }, ArrowRight: () => { view.x -= 40; place(); },
      ArrowUp: () => { view.y += 40; place(); }, ArrowDown: () => { view.y -= 40; place(); },
    }[event.key];
    if (act && !event.ctrlKey && !event.metaKey) { event.preventDefault(); act(); }
  });
  // An image asked for by its link is shown in the panel.
  for (const page of pages) {
    for (const link of [page.link, ...page.anchor.querySelectorAll("a.facsimile")]) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        open(true);
        page.anchor.scrollIntoView({ block: "start" });
        show(pages.indexOf(page));
      });
    }
  }

  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  }, { passive: true });
  addEventListener("resize", () => { if (panel.isConnected) fit(); });
  open(stored() === null ? matchMedia("(min-width: 70rem)").matches : stored() === "true");
})();
