/** The thread behind `WalkThreads`: reads the directories it is given, answers with what it found. */
import {parentPort, workerData} from 'node:worker_threads'
import {Descent} from './descent.js'
import type {ReadingTools} from './read-directory.js'
import {loadXattrReader} from './read-xattrs.js'
import {type DirectoryTask, walkBatch} from './walk-batch.js'
import {WalkIndex} from './walk-index.js'
import type {ThreadSetup} from './walk-threads.js'

const {patternSets, maxEntries, index, device} = workerData as ThreadSetup
const descent = new Descent(patternSets)
const tools: ReadingTools = {
  readXattrs: await loadXattrReader(),
  index: index === null ? null : new WalkIndex(index),
  device,
}

parentPort?.on('message', (tasks: DirectoryTask[]) => {
  const batch = walkBatch(tasks, descent, tools, maxEntries)
  const {modes, sizes, modified, modifiedBytes, nameStarts, names} = batch.columns
  const {inodes, changed} = batch.stamps
  const moved = [modes, sizes, modified, modifiedBytes, nameStarts, names, inodes, changed].map(
    ({buffer}) => buffer as ArrayBuffer,
  )
  parentPort?.postMessage(batch, moved)
})
