/**
 * Draws what the program prints on examples/ as SVG into docs/pictures, for README and docs; test/pictures.test.ts
 * compares. With a Chromium (CHROMIUM_PATH) the HTML page, too: page.png.
 */
import {execFileSync} from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {fileURLToPath, pathToFileURL} from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDER = path.join(ROOT, 'docs/pictures')
const COLUMNS = 100
const CELL = {width: 8.4, height: 18}
const MARGIN = 14
const CHANGED = new Date('2026-01-01T00:00:00Z')
const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** The pictures by name, and the words that are typed. */
export const PICTURES = {
  overview: ['examples/service'],
  context: ['context', 'examples/single-stage'],
  dockerfile: ['dockerfile', 'examples/service', '--no-times'],
  cache: ['cache', 'examples/service', '--no-times'],
}

/** What the codes of colours mean in the picture. */
const COLOURS = {31: '#c4322b', 32: '#1a7f4b', 33: '#9a6700', 36: '#0b7285'}

/** Draws what a call prints, to the letter the same in every checkout. */
export function drawPicture(words) {
  const stage = setStage()
  try {
    return drawLines(words, print(words, stage))
  } finally {
    rmSync(stage, {recursive: true})
  }
}

/** The examples with modes and times of their own: these count in a transfer, and no two checkouts have the same. */
function setStage() {
  const stage = mkdtempSync(path.join(os.tmpdir(), 'slim-check-'))
  for (const name of ['examples', '.slim-check.yaml'])
    cpSync(path.join(ROOT, name), path.join(stage, name), {recursive: true})
  for (const name of readdirSync(stage, {recursive: true})) {
    const file = path.join(stage, name)
    const {mode} = statSync(file)
    chmodSync(file, mode & 0o100 ? 0o755 : 0o644)
    utimesSync(file, CHANGED, CHANGED)
  }
  return stage
}

function print(words, stage) {
  return execFileSync(process.execPath, [path.join(ROOT, 'bin/run.js'), ...words, '--color', 'always'], {
    cwd: stage,
    encoding: 'utf8',
    // Neither an engine nor Git says anything that only this machine has.
    env: {
      PATH: '',
      HOME: stage,
      SLIM_CHECK_SPELLING: 'docker slimcheck',
      COLUMNS: String(COLUMNS),
      LC_ALL: 'C.UTF-8',
      TERM: 'xterm',
      SLIM_CHECK_NO_CACHE: '1',
    },
  })
}

function drawLines(words, output) {
  const lines = [`$ docker slimcheck ${words.join(' ')}`, '', ...output.trimEnd().split('\n')]
  const width = Math.round(COLUMNS * CELL.width + 2 * MARGIN)
  const height = lines.length * CELL.height + 2 * MARGIN
  const texts = lines.map((line, at) => {
    const y = MARGIN + (at + 1) * CELL.height - 5
    return line === '' ? '' : `<text x="${MARGIN}" y="${y}">${drawLine(line)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(lines[0])}">
<rect width="100%" height="100%" rx="8" fill="#fbfbfc" stroke="#d9dde2"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#1b1f24">
${texts.filter((text) => text !== '').join('\n')}
</g>
</svg>
`
}

/** Runs of one style. */
function drawLine(line) {
  const style = {bold: false, dim: false, colour: ''}
  return line
    .split(/(\u001b\[\d+m)/)
    .map((part) => {
      const code = /^\u001b\[(\d+)m$/.exec(part)?.[1]
      if (code !== undefined) applyCode(style, Number(code))
      return code !== undefined || part === '' ? '' : drawRun(part, style)
    })
    .join('')
}

function applyCode(style, code) {
  if (code === 0) Object.assign(style, {bold: false, dim: false, colour: ''})
  if (code === 1) style.bold = true
  if (code === 2) style.dim = true
  if (code === 22) Object.assign(style, {bold: false, dim: false})
  if (code === 39) style.colour = ''
  if (code in COLOURS) style.colour = COLOURS[code]
}

function drawRun(text, {bold, dim, colour}) {
  const fill = colour !== '' ? colour : dim ? '#5b646e' : ''
  const attributes = `${bold ? ' font-weight="700"' : ''}${fill === '' ? '' : ` fill="${fill}"`}`
  return attributes === '' ? escapeXml(text) : `<tspan${attributes}>${escapeXml(text)}</tspan>`
}

function escapeXml(text) {
  return text
    .replaceAll(' ', '\u00a0')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

async function drawPage() {
  const {chromium} = await import('playwright-core')
  const directory = mkdtempSync(path.join(os.tmpdir(), 'slim-check-'))
  const file = path.join(directory, 'page.html')
  execFileSync(
    process.execPath,
    [path.join(ROOT, 'bin/run.js'), 'context', 'examples/service', '--output', file],
    {cwd: ROOT, stdio: 'ignore'},
  )
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  const page = await browser.newPage({viewport: {width: 1100, height: 900}})
  await page.goto(pathToFileURL(file).href)
  await page.screenshot({path: path.join(FOLDER, 'page.png')})
  await browser.close()
  rmSync(directory, {recursive: true, force: true})
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(FOLDER, {recursive: true})
  for (const [name, words] of Object.entries(PICTURES))
    writeFileSync(path.join(FOLDER, `${name}.svg`), drawPicture(words))
  if (existsSync(CHROMIUM)) await drawPage()
}
