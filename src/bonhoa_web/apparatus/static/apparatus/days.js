// A slider over the days on which the apparatus changed; without it there are the date box and the buttons beside it.
"use strict";
for (const box of document.querySelectorAll(".ap-slider")) {
  const stops = box.dataset.stops.trim().split(" "), form = box.closest("form"), date = form.elements.ngay;
  const slider = document.createElement("input");
  slider.type = "range"; slider.min = 0; slider.max = stops.length - 1; slider.value = box.dataset.place;
  slider.setAttribute("aria-label", box.dataset.label);
  const say = () => { date.value = stops[slider.value]; slider.setAttribute("aria-valuetext", stops[slider.value].split("-").reverse().join("/")); };
  slider.addEventListener("input", say);
  slider.addEventListener("change", () => form.requestSubmit());
  say();
  box.append(slider);
}
// Branches of the chart open in place: another day then shows the same branches.
document.addEventListener("htmx:afterSettle", () => {
  const open = new URLSearchParams(location.search).get("mo");
  for (const form of document.querySelectorAll(".ap-day")) {
    form.querySelector("input[name=mo]")?.remove();
    if (open) form.insertAdjacentHTML("afterbegin", `<input type="hidden" name="mo" value="${open.replace(/[^0-9.]/g, "")}">`);
    for (const link of form.querySelectorAll("a[href^='?']")) {
      const query = new URLSearchParams(link.getAttribute("href"));
      if (open) query.set("mo", open); else query.delete("mo");
      link.setAttribute("href", "?" + query);
    }
  }
});
