// Where the readings stand: at the foot, in the text, or one witness throughout. Without this script
// they are at the foot.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const reading = document.getElementById("ed:text");
  const entries = reading ? [...reading.querySelectorAll(".app")].filter((app) => own(app, ".readings")) : [];
  if (!entries.length) return;
  function own(app, selector) { return app.querySelector(`:scope > ${selector}`); }
  const witnessesOf = (variant) => variant.dataset.witnesses.split(" ").filter(Boolean);
  const witnesses = [...new Set([...reading.querySelectorAll(".variant")].flatMap(witnessesOf))].sort();

  const select = document.createElement("select");
  const choices = [["foot", words.foot], ["inline", words.inline],
    ...witnesses.map((siglum) => [`witness ${siglum}`, words.witness.replace("{1}", siglum)])];
  for (const [value, text] of choices) select.append(new Option(text, value));
  const label = document.createElement("label");
  label.className = "layers ed apparatus-choice";
  label.append(words.label + " ", select);
  document.getElementById("ed:tools").append(label);

  // In the text of a witness stands its reading; where it has none, what the edition has.
  const show = (app, kind, siglum) => {
    const readings = own(app, ".readings");
    const text = own(app, ".in-text");
    const variants = [...readings.children];
    const chosen = variants.filter((variant) => witnessesOf(variant).includes(siglum));
    const replaced = kind === "witness" && text !== null && chosen.length > 0
      && !chosen.some((variant) => variant.classList.contains("of-text"));
    readings.hidden = kind !== "inline" && !replaced;
    if (text) text.hidden = replaced;
    for (const variant of variants) variant.hidden = replaced && !chosen.includes(variant);
    readings.classList.toggle("listed", kind === "inline");
  };
  select.addEventListener("change", () => {
    const [kind, siglum] = select.value.split(" ");
    for (const app of entries) show(app, kind, siglum);
  });
})();
