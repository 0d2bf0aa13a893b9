// Names what Datasette's own pages leave without a name, for people who hear the page or use the keyboard.
const NAMES = {
  "select[name^=_filter_column]": "Column to filter by",
  "select[name^=_filter_op]": "How to compare",
  "input[name^=_filter_value]": "Value to compare with",
  "select[name=_sort]": "Sort by",
  "textarea": "SQL query",
  ".facet-info-name .cross": "Hide these counts",
  "li .cross": "Remove this filter",
};

function name() {
  for (const [selector, label] of Object.entries(NAMES))
    for (const field of document.querySelectorAll(`main ${selector}:not([aria-label])`))
      if (!field.labels?.length) field.setAttribute("aria-label", label);
  for (const table of document.querySelectorAll(".table-wrapper:not([tabindex])")) {
    table.tabIndex = 0; // it can be scrolled sideways
    table.setAttribute("role", "region");
    table.setAttribute("aria-label", "Rows");
  }
  let above = 1;
  for (const heading of document.querySelectorAll("main :is(h1, h2, h3, h4)")) {
    const level = Math.min(Number(heading.localName[1]), above + 1); // Datasette goes from h1 to h3
    if (level !== Number(heading.localName[1])) heading.setAttribute("aria-level", level);
    above = level;
  }
}

name();
addEventListener("load", () => setTimeout(name)); // by then the editor of SQL is there
