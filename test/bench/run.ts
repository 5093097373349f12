/**
 * `npm run bench [-- PART… FILES]`: everything, or some parts, on trees of up to so many files; `-- 1000000` shows how it
 * grows that far. It ends with one table of what was asked for.
 */
import {benchCache} from './cache.js'
import {describeGoals, type Goal, type Outcome} from './goals.js'
import {benchGrowth} from './growth.js'
import {benchImage, benchImageMemory} from './image.js'
import {benchMatch} from './match.js'
import {benchStartUp} from './start-up.js'
import {benchWalk} from './walk.js'

/** A large `node_modules`. How it goes on from there shows in the table of growth. */
const WALK_FILES = 200_000

// With it Node reads all certificates as it starts, 40 ms, beside which any program is quick: start-up shows both.
const {NODE_EXTRA_CA_CERTS: certificates} = process.env
delete process.env.NODE_EXTRA_CA_CERTS

const words = process.argv.slice(2)
const fileCount = Number(words.find((word) => /^\d+$/.test(word)) ?? 200_000)
const parts: Record<string, () => Outcome | Promise<Outcome>> = {
  start: () => benchStartUp(certificates),
  walk: () => benchWalk(Math.min(fileCount, WALK_FILES)),
  growth: () => withoutGoals(benchGrowth(fileCount)),
  match: () => withoutGoals(benchMatch()),
  cache: async () => withoutGoals(await benchCache(50_000, 20_000)),
  image: async () => withoutGoals(await benchImage(50_000, 1_000_000_000)),
  'image-memory': () => withoutGoals(benchImageMemory(300_000, 900_000_000)),
}
const chosen = words.filter((word) => !/^\d+$/.test(word))
const unknown = chosen.find((word) => !Object.hasOwn(parts, word))
if (unknown !== undefined) throw new Error(`${unknown} is no part: ${Object.keys(parts).join(', ')}`)
const goals: Goal[] = []
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const outcome = await part()
  goals.push(...outcome.goals)
  print(outcome.lines)
}
print(describeGoals(goals))

function withoutGoals(lines: string[]): Outcome {
  return {lines, goals: []}
}

function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`)
}
