// From quotation to quotation by buttons or the keys j, n and k, p; and the speakers ticked, without loading the page again.
const text = document.querySelector(".text");
const walk = document.querySelector(".walk");
const form = document.querySelector("form.voices");

const marks = [...text.querySelectorAll("[data-voice]")];
const quotations = [...text.querySelectorAll(".anchor")].map((anchor) => {
  let mark = anchor.nextElementSibling;
  while (mark && mark.tagName !== "MARK") mark = mark.nextElementSibling;
  return { id: anchor.id, mark, link: mark?.querySelector("a") };
}).filter((quotation) => quotation.link);
let current = null;

const shown = () => quotations.filter((quotation) => !quotation.mark.classList.contains("dim"));

function go(step) {
  const among = shown();
  if (!among.length) return;
  const at = among.indexOf(current);
  const next = at < 0 ? nearest(among, step) : Math.min(Math.max(at + step, 0), among.length - 1);
  current = among[next];
  current.link.focus({ preventScroll: true });
  current.mark.scrollIntoView({ block: "center" });
  walk.querySelector(".place").textContent = `${next + 1} of ${among.length}: ${current.link.title}`;
}

// Where nothing was visited yet: the first one below the middle of what is seen, or the last one above it.
function nearest(among, step) {
  const below = among.findIndex((quotation) => quotation.mark.getBoundingClientRect().top >= 0);
  if (below < 0) return among.length - 1;
  return step > 0 ? below : Math.max(below - 1, 0);
}

function follow() {
  current = quotations.find((quotation) => `#${quotation.id}` === location.hash) ?? current;
}

function filter() {
  const ticked = [...form.querySelectorAll("input[name=speaker]:checked")].map((box) => box.value);
  const others = (mark) => ticked.length > 0 && !ticked.includes(mark.dataset.voice);
  marks.forEach((mark) => mark.classList.toggle("dim", others(mark)));
  const count = shown().length;
  form.querySelector("[data-filtered]").textContent = `${count} ${count === 1 ? "quotation" : "quotations"} marked`;
  const asked = new URLSearchParams(new FormData(form)).toString();
  history.replaceState(null, "", `${location.pathname}${asked && `?${asked}`}${location.hash}`);
}

document.addEventListener("keydown", (event) => {
  const step = { j: 1, n: 1, k: -1, p: -1 }[event.key];
  const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (!step || typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  event.preventDefault();
  go(step);
});
text.addEventListener("focusin", (event) => {
  const mark = event.target.closest("mark");
  current = quotations.find((quotation) => quotation.mark === mark) ?? current;
});
addEventListener("hashchange", follow);
follow();
if (quotations.length > 1) {
  walk.hidden = false;
  walk.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) go(Number(button.dataset.step));
  });
}
if (form) {
  form.addEventListener("change", filter);
  form.querySelector(".apply").hidden = true;
  form.querySelector(".all")?.remove();
}
