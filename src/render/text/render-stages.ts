import {formatSeconds, formatThings} from '../../languages/text/amounts.js'
import type {CacheReportStep} from '../../report/cache-report.js'
import type {Page} from './page.js'

/** Deeper than this nothing is drawn: a stage may be named again and again. */
const MAX_DEPTH = 12

const UNICODE_GUIDES = ['├─ ', '└─ ', '│  '] as const
const ASCII_GUIDES = ['|- ', '`- ', '|  '] as const

/** A stage with its steps, and the stages that it stands on and takes from. */
interface Stage {
  name: string
  steps: CacheReportStep[]
  sources: Set<number>
}

/** The stages as a tree: below each what it is made from. One stage alone is no tree. */
export function renderStages(steps: readonly CacheReportStep[], page: Page): string[] {
  const stages = listStages(steps)
  const root = steps.at(-1)?.stage
  if (root === undefined || stages.size < 2) return []
  const drawn = new Set<number>()
  const draw = (index: number, head: string, indent: string, depth: number): string[] => {
    const stage = stages.get(index)!
    const isAgain = drawn.has(index)
    drawn.add(index)
    const line = `  ${head}${page.show(stage.name)}  ${page.styles.dim(isAgain ? 'see above' : sumUpStage(stage))}`
    if (isAgain || depth > MAX_DEPTH) return [line]
    const sources = [...stage.sources].sort((one, other) => one - other)
    const [branch, last, bar] = page.hasUnicode ? UNICODE_GUIDES : ASCII_GUIDES
    const below = sources.flatMap((source, at) => {
      const isLast = at === sources.length - 1
      return draw(source, `${indent}${isLast ? last : branch}`, `${indent}${isLast ? '   ' : bar}`, depth + 1)
    })
    return [line, ...below]
  }
  return ['', ...draw(root, '', '', 0)]
}

function listStages(steps: readonly CacheReportStep[]): Map<number, Stage> {
  const stages = new Map<number, Stage>()
  for (const step of steps) {
    const stage = stages.get(step.stage) ?? {
      name: step.name ?? `stage-${step.stage}`,
      steps: [],
      sources: new Set(),
    }
    stages.set(step.stage, stage)
    stage.steps.push(step)
    for (const place of step.needs) {
      const from = steps[place]!.stage
      if (from !== step.stage) stage.sources.add(from)
    }
  }
  return stages
}

function sumUpStage({steps}: Stage): string {
  const count = (state: CacheReportStep['state']) => steps.filter((step) => step.state === state).length
  const [runs, may] = [count('runs'), count('depends')]
  const all = formatThings(steps.length, 'step')
  const seconds = steps.reduce(
    (sum, {state, lastSeconds}) => sum + (state === 'cached' ? 0 : (lastSeconds ?? 0)),
    0,
  )
  const time = seconds === 0 ? '' : `, ${formatSeconds(seconds)}`
  if (runs + may === 0) return `${all} cached`
  if (may === 0) return `${runs} of ${all} again${time}`
  return runs === 0 ? `${may} of ${all} may run${time}` : `${runs} of ${all} again, ${may} may${time}`
}
