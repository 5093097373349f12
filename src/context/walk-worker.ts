/** The thread behind `WalkThreads`: reads the directories it is given, answers with what it found. */
import {parentPort, workerData} from 'node:worker_threads'
import {Descent} from './descent.js'
import {loadXattrReader} from './read-xattrs.js'
import {type DirectoryTask, walkBatch} from './walk-batch.js'
import type {ThreadSetup} from './walk-threads.js'

const {patternSets, maxEntries} = workerData as ThreadSetup
const descent = new Descent(patternSets)
const readXattrs = await loadXattrReader()

parentPort?.on('message', (tasks: DirectoryTask[]) => {
  const batch = walkBatch(tasks, descent, readXattrs, maxEntries)
  const {modes, sizes, modified, modifiedBytes, nameStarts, names} = batch.columns
  const moved = [modes, sizes, modified, modifiedBytes, nameStarts, names].map(
    ({buffer}) => buffer as ArrayBuffer,
  )
  parentPort?.postMessage(batch, moved)
})
