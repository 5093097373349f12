import {formatChange, formatFiles, formatSeconds} from '../../languages/text/amounts.js'
import type {ContextReport, NamedContextReport} from '../../report/context-report.js'
import {headlineOf, wholeOf} from '../../report/headline.js'
import type {Sizes} from '../../report/sizes.js'
import {addSizes} from '../../report/sizes.js'
import {addContexts} from '../add-contexts.js'
import type {Style} from '../terminal/style.js'
import {type Cell, fitsWidth, renderTable} from '../terminal/table.js'
import type {Page} from './page.js'

/** One line of the summary: `note` stands behind it, or below where there is no room. */
interface Figure {
  label: string
  amount: string
  files: string
  /** What it is, then how much. */
  note: [string, string]
  /** What stands behind the note where there is room. */
  aside?: string
  style?: Style
}

const ON_REBUILD = 'again on every rebuild'

/** The main figures: what crosses now, on a rebuild, and with the suggestions. */
export function renderSummary(report: ContextReport, page: Page): string[] {
  const figures = [...listTransfers(report, page), ...listRates(report, page)]
  const lines: string[] = []
  if (report.plans.every(({usesContext}) => !usesContext)) {
    const who = report.plans.length === 1 ? 'This Dockerfile uses' : 'These Dockerfiles use'
    lines.push(`  ${who} nothing from the context: Docker will transfer nothing.`)
  }
  const fromGit = report.plans.filter(({usesContext, gitContext}) => usesContext && gitContext)
  if (fromGit.length > 0 && fromGit.length === report.plans.filter(({usesContext}) => usesContext).length) {
    lines.push('  The builder fetches the repository itself: nothing is transferred from here.')
  }
  lines.push(...layOutFigures(figures, page))
  if (report.plans.some(({dockerfile, context}) => dockerfile === null && context !== '-')) {
    lines.push('', '  There is no Dockerfile: these are the sizes of COPY . .')
  }
  return lines
}

function listTransfers(report: ContextReport, page: Page): Figure[] {
  const {plans} = report
  const {before, after} = headlineOf(report)
  const {bold, green} = page.styles
  const figures: Figure[] = []
  if (plans.some(({usesContext}) => usesContext)) {
    const now = measure('Docker will transfer', before, page)
    figures.push({...now, style: bold, aside: ', even if nothing changed'})
  }
  figures.push(...listNamed(report, page))
  if (after.transferBytes !== before.transferBytes) {
    const amount = page.bytes(after.transferBytes)
    const change = formatChange(before.transferBytes, after.transferBytes)
    const files = formatFiles(after.fileCount)
    figures.push({label: 'after the suggestions', amount, files, note: ['', change], style: green})
  }
  return [...figures, ...listUnasked({plans}, page), ...listFresh(report, page)]
}

/** Named contexts, each of a single build; on one builder they are part of the sum. */
function listNamed({plans, oneBuilder}: ContextReport, page: Page): Figure[] {
  const named = plans.flatMap(({namedContexts}) => namedContexts).filter(({usesContext}) => usesContext)
  if (plans.length === 1) return named.map((context) => measureNamed(context, page))
  if (named.length === 0 || oneBuilder !== undefined) return []
  return [measure('and from named contexts', addSizes(named.map(({before}) => before)), page)]
}

/** What the builds add up to where each has a builder of its own; nothing where that is the same. */
function listFresh({plans, oneBuilder}: ContextReport, page: Page): Figure[] {
  if (oneBuilder === undefined) return []
  const fresh = addSizes(plans.map((plan) => addContexts(plan).before))
  if (fresh.transferBytes === oneBuilder.before.transferBytes) return []
  return [measure('each on a fresh builder', fresh, page)]
}

function measure(label: string, {transferBytes, fileCount, rebuildTransferBytes}: Sizes, page: Page): Figure {
  return {
    label,
    amount: page.bytes(transferBytes),
    files: formatFiles(fileCount),
    note: [ON_REBUILD, page.bytes(rebuildTransferBytes)],
  }
}

function measureNamed({name, before}: NamedContextReport, page: Page): Figure {
  return measure(`and from context ${page.show(name)}`, before, page)
}

/** Says what the ignore file leaves and the Dockerfile does not ask for. Empty for several builds. */
function listUnasked({plans}: Pick<ContextReport, 'plans'>, page: Page): Figure[] {
  const [plan] = plans
  if (plan === undefined || plans.length > 1) return []
  const {eligible, before} = plan
  if (eligible.entryCount <= before.entryCount) return []
  return [
    {
      label: 'in context, not sent',
      amount: page.bytes(eligible.transferBytes - before.transferBytes),
      files: formatFiles(eligible.fileCount - before.fileCount),
      note: ['', ''],
    },
  ]
}

/** How long it all takes, named contexts included. */
function listRates(report: ContextReport, page: Page): Figure[] {
  const {rates = []} = report
  const {before, after} = wholeOf(report)
  return rates.flatMap(({bytesPerSecond, label}): Figure[] => {
    const say = (bytes: number): string => formatSeconds(bytes / bytesPerSecond)
    const now: Figure = {
      label: `at ${page.show(label)}`,
      amount: say(before.transferBytes),
      files: '',
      note: [ON_REBUILD, say(before.rebuildTransferBytes)],
    }
    if (after.transferBytes === before.transferBytes) return [now]
    const then = {label: '  after the suggestions', amount: say(after.transferBytes), files: ''}
    return [now, {...then, note: [ON_REBUILD, say(after.rebuildTransferBytes)], style: page.styles.green}]
  })
}

/** Renders one table if it fits, else with the notes below, else as pairs. */
function layOutFigures(figures: readonly Figure[], page: Page): string[] {
  const layouts = [layOutFull, layOutWide, layOutNarrow, layOutPairs]
  let lines: string[] = []
  for (const lay of layouts) {
    lines = lay(figures, page)
    if (fitsWidth(lines, page.width)) break
  }
  return lines
}

function layOutFull(figures: readonly Figure[], page: Page): string[] {
  const withAsides = figures.map(({note: [what, much], aside = '', ...figure}): Figure => {
    return {...figure, note: [`${what}${aside}`, much]}
  })
  return layOutWide(withAsides, page)
}

function layOutWide(figures: readonly Figure[], {styles}: Page): string[] {
  const rows = figures.map(({label, amount, files, note: [what, much], style}): Cell[] => [
    ...styleCells([label, amount], style),
    {text: files},
    {text: what === '' ? much : `${much} ${what}`, style: what === '' && style ? style : styles.dim},
  ])
  return renderTable([{align: 'left'}, {align: 'right'}, {align: 'right'}, {align: 'left'}], rows)
}

function layOutNarrow(figures: readonly Figure[], {styles}: Page): string[] {
  const rows = figures.flatMap(({label, amount, files, note: [what, much], style}): Cell[][] => {
    const row = [...styleCells([label, amount], style), {text: files}]
    if (much === '') return [row]
    const note = styleCells(what === '' ? [`  ${much}`] : [`  ${what}`, much], styles.dim)
    return [row, note]
  })
  return renderTable([{align: 'left'}, {align: 'right'}, {align: 'right'}], rows)
}

function layOutPairs(figures: readonly Figure[], {styles}: Page): string[] {
  const rows = figures.flatMap(({label, amount, files, note: [what, much], style}): Cell[][] => [
    styleCells([label, amount], style),
    ...(files === '' ? [] : [[{text: '  in'}, {text: files}]]),
    ...(much === '' ? [] : [styleCells([`  ${what.replace('again on ', '')}`, much], styles.dim)]),
  ])
  return renderTable([{align: 'left'}, {align: 'right'}], rows)
}

function styleCells(texts: readonly string[], style: Style | undefined): Cell[] {
  return texts.map((text) => ({text, ...(style && {style})}))
}
