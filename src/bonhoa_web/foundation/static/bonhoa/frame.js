// Small manners of the frame; every page works without it.
"use strict";
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.bh-account[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
// Ask before what cannot be undone: <button data-confirm="…">.
document.addEventListener("submit", (event) => {
  const asked = event.submitter && event.submitter.dataset.confirm;
  if (asked && !window.confirm(asked)) event.preventDefault();
});
// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    const box = document.getElementById("bh-q");
    if (box) { box.focus(); event.preventDefault(); }
  }
});
