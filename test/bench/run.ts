import {benchMatch} from './match.js'
import {benchWalk} from './walk.js'

const fileCount = Number(process.argv[2] ?? 50_000)
for (const line of [...benchMatch(), ...(await benchWalk(fileCount))]) process.stdout.write(`${line}\n`)
