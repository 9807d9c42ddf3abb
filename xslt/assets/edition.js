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
  if (views.length > 1) reading.before(group);
  const last = stored();
  choose(views.includes(last) ? last : views[0]);
})();
