// Drop files on the box; without this the plain file input does the same.
"use strict";
const box = document.getElementById("drop"), input = document.getElementById("files"), chosen = document.getElementById("chosen");
const tell = () => { chosen.textContent = Array.from(input.files, (f) => f.name).join(", "); };
if (box && input) {
  input.addEventListener("change", tell);
  for (const kind of ["dragenter", "dragover"]) box.addEventListener(kind, (e) => { e.preventDefault(); box.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => box.classList.remove("over"));
  box.addEventListener("drop", (e) => { e.preventDefault(); input.files = e.dataTransfer.files; tell(); });
}
