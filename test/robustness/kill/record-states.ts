/**
 * Loaded into the program before it starts (`node --import`): around every call that changes the disk, and in the middle
 * of each write, appends the state of the tree `RECORD_ROOT` to the file `RECORD_FILE`. What a call would leave behind if
 * the process were killed there is then known for every call of one run.
 */
import fs from 'node:fs'
import {syncBuiltinESMExports} from 'node:module'
import {readState} from './tree-state.js'

const {RECORD_ROOT: root = '', RECORD_FILE: file = ''} = process.env
const CALLS = [
  ...['openSync', 'closeSync', 'renameSync', 'rmSync', 'unlinkSync', 'mkdirSync', 'chmodSync', 'fchmodSync'],
  ...['fchownSync', 'truncateSync', 'ftruncateSync', 'copyFileSync', 'linkSync', 'symlinkSync'],
]
const original = {...fs}
let last = ''
let isRecording = false

function unrecorded(act: () => void): void {
  isRecording = true
  try {
    act()
  } finally {
    isRecording = false
  }
}

function record(): void {
  if (isRecording) return
  unrecorded(() => {
    const line = `${JSON.stringify(readState(root))}\n`
    if (line !== last) original.appendFileSync(file, line)
    last = line
  })
}

type Call = (...values: unknown[]) => unknown
const patched = fs as unknown as Record<string, Call>

for (const name of CALLS) {
  const call = patched[name]!
  patched[name] = (...values) => {
    if (isRecording) return call(...values)
    try {
      return call(...values)
    } finally {
      record()
    }
  }
}

/** Writes in two halves; a path is first written with the one, then appended to. */
for (const name of ['writeFileSync', 'appendFileSync'] as const) {
  const call = patched[name]!
  patched[name] = (target, data, options) => {
    // Node's appendFileSync calls writeFileSync.
    if (isRecording) return void call(target, data, options)
    const bytes = typeof data === 'string' ? Buffer.from(data) : (data as Buffer)
    const half = Math.ceil(bytes.length / 2)
    unrecorded(() => call(target, bytes.subarray(0, half), options))
    record()
    unrecorded(() => original.appendFileSync(target as number, bytes.subarray(half)))
    record()
  }
}
syncBuiltinESMExports()
process.on('exit', record)
