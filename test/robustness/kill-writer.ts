/** Writes one file over and over, until it is killed: `node kill-writer.js FILE MODULE`. */
import {readFileSync} from 'node:fs'
import {changeFiles} from '../../src/host/files/change-files.js'

const [file = ''] = process.argv.slice(2)
const read = (): Buffer | null => {
  try {
    return readFileSync(file)
  } catch {
    return null
  }
}
process.stdout.write('ready\n')
for (let turn = 0; ; turn++) {
  const before = read()
  const after = turn % 5 === 4 ? null : Buffer.alloc(200_000, turn % 2 === 0 ? 'a' : 'b')
  changeFiles([{path: file, before, after, isExecutable: true}])
}
