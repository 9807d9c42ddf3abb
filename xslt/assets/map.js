// The map of the places: nearer, farther, moved; labels that would lie on others are left out.
// Without this script the whole map is shown, with all labels.
(() => {
  "use strict";
  const box = document.querySelector(".map");
  if (!box) return;
  const svg = box.querySelector("svg");
  const whole = svg.viewBox.baseVal;
  const [width, height] = [whole.width, whole.height];
  const places = Array.from(svg.querySelectorAll(".place"), (place) => {
    const [x, y] = place.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    const text = place.querySelector("text");
    return { place, x, y, text, from: Number(text.getAttribute("x")), ends: text.hasAttribute("text-anchor"), wide: text.getComputedTextLength() };
  });
  let view = { x: 0, y: 0, zoom: 1 };

  const show = () => {
    const [w, h] = [width / view.zoom, height / view.zoom];
    view.x = Math.min(Math.max(view.x, 0), width - w);
    view.y = Math.min(Math.max(view.y, 0), height - h);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
    if (!svg.clientWidth) return; // not laid out yet
    const taken = [];
    // Points and names have the same size on the screen, however wide the map is.
    const size = Math.max(0.9 * width / svg.clientWidth, 0.5);
    for (const { place, x, y, text, from, ends, wide } of [...places].reverse()) {
      place.setAttribute("transform", `translate(${x} ${y}) scale(${size / view.zoom})`);
      const left = (x - view.x) * view.zoom / size + (ends ? from - wide : from), top = (y - view.y) * view.zoom / size;
      const free = taken.every(([l, t, r]) => left > r || left + wide < l || Math.abs(t - top) > 19);
      text.classList.toggle("covered", !free);
      if (free) taken.push([left, top, left + wide]);
    }
  };
  const zoom = (factor, x = view.x + width / view.zoom / 2, y = view.y + height / view.zoom / 2) => {
    const to = Math.min(Math.max(view.zoom * factor, 1), 40);
    view = { x: x - (x - view.x) * view.zoom / to, y: y - (y - view.y) * view.zoom / to, zoom: to };
    show();
  };
  const at = (event) => {
    const place = svg.getBoundingClientRect();
    const scale = width / view.zoom / place.width;
    return [view.x + (event.clientX - place.left) * scale, view.y + (event.clientY - place.top) * scale, scale];
  };

  const buttons = document.createElement("div");
  buttons.className = "map-buttons";
  for (const [label, sign, act] of [
    [box.dataset.nearer, "+", () => zoom(1.6)],
    [box.dataset.farther, "−", () => zoom(1 / 1.6)],
    [box.dataset.whole, "⤢", () => zoom(0)],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.addEventListener("click", act);
    buttons.append(button);
  }
  box.prepend(buttons);

  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && view.zoom === 1 && event.deltaY > 0) return;
    event.preventDefault();
    const [x, y] = at(event);
    zoom(event.deltaY < 0 ? 1.25 : 0.8, x, y);
  }, { passive: false });
  let from = null;
  svg.addEventListener("pointerdown", (event) => { if (view.zoom > 1) from = [event.clientX, event.clientY, view.x, view.y]; });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const scale = at(event)[2];
    view.x = from[2] - (event.clientX - from[0]) * scale;
    view.y = from[3] - (event.clientY - from[1]) * scale;
    show();
  });
  addEventListener("pointerup", () => { from = null; });
  // A place reached by keyboard is brought into the view.
  svg.addEventListener("focusin", (event) => {
    const found = places.find(({ place }) => place === event.target);
    if (!found || view.zoom === 1) return;
    view.x = found.x - width / view.zoom / 2;
    view.y = found.y - height / view.zoom / 2;
    show();
  });
  new ResizeObserver(show).observe(svg);
  show();
})();
