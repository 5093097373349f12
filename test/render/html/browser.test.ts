import assert from 'node:assert/strict'
import {existsSync, writeFileSync} from 'node:fs'
import path from 'node:path'
import {pathToFileURL} from 'node:url'
import {type Browser, type BrowserContextOptions, chromium, type Locator, type Page} from 'playwright-core'
import {renderHtml} from '../../../src/render/html/render-html.js'
import type {ContextReport} from '../../../src/report/context-report.js'
import {skipUnless} from '../../helpers/skip.js'
import '../../helpers/starts-programs.js'
import {makeTemporaryDirectory, removeTree} from '../../helpers/tree.js'
import {HOSTILE, LEAN, REPORT, SEVERAL, TREE} from './sample.js'

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const COLOURS = ['k0', 'k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9']

/** Runs in the page: a colour as the browser paints it, and how two of them contrast by WCAG. */
const CONTRASTS = `(names) => {
  const channels = (colour) => {
    const canvas = document.createElement('canvas').getContext('2d')
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((value) => value / 255)
  }
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const style = getComputedStyle(document.documentElement)
  return names.map(([one, other]) => {
    const [low, high] = [one, other].map((name) => luminance(style.getPropertyValue('--' + name))).sort((a, b) => a - b)
    return {pair: one + ' on ' + other, ratio: (high + 0.05) / (low + 0.05)}
  })
}`

describe('the page in a browser', () => {
  let browser: Browser
  let directory = ''
  /** What no page may cause: errors, and requests for anything but itself. */
  const complaints: string[] = []

  before(async function () {
    skipUnless(this, existsSync(CHROMIUM), `no Chromium at ${CHROMIUM}; CHROMIUM_PATH may name one`)
    directory = makeTemporaryDirectory()
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({executablePath: CHROMIUM, args})
  })

  after(async () => {
    await browser?.close()
    if (directory !== '') removeTree(directory)
  })

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close()
    assert.deepEqual(complaints.splice(0), [])
  })

  async function openPage(
    report: ContextReport = REPORT,
    options: BrowserContextOptions = {},
  ): Promise<Page> {
    const file = path.join(directory, 'report.html')
    writeFileSync(file, renderHtml(report, TREE))
    const context = await browser.newContext({viewport: {width: 1280, height: 900}, ...options})
    const page = await context.newPage()
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(request.url())
    })
    await page.goto(pathToFileURL(file).href)
    return page
  }

  function tiles(page: Page, view: 'before' | 'after'): Locator {
    return page.locator(`svg[data-view=${view}] .tiles rect`)
  }

  function tile(page: Page, name: string, view: 'before' | 'after' = 'before'): Locator {
    return page.locator(`svg[data-view=${view}] .tiles rect[aria-label^="${name}, "]`)
  }

  async function crumbsOf(page: Page): Promise<string[]> {
    return page.locator('#crumbs li').allTextContents()
  }

  /** Clicks where nothing lies over a directory: in its header. */
  async function clickHeader(target: Locator): Promise<void> {
    await target.click({position: {x: 12, y: 8}})
  }

  it('shows the numbers', async () => {
    const page = await openPage()
    const figures = await page.locator('.figures').innerText()
    assert.equal(figures.replace(/\s+/g, ' '), '1.24 GB →18.3 MB 98.5 % less')
  })

  it('lays out by script as it was laid out when rendered', async () => {
    const still = await openPage(REPORT, {javaScriptEnabled: false})
    const live = await openPage()
    await live.addStyleTag({content: 'figure svg {width: 608px !important; height: 430px !important}'})
    // Not waitForFunction: it compiles text in the page, which the page's policy forbids.
    for (const view of ['before', 'after']) {
      await live.locator(`svg[data-view=${view}][viewBox="0 0 608 430"]`).waitFor()
    }
    for (const view of ['before', 'after'] as const) {
      const read = (rects: Locator): Promise<string[]> =>
        rects.evaluateAll((all) =>
          all.map((rect) =>
            ['x', 'y', 'width', 'height', 'class'].map((name) => rect.getAttribute(name)).join(' '),
          ),
        )
      const expected = await read(tiles(still, view))
      assert.ok(expected.length > 10)
      assert.deepEqual(await read(tiles(live, view)), expected)
      const labels = `svg[data-view=${view}] .labels text`
      assert.equal(await live.locator(labels).count(), await still.locator(labels).count())
    }
  })

  it('takes hostile names for nothing but text', async () => {
    const page = await openPage(SEVERAL)
    assert.equal(await page.title(), 'Build context shop')
    assert.equal(await page.locator('img').count(), 0)
    for (const name of ['"><img src=x onerror=alert(1)>.png', 'evil\\u{202e}gnp.exe', 'a\\e[31m\\nb.bin']) {
      await page.locator(`svg[data-view=after] [aria-label^=${JSON.stringify(`odd/${name}, `)}]`).hover()
      assert.equal(await page.locator('#facts bdi').textContent(), `odd/${name}`)
    }
    assert.ok((await page.locator('#builds ~ .scroll').innerText()).includes(HOSTILE.script))
  })

  it('says all about the tile that is pointed at, and marks it in both pictures', async () => {
    const page = await openPage()
    await tile(page, 'data/orders.csv').hover()
    assert.equal(
      await page.locator('#facts').innerText(),
      'data/orders.csv9 MB · 1 % · 1 file · 9,000,000 bytes',
    )
    assert.equal(await page.locator('.tiles .on').count(), 2)
    await tile(page, 'web/.next/cache/0.pack').hover()
    assert.match(await page.locator('#facts').innerText(), /Next\.js build output · 95 MB .* would leave/)
  })

  it('opens a directory by click in both pictures, and goes back by the path above', async () => {
    const page = await openPage()
    const wide = await tiles(page, 'before').count()
    await clickHeader(tile(page, 'web'))
    assert.deepEqual(await crumbsOf(page), ['whole context', 'web'])
    assert.match(await page.locator('figcaption').first().innerText(), /315 MB, 5 files/)
    assert.match(await page.locator('figcaption').last().innerText(), /50 kB, 1 file,/)
    await clickHeader(tile(page, 'web/node_modules'))
    assert.deepEqual(await crumbsOf(page), ['whole context', 'web', 'node_modules'])
    assert.equal(
      await page.locator('svg[data-view=after] .none').textContent(),
      'Nothing of it is sent any more',
    )
    assert.match((await page.locator('#said').textContent()) ?? '', /^Showing web\/node_modules, 220 MB$/)
    await page.locator('#crumbs button').first().click()
    assert.deepEqual(await crumbsOf(page), [])
    assert.equal(await tiles(page, 'before').count(), wide)
  })

  it('can be walked with the keyboard alone', async () => {
    const page = await openPage()
    const focused = (): Promise<string> =>
      page.evaluate("document.activeElement.getAttribute('aria-label')?.split(',')[0] ?? ''")
    for (let presses = 0; presses < 10 && (await focused()) === ''; presses++)
      await page.keyboard.press('Tab')
    assert.equal(await focused(), 'web')
    await page.keyboard.press('ArrowRight')
    assert.equal(await focused(), '.git')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowDown')
    assert.equal(await focused(), 'web/node_modules')
    assert.match(await page.locator('#facts').innerText(), /^web\/node_modules/)
    await page.keyboard.press('Enter')
    assert.deepEqual(await crumbsOf(page), ['whole context', 'web', 'node_modules'])
    assert.equal(await focused(), 'web/node_modules/next')
    await page.keyboard.press('Escape')
    assert.deepEqual(await crumbsOf(page), ['whole context', 'web'])
    await page.keyboard.press('Home')
    assert.deepEqual(await crumbsOf(page), [])
    assert.equal(await focused(), 'web')
  })

  it('moves only where motion is welcome', async () => {
    for (const [reducedMotion, isMoving] of [
      ['no-preference', true],
      ['reduce', false],
    ] as const) {
      const page = await openPage(REPORT, {reducedMotion})
      const count = await page.evaluate(
        "document.querySelector('[aria-label^=\"web, \"]').dispatchEvent(new MouseEvent('click', {bubbles: true})); document.getAnimations().length",
      )
      assert.equal(Number(count) > 0, isMoving, reducedMotion)
    }
  })

  it('copies the suggested lines', async () => {
    const page = await openPage(REPORT, {permissions: ['clipboard-read', 'clipboard-write']})
    const button = page.getByRole('button', {name: 'Copy'})
    await button.click()
    await page.getByRole('button', {name: 'Copied'}).waitFor()
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), '**/node_modules\n.git')
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read in ${colorScheme}`, async () => {
      const page = await openPage(SEVERAL, {colorScheme})
      const pairs = [
        ...COLOURS.map((colour) => ['ink', colour]),
        ['ink', 'paper'],
        ['muted', 'paper'],
        ['muted', 'panel'],
        ['accent', 'paper'],
        ...['accent', 'error', 'warning', 'info'].map((name) => [name, `${name}-soft`]),
      ]
      const contrasts = await page.evaluate<{pair: string; ratio: number}[]>(
        `(${CONTRASTS})(${JSON.stringify(pairs)})`,
      )
      assert.equal(contrasts.length, pairs.length)
      for (const {pair, ratio} of contrasts) assert.ok(ratio >= 4.5, `${pair}: ${ratio.toFixed(2)}`)
      const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor')
      assert.equal(paper, colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(19, 22, 25)')
    })
  }

  it('prints dark on white, hatched, without what only a screen can do', async () => {
    const page = await openPage(REPORT, {colorScheme: 'dark'})
    await page.emulateMedia({media: 'print', colorScheme: 'dark'})
    assert.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)')
    assert.equal(await page.locator('.lines button').isVisible(), false)
    assert.equal(await page.locator('#facts').isVisible(), false)
    assert.ok((await page.locator('svg[data-view=before] .hatching rect').count()) > 3)
    const pdf = await page.pdf({format: 'A4'})
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
  })

  for (const width of [360, 400, 700, 1000, 1600]) {
    it(`fits ${width} pixels`, async () => {
      for (const report of [REPORT, SEVERAL, LEAN]) {
        const page = await openPage(report, {viewport: {width, height: 800}})
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width)
      }
    })
  }

  it('shows each build on a phone as a card, nothing outside the screen', async () => {
    const page = await openPage(SEVERAL, {viewport: {width: 360, height: 800}})
    const cells = page.locator('section[aria-labelledby=builds] td')
    assert.ok((await cells.count()) > 10)
    for (const cell of await cells.all()) {
      const box = await cell.boundingBox()
      if (box !== null) assert.ok(box.x >= 0 && box.x + box.width <= 360, JSON.stringify(box))
    }
    const label =
      "getComputedStyle(document.querySelector('section[aria-labelledby=builds] td:nth-child(3)'), '::before').content"
    assert.equal(await page.evaluate(label), '"Now"')
  })

  it('is complete without its script', async () => {
    const page = await openPage(REPORT, {javaScriptEnabled: false})
    assert.ok((await tiles(page, 'before').count()) > 10)
    assert.equal(
      await tiles(page, 'before').first().locator('title').textContent(),
      'web\n315 MB, 49 %, 5 files, 315 MB would leave',
    )
    assert.equal(await page.getByRole('button').count(), 0)
    assert.equal(await page.locator('#suggestions ~ .list li').count(), 4)
  })

  it('has a language, a title, landmarks and headings', async () => {
    const page = await openPage()
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    for (const role of ['banner', 'main', 'contentinfo', 'navigation'] as const) {
      assert.equal(await page.getByRole(role).count(), 1, role)
    }
    assert.deepEqual(await page.getByRole('heading').allTextContents(), [
      'Build context shop',
      'What is sent',
      'Suggested ignore lines',
      'Problems',
      'Largest included paths',
    ])
    const names = await page
      .locator('section')
      .evaluateAll((sections) =>
        sections.map(
          (section) => section.getAttribute('aria-labelledby') ?? section.getAttribute('aria-label'),
        ),
      )
    assert.deepEqual(names, ['Summary', 'picture', 'suggestions', 'problems', 'largest'])
  })
})
