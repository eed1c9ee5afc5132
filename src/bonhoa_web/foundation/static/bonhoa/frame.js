// Small manners of the frame; every page works without it.
"use strict";
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.bh-account[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
// Ask before what cannot be undone: <button data-confirm="…">. First of all listeners, so that a no also holds for htmx.
// The answer goes with the form; without JavaScript the server asks (confirm.py).
document.addEventListener("submit", (event) => {
  const asked = event.submitter && event.submitter.dataset.confirm;
  if (!asked) return;
  if (!window.confirm(asked)) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  if (event.target.elements.sure) return;
  const sure = document.createElement("input");
  sure.type = "hidden"; sure.name = "sure"; sure.value = "1";
  event.target.append(sure);
}, true);
// Names of units while typing: <input data-suggest="/address/">. A name that several have comes with its code.
let turn = 0;
document.addEventListener("input", async (event) => {
  const box = event.target, address = box.dataset && box.dataset.suggest;
  if (!address || box.value.trim().length < 2) return;
  const mine = ++turn;
  const answer = await fetch(address + "?q=" + encodeURIComponent(box.value), { headers: { Accept: "application/json" } });
  if (mine !== turn || !answer.ok) return;
  const units = (await answer.json()).units;
  let list = document.getElementById("bh-suggested");
  if (!list) { list = document.createElement("datalist"); list.id = "bh-suggested"; document.body.append(list); }
  box.setAttribute("list", list.id);
  list.replaceChildren(...units.map((unit) => {
    const option = document.createElement("option"), alone = units.filter((u) => u.name === unit.name).length === 1;
    option.value = alone ? unit.name : unit.name + " (" + unit.code + ")";
    return option;
  }));
});
// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    const box = document.getElementById("bh-q");
    if (box) { box.focus(); event.preventDefault(); }
  }
});
