// In the margin of a wide screen there is room for the contents.
(() => {
  "use strict";
  const contents = document.querySelector(".edition-text:not(.marginalia) details.contents");
  if (contents && matchMedia("(min-width: 84rem)").matches) contents.open = true;
})();

// The layers of the text: both, as in the source, for reading. Without this script, both are shown.
(() => {
  "use strict";
  const main = document.getElementById("ed:main");
  const reading = document.getElementById("ed:text");
  if (!main || !reading) return;
  if (!reading.querySelector(".layer-diplomatic, .layer-reading, .supplied")) return;
  const views = main.dataset.views.split(" ");
  const key = "edition-layer";
  const stored = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const store = (value) => { try { localStorage.setItem(key, value); } catch { /* not remembered */ } };
  const group = document.createElement("fieldset");
  group.className = "layers ed";
  const legend = document.createElement("legend");
  legend.textContent = main.dataset.layers;
  group.append(legend);
  const choose = (layer) => {
    document.documentElement.dataset.layer = layer;
    for (const button of group.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === layer));
    }
  };
  for (const layer of views) {
    const button = document.createElement("button");
    button.type = "button";
    button.value = layer;
    button.textContent = main.dataset[layer];
    button.addEventListener("click", () => { choose(layer); store(layer); });
    group.append(button);
  }
  if (views.length > 1) document.getElementById("ed:tools").append(group);
  const last = stored();
  choose(views.includes(last) ? last : views[0]);
})();

// Notes and entries of the apparatus open where they are called, unless they stand beside it. Without
// this script, or in a browser that knows no popovers, the call leads to the note.
(() => {
  "use strict";
  const main = document.getElementById("ed:main");
  const calls = main?.querySelectorAll("a.call") ?? [];
  if (!calls.length || !("popover" in HTMLElement.prototype)) return;
  const make = (name, className, parent) => {
    const made = document.createElement(name);
    made.className = className;
    parent.append(made);
    return made;
  };
  const box = make("div", "note-box", main);
  box.popover = "auto";
  box.setAttribute("role", "dialog");
  const bar = make("div", "note-bar ed", box);
  const origin = make("a", "", bar);
  const close = make("button", "", bar);
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", main.dataset.close);
  close.addEventListener("click", () => box.hidePopover());
  origin.addEventListener("click", () => box.hidePopover());
  let caller = null;

  const isBeside = (note) => {
    const { top, bottom } = note.getBoundingClientRect();
    return getComputedStyle(note).position === "absolute" && top >= 0 && bottom <= innerHeight;
  };
  const fill = (call, note) => {
    const copy = note.querySelector(".note-text").cloneNode(true);
    for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
    box.querySelector(".note-text")?.remove();
    box.append(copy);
    for (const name of ["lang", "dir"]) {
      const said = note.closest(`[${name}]`);
      if (said) copy.setAttribute(name, said.getAttribute(name));
    }
    const label = `${note.closest("section")?.querySelector("h2")?.textContent ?? ""} ${call.textContent}`.trim();
    box.setAttribute("aria-label", label);
    origin.textContent = label;
    origin.href = call.getAttribute("href");
  };
  // Below its call, within the window; on small screens the style sheet puts it at the foot.
  const place = (call) => {
    const at = call.getBoundingClientRect();
    const left = Math.min(Math.max(at.left - box.offsetWidth / 3, 8), document.documentElement.clientWidth - box.offsetWidth - 8);
    const below = at.bottom + 6 + box.offsetHeight <= innerHeight || at.top < box.offsetHeight + 6;
    box.style.setProperty("--left", `${left + scrollX}px`);
    box.style.setProperty("--top", `${(below ? at.bottom + 6 : at.top - box.offsetHeight - 6) + scrollY}px`);
  };
  for (const call of calls) {
    call.addEventListener("click", (event) => {
      const note = document.getElementById(decodeURIComponent(call.hash.slice(1)));
      if (!note?.querySelector(".note-text") || isBeside(note) || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      fill(call, note);
      caller = call;
      box.showPopover();
      place(call);
      close.focus({ preventScroll: true });
    });
  }
  box.addEventListener("toggle", (event) => {
    if (event.newState === "closed" && box.contains(document.activeElement)) caller?.focus({ preventScroll: true });
  });
})();

// The parts of a verse that speakers share begin where the part before ends. Without this script
// they are indented alike.
(() => {
  "use strict";
  const parts = [...document.querySelectorAll(".l.part-I, .l.part-M, .l.part-F")];
  if (!parts.some((part) => !part.classList.contains("part-I"))) return;
  const words = document.createRange();
  const widthOf = (part) => {
    words.selectNodeContents(part);
    const number = part.querySelector(".line-number");
    if (number) words.setEndBefore(number);
    return words.getBoundingClientRect().width;
  };
  const set = () => {
    for (const part of parts) part.style.removeProperty("padding-inline-start");
    const widths = parts.map((part) => [widthOf(part), part.clientWidth]);
    let end = 0;
    parts.forEach((part, n) => {
      const [width, room] = widths[n];
      const start = part.classList.contains("part-I") ? 0 : end;
      const fits = start > 0 && start + width < room * 0.95;
      // What is too long to follow stays where the style sheet puts it.
      if (fits) part.style.setProperty("padding-inline-start", `calc(${start}px + 2.3em)`);
      end = fits || start === 0 ? start + width : 0;
    });
  };
  document.fonts.ready.then(set);
  addEventListener("resize", set);
})();
