// The review page: rows and words linked both ways, keys, saving on leaving a form, unit suggestions, selected words.
"use strict";
const pane = document.getElementById("van-ban");
const rows = () => Array.from(document.querySelectorAll(".rv-row"));
const rowOf = (id) => document.getElementById("row-" + id);
const wordsOf = (id) => (pane ? pane.querySelectorAll('.m-task[data-task="' + id + '"]') : []);
let current = null;

function show(id, { scroll = true, from = "" } = {}) {
  for (const old of document.querySelectorAll(".on")) old.classList.remove("on");
  current = id;
  const row = rowOf(id);
  if (row) { row.classList.add("on"); if (scroll && from !== "row") row.scrollIntoView({ block: "nearest" }); }
  const words = wordsOf(id);
  words.forEach((w) => w.classList.add("on"));
  if (scroll && words.length && from !== "words") {
    const box = pane.getBoundingClientRect(), at = words[0].getBoundingClientRect();
    if (at.top < box.top || at.bottom > box.bottom) pane.scrollTop += at.top - box.top - box.height / 3;
  }
}
function go(row) { if (row) { row.focus({ preventScroll: true }); row.scrollIntoView({ block: "nearest" }); } }
function say(text) { const line = document.getElementById("rv-said"); if (line) { line.textContent = text; setTimeout(() => { if (line.textContent === text) line.textContent = ""; }, 4000); } }

// --- row ↔ words
document.addEventListener("focusin", (e) => { const row = e.target.closest(".rv-row"); if (row && row.dataset.task !== current) show(row.dataset.task, { from: "row" }); });
document.addEventListener("click", (e) => {
  const words = e.target.closest("#van-ban [data-task]");
  if (words) {
    const id = words.dataset.task, row = rowOf(id);
    if (!row) { location.href = pane.dataset.review + "?dong=" + id + "#row-" + id; return; } // a row of another page
    show(id, { from: "words" }); row.focus({ preventScroll: false }); return;
  }
  const link = e.target.closest(".rv-words");
  if (link) { e.preventDefault(); show(link.closest(".rv-row").dataset.task, { from: "row" }); return; }
  const head = e.target.closest("[data-part]");
  if (head) {
    const part = document.getElementById("phan-" + head.dataset.part);
    if (part) { e.preventDefault(); pane.scrollTop += part.getBoundingClientRect().top - pane.getBoundingClientRect().top; part.querySelector(":scope > a[hx-get]")?.click(); pane.focus({ preventScroll: true }); }
    return;
  }
  if (e.target.closest(".rv-help")) document.getElementById("keys")?.showModal();
  const cancel = e.target.closest(".rv-form .rv-cancel");
  if (cancel) { e.preventDefault(); close(cancel.closest(".rv-row")); }
});
let hovered = null;
function hover(id) {
  if (hovered === id) return;
  hovered = id;
  for (const old of document.querySelectorAll(".near")) old.classList.remove("near");
  if (id) { rowOf(id)?.classList.add("near"); wordsOf(id).forEach((w) => w.classList.add("near")); }
}
document.addEventListener("mouseover", (e) => { const at = e.target.closest && e.target.closest(".rv-row, #van-ban [data-task]"); hover(at ? at.dataset.task : null); });

// --- forms of a row: saved on leaving, closed by Esc
const state = (form) => new URLSearchParams(new FormData(form)).toString();
const dirty = (form) => form && form.dataset.was !== undefined && form.dataset.was !== state(form);
function close(row) { const box = row && row.querySelector(".rv-form"); if (box) { box.replaceChildren(); go(row); } }
document.body.addEventListener("htmx:afterSettle", () => { for (const form of document.querySelectorAll(".rv-edit-form:not([data-was])")) form.dataset.was = state(form); });
document.addEventListener("focusout", (e) => {
  const form = e.target.closest && e.target.closest(".rv-form .rv-edit-form");
  if (!form || (e.relatedTarget && form.contains(e.relatedTarget))) return;
  setTimeout(() => {
    if (!form.isConnected || form.contains(document.activeElement) || form.dataset.saving) return;
    if (dirty(form)) { form.dataset.saving = "1"; form.requestSubmit(); say(form.dataset.autosave); }
  }, 150);
});
document.body.addEventListener("htmx:afterRequest", (e) => { const form = e.target.closest && e.target.closest(".rv-edit-form"); if (form) delete form.dataset.saving; });
window.addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll(".rv-form .rv-edit-form")) if (dirty(form)) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true });
});

// --- keys
const press = (row, selector) => { const button = row && row.querySelector(selector); if (button) button.click(); return button; };
function open(row, selector, field) {
  const box = row && row.querySelector(".rv-form");
  if (!press(row, selector)) return;
  box.addEventListener("htmx:afterSwap", () => { const input = box.querySelector(field); if (input) { input.focus(); if (input.select) input.select(); } }, { once: true });
}
let arrive = null; // where the focus goes after the next swap: +1 the row below
document.addEventListener("keydown", (e) => {
  if (document.querySelector("dialog[open]")) return;
  if (e.key === "Escape") { const box = e.target.closest && e.target.closest(".rv-form"); if (box) { e.preventDefault(); close(box.closest(".rv-row")); } return; }
  if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName)) return;
  const list = rows(), at = list.findIndex((r) => r.dataset.task === current), row = list[at];
  switch (e.key) {
    case "ArrowDown": case "ArrowUp": if (!row || !e.target.closest(".rv-row")) return; // elsewhere they scroll
    // falls through
    case "j": case "k": {
      const down = e.key === "j" || e.key === "ArrowDown", next = list[at + (down ? 1 : -1)];
      if (next || at < 0) go(next || list[0]); else document.getElementById(down ? "next" : "before")?.click();
      break;
    }
    case "e": open(row, ".rv-edit", "[name=title]"); break;
    case "l": open(row, ".rv-edit", "[name=lead]"); break;
    case "d": open(row, ".rv-edit", "[name=due_on]"); break;
    case "s": open(row, ".rv-split", "[name=at]"); break;
    case "x": if (row) { const box = row.querySelector(".rv-drop"); if (box) { box.open = true; box.querySelector("input[name=reason]").focus(); } } break;
    case "m": press(row, ".rv-merge"); break;
    case "a": if (press(row, ".rv-accept")) arrive = list[at + 1] ? list[at + 1].dataset.task : null; else go(list[at + 1]); break;
    case "w": { const why = row && row.querySelector(".rv-why"); if (why) why.open = !why.open; break; }
    case "u": press(document, "#undo:not([disabled])"); break;
    case "r": press(document, "#redo:not([disabled])"); break;
    case "/": document.getElementById("rv-q")?.focus(); break;
    case "?": document.getElementById("keys")?.showModal(); break;
    default: {
      const offers = /^[1-9]$/.test(e.key) && row ? row.querySelectorAll(".rv-suggest button") : [];
      if (!offers[e.key - 1]) return;
      offers[e.key - 1].click();
    }
  }
  e.preventDefault();
});
document.body.addEventListener("htmx:afterSettle", (e) => {
  if (e.target.closest && e.target.closest("#van-ban, .rv-form")) { if (current) wordsOf(current).forEach((w) => w.classList.add("on")); return; }
  const goto = document.getElementById("rows")?.dataset.goto, id = arrive || goto || current;
  arrive = null;
  if (goto) delete document.getElementById("rows").dataset.goto;
  if (id && !document.activeElement?.closest(".rv-form, .rv-find")) { current = null; show(id); rowOf(id)?.focus({ preventScroll: true }); }
});
if (location.hash.startsWith("#row-")) { go(document.getElementById(location.hash.slice(1))); } else if (/[?&]trang=/.test(location.search)) { go(rows()[0]); }

// --- suggestions for a unit's name
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

// --- words selected in the document go into the form that adds a task
document.getElementById("them")?.addEventListener("toggle", () => {
  const words = String(window.getSelection()).trim(), box = document.querySelector("#them [name=words]"), title = document.querySelector("#them [name=title]");
  if (words && box && !box.value) { box.value = words; if (!title.value) title.value = words.replace(/\s+/g, " "); }
});
