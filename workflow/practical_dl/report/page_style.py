"""How the pages look: on a desktop, on a phone and on paper."""

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 100rem;
        padding: 0 1rem; color: #1a1a1a; }
h1, h2, h3, p, pre, figcaption { max-width: 70rem; }
h1 { font-size: 1.6rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; }
.finding { font-size: 1.1em; border-left: 5px solid #0072B2; background: #eef5fa;
            padding: 0.7rem 1rem; box-sizing: border-box; }
figure { margin: 1rem 0; }
img { max-width: min(100%, 70rem); height: auto; }
pre { white-space: pre-wrap; background: #f6f6f6; padding: 0.5rem 1rem; }
figcaption { color: #444; }
details { margin: 1rem 0; max-width: 70rem; }
summary { cursor: pointer; color: #00558a; padding: 0.2rem 0; }
details pre { font-size: 0.85em; overflow-x: auto; }
.better { color: #00664a; }
.worse { color: #a63c00; }
table { border-collapse: separate; border-spacing: 0; display: block; overflow-x: auto;
         width: fit-content; max-width: 100%; font-size: 0.92em;
         background: linear-gradient(to right, white 1rem, transparent) 0 / 3rem 100% local,
                     linear-gradient(to left, white 1rem, transparent) 100% / 3rem 100% local,
                     linear-gradient(to right, #0004, transparent) 0 / 1rem 100% scroll,
                     linear-gradient(to left, #0004, transparent) 100% / 1rem 100% scroll;
         background-repeat: no-repeat; }  /* a shadow where a wide table goes on */
th, td { padding: 0.3rem 0.6rem; text-align: left; border-bottom: 1px solid #ddd; }
td { font-variant-numeric: tabular-nums; }
th[tabindex] { cursor: pointer; }
th[tabindex]:hover, th[tabindex]:focus { text-decoration: underline; }
th[aria-sort]::after { content: " \\25B2"; }
th[aria-sort=descending]::after { content: " \\25BC"; }
.filter { margin: 0.3rem 0; }
.filter input { font: inherit; padding: 0.2rem 0.5rem; width: min(20rem, 100%); }
th:first-child, td:first-child { min-width: 8rem; max-width: 30rem; position: sticky; left: 0;
                                  background: white; }
@media (max-width: 40rem) {
  body { font-size: 15px; margin: 0.5rem auto; padding: 0 0.6rem; }
  h1 { font-size: 1.3rem; }
  th, td { padding: 0.25rem 0.4rem; min-width: 5rem; }
  th:first-child, td:first-child { min-width: 5rem; max-width: 8rem; overflow-wrap: break-word; }
  .picture { --fade: clamp(0px, 4.5rem * var(--inches) + 1.2rem - 100vw, 1.5rem); overflow-x: auto;
              mask-image: linear-gradient(to left, transparent, black var(--fade)); }
  .picture img { max-width: calc(4.5rem * var(--inches)); margin-right: var(--fade); }
}
@media print {
  .filter { display: none; }
  body { font-size: 10pt; max-width: none; margin: 0; }
  table { display: table; background: none; font-size: 8pt; }
  thead { display: table-header-group; }
  tr, figure, .finding { break-inside: avoid; }
  h1, h2 { break-after: avoid; }
  .finding, pre { background: none; }
  details::details-content { content-visibility: visible; }
}
"""
