/** `npm run bench [-- FILES]`: everything on trees of up to so many files; `-- 1000000` shows how it grows that far. */
import {benchCache} from './cache.js'
import {benchGrowth} from './growth.js'
import {benchImage, benchImageMemory} from './image.js'
import {benchMatch} from './match.js'
import {benchStartUp} from './start-up.js'
import {benchWalk} from './walk.js'

/** A large `node_modules`. How it goes on from there shows in the table of growth. */
const WALK_FILES = 200_000

const fileCount = Number(process.argv[2] ?? 200_000)
const parts = [
  benchStartUp,
  () => benchWalk(Math.min(fileCount, WALK_FILES)),
  () => benchGrowth(fileCount),
  benchMatch,
  () => benchCache(50_000, 20_000),
  () => benchImage(50_000, 1_000_000_000),
  () => benchImageMemory(300_000, 900_000_000),
]
for (const part of parts) for (const line of await part()) process.stdout.write(`${line}\n`)
