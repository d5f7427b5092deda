"""What makes the tables of a page sort and filter in a browser, without a network."""

SCRIPT = """
"use strict";
const SORTED_FROM = 3, FILTERED_FROM = 15;

// The first number of a cell, as it is written on pages: 1,234  -0.25  12.5 %  3.1 (2.0 to 4.2)
// and gains in words: better by 2.1 points  worse by 0.3  within the noise: +0.1
function numberOf(text) {
  const plain = text.replace(/[\\u2212\\u2013]/g, "-")
    .replace(/^better by (less than )?/, "").replace(/^worse by (less than )?/, "-")
    .replace(/^within the noise: (less than )?/, "").replace(/^no change/, "0");
  const found = plain.match(/^[^\\d+-]{0,2}([+-]?\\d[\\d,]*(\\.\\d+)?)/);
  return found ? Number(found[1].replaceAll(",", "")) : NaN;
}

function compare(a, b) {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
  return Number.isNaN(x) || x === y ? a.localeCompare(b, undefined, { numeric: true }) : x - y;
}

function sortBy(table, column, head) {
  const body = table.tBodies[0];
  const descending = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const text = row => row.cells[column].textContent.trim();
  const rows = [...body.rows].sort((a, b) => {
    if (!text(a) || !text(b)) return !text(a) - !text(b);  // empty cells stay at the end
    return descending ? compare(text(b), text(a)) : compare(text(a), text(b));
  });
  body.append(...rows);
}

function addFilter(table) {
  const field = document.createElement("input"), told = document.createElement("span");
  const rows = [...table.tBodies[0].rows];
  field.type = "search";
  field.placeholder = "filter rows";
  field.setAttribute("aria-label", "show only rows with these words");
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every(word => text.includes(word));
      shown += !row.hidden;
    }
    told.textContent = words.length ? ` ${shown} of ${rows.length} rows` : "";
  });
  const line = document.createElement("p");
  line.className = "filter";
  line.append(field, told);
  table.before(line);
}

for (const table of document.querySelectorAll("table")) {
  const count = table.tBodies[0]?.rows.length ?? 0;
  if (count < SORTED_FROM || table.tHead?.rows.length !== 1) continue;
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    head.tabIndex = 0;
    head.title = "sort by this column";
    head.addEventListener("click", () => sortBy(table, column, head));
    head.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        sortBy(table, column, head);
      }
    });
  });
  if (count >= FILTERED_FROM) addFilter(table);
}
"""
