// The review page: rows and words linked both ways, keys, unit suggestions, selected words into the add form.
"use strict";
const pane = document.getElementById("van-ban");
const rows = () => Array.from(document.querySelectorAll(".rv-row"));
let current = null;

function show(id, { scroll = true, from = "" } = {}) {
  for (const old of document.querySelectorAll(".on")) old.classList.remove("on");
  current = id;
  const row = document.getElementById("row-" + id);
  if (row) { row.classList.add("on"); if (scroll && from !== "row") row.scrollIntoView({ block: "nearest" }); }
  const words = pane ? pane.querySelectorAll('.m-task[data-task="' + id + '"]') : [];
  words.forEach((w) => w.classList.add("on"));
  if (scroll && words.length && from !== "words") {
    const box = pane.getBoundingClientRect(), at = words[0].getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) pane.scrollTop += at.top - box.top - box.height / 3;
  }
}

document.addEventListener("focusin", (e) => { const row = e.target.closest(".rv-row"); if (row && row.dataset.task !== current) show(row.dataset.task, { from: "row" }); });
document.addEventListener("click", (e) => {
  const words = e.target.closest("#van-ban [data-task]");
  if (words) { show(words.dataset.task, { from: "words" }); const row = document.getElementById("row-" + words.dataset.task); if (row) row.focus({ preventScroll: false }); return; }
  const link = e.target.closest(".rv-words");
  if (link) { e.preventDefault(); const row = link.closest(".rv-row"); show(row.dataset.task, { from: "row" }); }
});
document.addEventListener("mouseover", (e) => { const row = e.target.closest && e.target.closest(".rv-row"); if (row && !current) show(row.dataset.task, { scroll: false }); });

const press = (row, selector) => { const button = row && row.querySelector(selector); if (button) button.click(); return button; };
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
  const list = rows(), at = list.findIndex((r) => r.dataset.task === current), row = list[at];
  const open = (field) => { if (press(row, ".rv-edit")) document.body.addEventListener("htmx:afterSwap", () => { const box = row.querySelector("[name=" + field + "]"); if (box) box.focus(); }, { once: true }); };
  switch (e.key) {
    case "j": case "ArrowDown": if (e.key === "ArrowDown" && !row) return; (list[Math.min(at + 1, list.length - 1)] || list[0])?.focus(); break;
    case "k": case "ArrowUp": if (e.key === "ArrowUp" && !row) return; (list[Math.max(at - 1, 0)])?.focus(); break;
    case "e": open("title"); break;
    case "l": open("lead"); break;
    case "d": open("due_on"); break;
    case "x": if (row) { const box = row.querySelector(".rv-drop"); if (box) { box.open = true; box.querySelector("input[name=reason]").focus(); } } break;
    case "m": press(row, ".rv-merge"); break;
    case "a": press(row, ".rv-accept"); break;
    case "u": document.getElementById("undo")?.click(); break;
    case "?": document.getElementById("keys")?.showModal(); break;
    default: return;
  }
  e.preventDefault();
});
document.body.addEventListener("htmx:afterSwap", () => { if (current) { const id = current; current = null; show(id); document.getElementById("row-" + id)?.focus({ preventScroll: true }); } });

// Suggestions for a unit's name.
let asked = 0;
document.addEventListener("input", async (e) => {
  const box = e.target;
  if (!box.dataset || !box.dataset.unit || box.value.length < 2) return;
  box.setAttribute("list", "units");
  const turn = ++asked;
  const answer = await fetch("/bo-may/goi-y/?q=" + encodeURIComponent(box.value), { headers: { Accept: "application/json" } });
  if (turn !== asked || !answer.ok) return;
  const list = document.getElementById("units");
  list.replaceChildren(...(await answer.json()).units.map((u) => { const o = document.createElement("option"); o.value = u.name; return o; }));
});

// Words selected in the document go into the form that adds a task.
document.getElementById("them")?.addEventListener("toggle", () => {
  const words = String(window.getSelection()).trim(), box = document.querySelector("#them [name=words]"), title = document.querySelector("#them [name=title]");
  if (words && box && !box.value) { box.value = words; if (!title.value) title.value = words.replace(/\s+/g, " "); }
});
