// One key for each decision, and limits by selecting words. Without this the buttons and the fields are there.
const context = document.querySelector("#context");
const correct = document.querySelector("form.correct");
const switchKeys = document.querySelector("#keys");
let selected = null;
let sent = false;

for (const part of document.querySelectorAll(".script")) part.hidden = false;

// Keys can be turned off: some people speak to their computers.
const remembered = () => { try { return localStorage.getItem("review-keys") !== "off"; } catch { return true; } };
function setKeys(on) {
  document.body.classList.toggle("keyed", on);
  switchKeys.setAttribute("aria-pressed", String(on));
  switchKeys.firstChild.textContent = on ? "Keys are on" : "Keys are off";
}
switchKeys.addEventListener("click", () => {
  const on = !document.body.classList.contains("keyed");
  try { localStorage.setItem("review-keys", on ? "on" : "off"); } catch { /* then they are on again next time */ }
  setKeys(on);
});
setKeys(remembered());

document.addEventListener("keydown", (event) => {
  const target = event.target;
  const writes = target.closest("input, select, textarea");
  const presses = target.closest("a, button, summary") && (event.key === " " || event.key === "Enter");
  if (writes || presses || sent || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!document.body.classList.contains("keyed")) return;
  const meant = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!meant) return;
  event.preventDefault();
  if (meant.matches("input, select")) meant.focus();
  else meant.click();
});
document.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener("pageshow", () => { sent = false; });

// Offsets count Unicode characters, as the index does.
function offset(node, at) {
  const range = document.createRange();
  range.setStart(context, 0);
  range.setEnd(node, at);
  return [...range.toString()].length;
}
function remember() {
  const selection = getSelection();
  if (!context || !selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!context.contains(range.startContainer) || !context.contains(range.endContainer)) return;
  const words = range.toString();
  if (!words.trim()) return;
  const from = Number(context.dataset.first) + offset(range.startContainer, range.startOffset);
  const before = [...words.match(/^\s*/)[0]].length;
  selected = { start: from + before, words: words.trim() };
}
document.addEventListener("selectionchange", remember);
document.querySelector("#use-selection")?.addEventListener("click", () => {
  const chosen = document.querySelector("#chosen");
  remember();
  if (!selected) {
    chosen.textContent = "Select words in the paragraph first.";
    return;
  }
  correct.elements.words.value = selected.words;
  correct.elements.place.value = `${selected.start}:${selected.start + [...selected.words].length}`;
  chosen.textContent = "Taken. Save the correction to keep it.";
});
correct?.elements.words.addEventListener("input", () => { correct.elements.place.value = ""; });
