const LIGHT = `
  --paper: #fbfaf7; --surface: #ffffff; --sunken: #f2efe9;
  --ink: #1d1b18; --ink-soft: #57524a; --ink-faint: #716a60;
  --rule: #e8e3da; --spear: #c2410c; --shield: #1c5fa8;
  --good: #1e6b3a; --bad: #a61b2b; --warn: #7a5a00;
  --arm-1: #2b2824; --arm-2: #c62a76; --arm-3: #0b8a80; --arm-4: #a67c00;
  --arm-5: #6b7a8c; --arm-6: #8a3048; --arm-7: #6f7f00; --arm-8: #8d6e5a;`;

const DARK = `
  --paper: #141518; --surface: #1b1d21; --sunken: #24262b;
  --ink: #eeebe5; --ink-soft: #b9b4ab; --ink-faint: #98938a;
  --rule: #2b2e34; --spear: #ff9a5f; --shield: #7ab8ff;
  --good: #7fd09b; --bad: #ff9aa5; --warn: #e6c65c;
  --arm-1: #eeebe5; --arm-2: #ff7fb8; --arm-3: #4fd1c5; --arm-4: #e3b93c;
  --arm-5: #9fb0c4; --arm-6: #d9798f; --arm-7: #b9c94a; --arm-8: #c9a58c;`;

/** Styles of a report: the page's colours (src/app/styles/tokens.css), light and dark, any width. */
export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 84rem; padding: 2.5rem clamp(1rem, 4vw, 3rem) 4rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 'Inter Variable', Inter, system-ui, sans-serif;
}
h1, h2, h3, h4 { line-height: 1.2; text-wrap: balance; }
h1 { font-size: clamp(1.7rem, 5vw, 2.5rem); margin: 0 0 .5rem; letter-spacing: -.02em; }
h2 { font-size: 1.25rem; margin: 0 0 .75rem; }
h3, h4 { font-size: 1rem; margin: 0 0 .5rem; }
p { margin: 0 0 .75rem; max-width: 44rem; }
main > section { margin-top: 3rem; }
.eyebrow { color: var(--ink-faint); font-size: .85rem; margin-bottom: .25rem; }
.question { font-size: 1.15rem; color: var(--ink-soft); margin-bottom: 1.5rem; }
.aside, small { color: var(--ink-soft); font-size: .875rem; }
.columns { display: grid; gap: 1.5rem 3rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
code { font-family: ui-monospace, monospace; font-size: .85em; overflow-wrap: anywhere; }

.claims { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--rule); }
.claim { display: grid; grid-template-columns: 11rem 1fr; gap: .25rem 1.5rem; padding: .9rem 0; border-bottom: 1px solid var(--rule); }
.claim p { margin: 0; max-width: 52rem; }
.claim .state { font-weight: 600; color: var(--ink-soft); }
.claim[data-state='seen'] .state { color: var(--good); }
.claim[data-state='not seen'] .state { color: var(--bad); }
.claim[data-state='mixed'] .state { color: var(--warn); }
.claim .evidence { color: var(--ink-soft); font-size: .9rem; margin-top: .25rem; }

.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .45rem 1rem .45rem 0; text-align: right; border-bottom: 1px solid var(--rule); vertical-align: baseline; }
th:first-child { text-align: left; }
thead th { color: var(--ink-soft); font-weight: 500; vertical-align: bottom; }
tbody th { font-weight: 500; }
td, tbody th { white-space: nowrap; }
td.state { white-space: normal; min-width: 9rem; padding-right: 0; }
.arm::before { content: ''; display: inline-block; width: .7em; height: .7em; border-radius: 50%; background: var(--c); margin-right: .5em; }

.legend { display: flex; flex-wrap: wrap; gap: .35rem 1.5rem; list-style: none; padding: 0; margin: 0 0 1rem; font-size: .9rem; }
.legend svg { width: 1.75rem; height: .5rem; margin-right: .35rem; }
.plots { display: grid; gap: 1.25rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); }
figure { margin: 0; }
.plot { background: var(--surface); border: 1px solid var(--rule); border-radius: .75rem; padding: .9rem .9rem .6rem; display: flex; flex-direction: column; justify-content: space-between; }
figcaption { font-size: .85rem; color: var(--ink-soft); margin-bottom: .5rem; }
figcaption b { display: block; color: var(--ink); font-size: .95rem; font-weight: 600; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
.legend svg { display: inline-block; }
svg text { fill: var(--ink-faint); font-size: 11px; font-variant-numeric: tabular-nums; }
.rule { stroke: var(--rule); }
.curve { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; }
.band { fill: var(--c); opacity: .14; }
.dot { fill: var(--c); }

.samples { display: grid; gap: 1.5rem 2rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
.sheets { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem; }
.sheets li { font-size: .8rem; color: var(--ink-soft); }
.sheets img { display: block; width: 100%; image-rendering: pixelated; border-radius: .25rem; }
.taus { display: grid; gap: 1.5rem 2rem; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }
.histogram { margin-bottom: .75rem; }
.histogram rect { fill: var(--ink-faint); }
.tau-ca rect { fill: var(--spear); }
.tau-dm rect { fill: var(--shield); }

dl { margin: 0 0 1.5rem; font-size: .9rem; }
dl div { display: grid; grid-template-columns: 7rem 1fr; gap: 1rem; padding: .25rem 0; }
dt { color: var(--ink-soft); }
dd { margin: 0; overflow-wrap: anywhere; }
details { margin-top: 1rem; }
summary { cursor: pointer; padding: .25rem 0; }
:focus-visible { outline: 2px solid var(--shield); outline-offset: 2px; }
@media (max-width: 40rem) { .claim { grid-template-columns: 1fr; } dl div { grid-template-columns: 1fr; gap: 0; } }
@media print { body { max-width: none; } .plot, .claim { break-inside: avoid; } }
`;
