import {DRAWING_SCRIPT} from './script-drawing.js'
import {LAYOUT_SCRIPT} from './script-layout.js'
import {MOVING_SCRIPT} from './script-moving.js'

const COPY_SCRIPT = `const NS = 'http://www.w3.org/2000/svg'
const byId = (id) => document.getElementById(id)

for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false
  button.addEventListener('click', () => {
    const block = byId(button.dataset.copy)
    const say = (text) => {
      button.textContent = text
      setTimeout(() => { button.textContent = 'Copy' }, 2500)
    }
    const select = () => {
      getSelection().selectAllChildren(block)
      say('Selected: press Ctrl+C')
    }
    /* A page from an insecure place has no clipboard. */
    if (!navigator.clipboard) select()
    else navigator.clipboard.writeText(block.textContent).then(() => say('Copied'), select)
  })
}
`

/** The tree that treemap-data.ts writes, and what the pictures of it share. */
const DATA_SCRIPT = `const source = byId('size-tree')
if (source === null) return
const tree = JSON.parse(source.textContent)
const {header, padding, gap, openFrom, headerFromWidth, headerFromHeight, echoShare} = tree.measures
const children = tree.names.map(() => [])
for (let node = 1; node < tree.names.length; node++) children[tree.parents[node]].push(node)
const rests = new Set(tree.rests)
const staying = tree.bytes.map((bytes, node) => bytes - tree.leavingBytes[node])
const stayingFiles = tree.files.map((files, node) => files - tree.leavingFiles[node])
const views = [...document.querySelectorAll('svg[data-view]')].map((svg) => {
  const isAfter = svg.dataset.view === 'after'
  return {
    svg, isAfter,
    values: isAfter ? staying : tree.bytes,
    files: isAfter ? stayingFiles : tree.files,
    sizes: isAfter ? tree.stays : tree.sizes,
    rects: new Map(),
    caption: svg.closest('figure').querySelector('figcaption span'),
  }
})
const facts = byId('facts')
const crumbs = byId('crumbs')
const said = byId('said')
const idle = facts.textContent
let root = 0
let current = -1
`

/**
 * What runs in the page: drawing any branch of the tree, moving about in it, copying. Text only ever becomes text
 * nodes. Without it the page is complete but still.
 */
export const PAGE_SCRIPT = `(() => {
'use strict'
${COPY_SCRIPT}
${DATA_SCRIPT}
${LAYOUT_SCRIPT}
${DRAWING_SCRIPT}
${MOVING_SCRIPT}
})()`
