// Buttons that copy a citation.
const said = document.querySelector("[data-copied]");

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
  } catch {
    if (!copySelected(source)) return "Select the text and copy it: this browser lets no page do so.";
  }
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 2000);
  return "Copied.";
}

// For pages that a browser does not trust with the clipboard, such as those served without TLS in an office.
function copySelected(source) {
  source.closest("details").open = true;
  getSelection().selectAllChildren(source);
  return document.execCommand("copy");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => (said.textContent = await copy(button)));
}
