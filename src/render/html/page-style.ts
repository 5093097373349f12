import {STACK_STYLE} from './render-table.js'

/** Colours of kinds by class: of the tile in light and in dark, pale or deep enough for text on top. */
const KINDS: readonly (readonly [name: string, light: string, dark: string])[] = [
  ['k0', '#d4d9df', '#3f4650'],
  ['k1', '#a9c7e8', '#2d527f'],
  ['k2', '#f1c48f', '#7d5121'],
  ['k3', '#a8d3ac', '#2f6239'],
  ['k4', '#ceb8e4', '#583f80'],
  ['k5', '#eab0b5', '#7f3a47'],
  ['k6', '#93d1cb', '#1d605c'],
  ['k7', '#e5d68a', '#675a17'],
  ['k8', '#d6bca3', '#66492f'],
  ['k9', '#b7bec8', '#555f6c'],
]

/** The style of the page: one column, two on wide screens; light, dark, and on paper. */
export const PAGE_STYLE = `
:root {
  color-scheme: light;
  --paper: #fff; --panel: #f6f7f8; --ink: #1b1f24; --muted: #5b646e; --line: #dfe3e7;
  --accent: #12705a; --accent-soft: #cfe8df; --bar: #c9cfd6;
  --error: #b3261e; --error-soft: #fbe4e1; --warning: #855100; --warning-soft: #fbeccd; --info: #3d5a80; --info-soft: #e2eaf4;
  --hatch: rgb(20 24 30 / .3); --edge: #fff;
${KINDS.map(([name, light]) => `  --${name}: ${light};`).join('\n')}
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --paper: #131619; --panel: #1b1f24; --ink: #e7eaed; --muted: #9ba5b0; --line: #2d333a;
    --accent: #63c9a8; --accent-soft: #1d4639; --bar: #434b55;
    --error: #ff9d94; --error-soft: #4a211e; --warning: #f2c063; --warning-soft: #45340f; --info: #a9c4ea; --info-soft: #24344a;
    --hatch: rgb(0 0 0 / .5); --edge: #131619;
${KINDS.map(([name, , dark]) => `    --${name}: ${dark};`).join('\n')}
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100% }
header, main, body > footer { max-width: 1240px; margin-inline: auto; padding-inline: clamp(16px, 3vw, 32px) }
h1, h2, h3, p, ul, ol, dl, dd, figure, pre, table { margin: 0; padding: 0 }
ul, ol { list-style: none }
h2 { font-size: 17px; font-weight: 650; letter-spacing: -.005em; margin-bottom: 14px }
code, pre { font: .92em/1.5 ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
code.command span { display: inline-block; max-width: 100% }
section { padding-block: 30px; border-top: 1px solid var(--line) }
section.first { border-top: 0; padding-top: 8px }
.muted, figcaption span, small { color: var(--muted) }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
[hidden] { display: none !important }
.skip { position: absolute; left: -999px }
.skip:focus { left: 12px; top: 8px; background: var(--paper); padding: 4px 10px }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }

.top { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 24px; padding-block: 26px 18px }
.top h1 { font-size: 15px; font-weight: 650 }
.top h1 code { font-weight: 500; margin-left: 6px }
.top p { color: var(--muted) }

.figures { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 18px; font-variant-numeric: tabular-nums }
.figures .size { font-size: clamp(38px, 7vw, 64px); line-height: 1.1; font-weight: 600; letter-spacing: -.03em }
.figures .arrow { font-size: clamp(26px, 4vw, 40px); color: var(--muted); font-weight: 300 }
.figures .after { color: var(--accent) }
.figures .pair { white-space: nowrap }
.figures .pair .arrow { margin-right: 12px }
.figures .less { font-size: 17px; font-weight: 600; color: var(--accent); white-space: nowrap }
.proportion { height: 8px; border-radius: 4px; background: var(--bar); overflow: hidden; margin: 16px 0 26px }
.proportion span { display: block; height: 100%; min-width: 2px; background: var(--accent) }
.space { height: 22px }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(160px, 1fr)); gap: 18px 24px }
.facts dt { color: var(--muted); font-size: 13.5px }
.facts dd { font-size: 19px; font-variant-numeric: tabular-nums; letter-spacing: -.01em }
.facts dd span { white-space: nowrap }
.facts dd i { color: var(--muted); padding-inline: 3px; font-style: normal }
.lead { color: var(--muted); margin-top: 4px }

.maps { display: grid; grid-template-columns: 1fr 1fr; gap: 24px }
.maps.one { grid-template-columns: 1fr }
figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; padding-bottom: 6px; font-weight: 600 }
figcaption span { font-weight: 400; font-variant-numeric: tabular-nums }
figure svg { display: block; width: 100%; height: auto; aspect-ratio: 608/430; background: var(--panel); border-radius: 4px; overflow: hidden; user-select: none }
.one svg { aspect-ratio: 1240/460 }
.tiles rect { stroke: var(--edge); stroke-width: .6px; cursor: pointer }
.tiles .frame { fill-opacity: .42 }
.tiles .on { stroke: var(--ink); stroke-width: 2; paint-order: stroke }
.tiles rect:focus { outline: none }
.tiles rect:focus-visible { stroke: var(--ink); stroke-width: 3 }
.hatching rect { fill: url(#hatch); pointer-events: none }
#hatch path { stroke: var(--hatch); stroke-width: 1.1 }
.labels text { font-size: 11.5px; fill: var(--ink); pointer-events: none; paint-order: stroke; stroke-width: 3.5px; stroke-linejoin: round; unicode-bidi: isolate; direction: ltr }
.labels .size { fill: var(--ink); fill-opacity: .75; font-variant-numeric: tabular-nums }
.labels text.head { stroke: none }
.labels .none { text-anchor: middle; fill: var(--muted); font-size: 14px }
${KINDS.map(([name]) => `.tiles .${name} { fill: var(--${name}) } .labels .${name} { stroke: var(--${name}) } i.${name} { background: var(--${name}) }`).join('\n')}
.facts-line { min-height: 3.1em; padding-top: 10px; color: var(--muted); font-size: 14px; overflow-wrap: anywhere }
.facts-line bdi { color: var(--ink); font: 13.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; margin-right: 12px }
.live-only { visibility: hidden }
.live .live-only { visibility: visible }
.title { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 22px; margin-bottom: 12px }
.title h2 { margin: 0 }
.crumbs { display: flex; flex-wrap: wrap; font-size: 14px; overflow-wrap: anywhere }
.crumbs li:not(:last-child)::after { content: "/"; color: var(--muted); padding-inline: 7px }
.crumbs button { font: inherit; color: var(--accent); background: none; border: 0; padding: 0; cursor: pointer; text-decoration: underline; text-underline-offset: 3px; text-decoration-thickness: 1px }
.legend { display: flex; flex-wrap: wrap; gap: 4px 22px; font-size: 13.5px; padding-top: 6px }
.legend i { display: inline-block; width: 12px; height: 12px; border-radius: 2px; margin-right: 7px; vertical-align: -1px }
.legend svg { margin-right: 7px; vertical-align: -1px; background: var(--k0); border-radius: 2px }
.legend svg rect { fill: url(#hatch) }
.legend span { color: var(--muted); margin-left: 2px; font-variant-numeric: tabular-nums }

table { width: 100%; border-collapse: collapse; font-size: 14.5px }
th { text-align: left; font-weight: 500; color: var(--muted); font-size: 13px; padding: 0 14px 6px 0; white-space: nowrap; vertical-align: bottom }
td { padding: 7px 14px 7px 0; border-top: 1px solid var(--line); vertical-align: top }
th.number { text-align: right }
th:last-child, td:last-child { padding-right: 0 }
tfoot td { font-weight: 600 }
.scroll { overflow-x: auto }
.bar { width: 22%; min-width: 60px }
.bar span { display: block; height: 9px; margin-top: 7px; border-radius: 2px; min-width: 2px; background: var(--bar) }

.badge { display: inline-block; font-size: 12.5px; font-weight: 600; line-height: 20px; padding: 0 8px; border-radius: 10px; white-space: nowrap }
.safe, .pass { color: var(--accent); background: var(--accent-soft) }
.review, .warning { color: var(--warning); background: var(--warning-soft) }
.blocked, .info { color: var(--info); background: var(--info-soft) }
.error, .fail { color: var(--error); background: var(--error-soft) }
.list > li { display: grid; grid-template-columns: 78px 1fr auto; gap: 0 14px; padding-block: 11px; border-top: 1px solid var(--line); break-inside: avoid }
.list > li:first-child { border-top: 0; padding-top: 2px }
.list p { color: var(--muted); font-size: 14px; overflow-wrap: anywhere; max-width: 80ch }
.list .name { color: var(--ink); font-size: 15px; font-weight: 500 }
.list .number { font-weight: 500 }
.list .number small { display: block; font-weight: 400 }
.group { font-size: 14px; font-weight: 600; margin: 18px 0 8px }
.lines { position: relative; margin-top: 18px; background: var(--panel); border-radius: 6px; padding: 12px 16px; break-inside: avoid }
.lines p { font-size: 13.5px; color: var(--muted); margin-bottom: 6px; padding-right: 90px }
.lines pre { white-space: pre-wrap }
.lines button { position: absolute; top: 10px; right: 12px; font: 500 13px/1 inherit; font-family: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 5px; padding: 7px 12px; cursor: pointer }
.lines button:hover { border-color: var(--muted) }
.empty { color: var(--muted) }
body > footer { color: var(--muted); font-size: 13px; padding-block: 0 40px }
body > footer p { border-top: 1px solid var(--line); padding-top: 20px }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }

@media (max-width: 860px) {
  .maps { grid-template-columns: 1fr }
  .one svg { aspect-ratio: 608/430 }
}
@media (max-width: 560px) {
  section { padding-block: 24px }
  .list > li { grid-template-columns: 1fr auto; gap: 4px 14px }
  .list > li > :nth-child(2) { order: 3; grid-column: 1 / -1 }
  .facts { grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)) }
  .bar, .wide { display: none }
}
@media (max-width: 560px) { pre { white-space: pre-wrap } }
${STACK_STYLE}@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important } }
@media print {
  @page { margin: 14mm }
  :root { --hatch: rgb(0 0 0 / .55) }
  body { font-size: 10.5pt }
  header, main, body > footer { max-width: none; padding-inline: 0 }
  section { padding-block: 14pt; break-inside: auto }
  h2 { break-after: avoid }
  tr, figure, .legend, .facts { break-inside: avoid }
  .maps, .maps.one { grid-template-columns: 1fr }
  figure svg { aspect-ratio: auto }
  .figures .size { font-size: 34pt }
  .facts { grid-template-columns: repeat(4, 1fr) }
  .facts dt { font-size: 8.5pt }
  .facts dd { font-size: 11pt }
  .live-only, .lines button, .skip { display: none !important }
  .proportion, .proportion span, .bar span, .badge, .legend i, .legend svg, figure svg { print-color-adjust: exact; -webkit-print-color-adjust: exact }
  .badge { border: 1px solid }
  .scroll { overflow: visible }
}
`
