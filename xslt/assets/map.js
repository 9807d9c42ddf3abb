// The map of the places: nearer, farther, moved; a name stands where it lies on no other name and on no
// other point, or is left out.
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
    const from = Math.abs(Number(text.getAttribute("x"))), wide = text.getComputedTextLength();
    // Where the name may stand, the best place first: beside the point, below it, above it.
    const beside = [{ x: from, y: 5, anchor: "start", left: from }, { x: -from, y: 5, anchor: "end", left: -from - wide }];
    const over = [from + 12, -from - 1].map((y) => ({ x: 0, y, anchor: "middle", left: -wide / 2 }));
    const spots = [...(text.hasAttribute("text-anchor") ? beside.reverse() : beside), ...over];
    return { place, x, y, text, wide, radius: from - 4, spots };
  });
  const HIGH = 15, GAP = 2; // of a name
  const meet = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
  let view = { x: 0, y: 0, zoom: 1 };

  const show = () => {
    const [w, h] = [width / view.zoom, height / view.zoom];
    view.x = Math.min(Math.max(view.x, 0), width - w);
    view.y = Math.min(Math.max(view.y, 0), height - h);
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
    if (!svg.clientWidth) return; // not laid out yet
    // Points and names have the same size on the screen, however wide the map is.
    const size = Math.max(0.9 * width / svg.clientWidth, 0.5);
    const ordered = [...places].reverse().map((found) => ({
      ...found, left: (found.x - view.x) * view.zoom / size, top: (found.y - view.y) * view.zoom / size,
    }));
    const points = ordered.map(({ left, top, radius }) => [left - radius, top - radius, left + radius, top + radius]);
    const names = [];
    for (const [number, { place, x, y, text, wide, spots, left, top }] of ordered.entries()) {
      place.setAttribute("transform", `translate(${x} ${y}) scale(${size / view.zoom})`);
      const boxes = spots.map((spot) => [
        left + spot.left - GAP, top + spot.y - HIGH + 3, left + spot.left + wide + GAP, top + spot.y + 3,
      ]);
      const fits = (box) => box[0] > 0 && box[1] > 0 && box[2] < width / size && box[3] < height / size
        && !names.some((name) => meet(box, name));
      const first = (others) => boxes.findIndex((box) => fits(box) && !others.some((point) => meet(box, point)));
      const others = points.filter((_, other) => other !== number);
      let chosen = first(others);
      // Else its name may touch what the point itself touches.
      if (chosen < 0) chosen = first(others.filter((point) => !meet(point, points[number])));
      text.classList.toggle("covered", chosen < 0);
      if (chosen < 0) continue;
      names.push(boxes[chosen]);
      text.setAttribute("x", spots[chosen].x);
      text.setAttribute("y", spots[chosen].y);
      text.setAttribute("text-anchor", spots[chosen].anchor);
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
