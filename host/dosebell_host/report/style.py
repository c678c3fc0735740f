"""How the report looks: on a screen, light or dark, wide or narrow, and on paper.

What its pictures and tables need stands apart: the page shows them, too, with the same rules.
"""

_LOOK = """
:root { color-scheme: light dark; --ink: #1f2328; --paper: #fff; --line: #c9d1d9; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117;
  --line: #3d444d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 8px; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 15px/1.4 'Segoe UI', 'DejaVu Sans', Verdana, Helvetica, Arial, sans-serif; }
h1 { font-size: 1.5em; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1em; margin: 1em 0 .2em; overflow-wrap: anywhere; }
p, ul { margin: .2em 0; }
ul { padding-left: 1.2em; }
header, .foot { overflow-wrap: anywhere; }
.foot { color: var(--muted); font-size: .85em; margin-top: 1em; }
"""

# Whoever shows them says `--line`, and what it is on in `color`.
FIGURES = """
:root { --muted: #57606a; --green: #116329; --amber: #8a5a00; --red: #b3261e; }
@media screen and (prefers-color-scheme: dark) { :root { --muted: #9da7b1; --green: #56d364;
  --amber: #e3b341; --red: #ff7b72; } }
.rules { color: var(--muted); overflow-wrap: anywhere; }
.pictures { display: grid; gap: 4px 14px; align-items: start;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, max(290px, 45%)), 1fr)); }
.pictures figure { min-width: 0; margin: 0; break-inside: avoid; }
.pictures svg { width: 100%; max-width: 480px; height: auto; display: block; }
figcaption { color: var(--muted); font-size: .85em; }
.measures td { white-space: nowrap; }
.measures th { min-width: 5em; }
.measures th[scope=row] { min-width: 12em; }
.measures td:nth-last-child(2) { white-space: normal; min-width: 7em; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 0; margin: .5em 0; }
.legend li { list-style: none; display: flex; align-items: center; gap: 5px; }
.legend svg { flex: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85em; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: .4em 0 .2em; }
th, td { border-bottom: 1px solid var(--line); padding: 2px 6px; text-align: left;
  vertical-align: top; }
th[scope=row] { font-weight: 600; min-width: 7em; }
details { margin: .3em 0; }
summary { cursor: pointer; color: var(--muted); font-size: .85em; padding: 4px 0; }
.taken { color: var(--green); }
.late, .partly { color: var(--amber); }
.missed, .skipped { color: var(--red); }
.unknown, .off, .open { color: var(--muted); }
"""

SCREEN = _LOOK + FIGURES

PAPER = """
@page { margin: 10mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 8.4pt; line-height: 1.25; }
  h1 { font-size: 13pt; }
  h1, h1 + p { display: inline; }
  h1 + p { margin-left: 2mm; }
  h2 { font-size: 9pt; margin: 1.6mm 0 0; }
  .screen, details { display: none; }
  .dose { break-inside: avoid; }
  .dose h2, h2 + .rules { display: inline; }
  .rules { margin-left: 1mm; }
  .dose ~ .dose figcaption { display: none; }
  .dose { margin-top: .5mm; }
  .pictures { gap: 0 4mm; }
  header ul { margin: .5mm 0; }
  .pictures svg { max-width: 345px; }
  table { font-size: 7.2pt; }
  .measures table { width: 100%; margin-top: 1mm; }
  .measures th { min-width: 0; }
  .measures caption { display: none; }
  .measures th[scope=row] { min-width: 34mm; }
  .measures td:nth-last-child(2) { min-width: 22mm; }
  .measures th:last-child { min-width: 14mm; }
  .scroll { overflow: visible; }
  th, td { padding: .2mm .8mm; }
  .foot { font-size: 7.2pt; margin-top: 1mm; }
  .foot p { margin: .3mm 0; }
  figcaption { font-size: 7.2pt; }
  .legend { margin: .7mm 0; gap: 0 3mm; font-size: 7.8pt; }
  .legend svg { width: 10px; height: 10px; }
}
"""
