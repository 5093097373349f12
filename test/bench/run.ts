/**
 * `npm run bench [-- PART… FILES]`: everything, or some parts, on trees of up to so many files; `-- 1000000` shows how it
 * grows that far.
 */
import {benchCache} from './cache.js'
import {benchGrowth} from './growth.js'
import {benchImage, benchImageMemory} from './image.js'
import {benchMatch} from './match.js'
import {benchStartUp} from './start-up.js'
import {benchWalk} from './walk.js'

/** A large `node_modules`. How it goes on from there shows in the table of growth. */
const WALK_FILES = 200_000

const words = process.argv.slice(2)
const fileCount = Number(words.find((word) => /^\d+$/.test(word)) ?? 200_000)
const parts = {
  start: benchStartUp,
  walk: () => benchWalk(Math.min(fileCount, WALK_FILES)),
  growth: () => benchGrowth(fileCount),
  match: benchMatch,
  cache: () => benchCache(50_000, 20_000),
  image: () => benchImage(50_000, 1_000_000_000),
  'image-memory': () => benchImageMemory(300_000, 900_000_000),
}
const chosen = words.filter((word) => !/^\d+$/.test(word))
const unknown = chosen.find((word) => !Object.hasOwn(parts, word))
if (unknown !== undefined) throw new Error(`${unknown} is no part: ${Object.keys(parts).join(', ')}`)
for (const [name, part] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  for (const line of await part()) process.stdout.write(`${line}\n`)
}
