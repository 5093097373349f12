/** The thread behind `WalkThreads`: reads the directories it is given, answers with what it found. */
import {parentPort, workerData} from 'node:worker_threads'
import {Descent} from './descent.js'
import {EntryRefresher} from './index/refresh-entries.js'
import {RefreshedEntries} from './index/refreshed-entries.js'
import {WalkIndex} from './index/walk-index.js'
import type {ReadingTools} from './read-entry.js'
import {loadXattrReader} from './read-xattrs.js'
import {type DirectoryTask, walkBatch} from './walk-batch.js'
import type {ThreadAnswer, ThreadSetup} from './walk-threads.js'

const {patternSets, maxEntries, index: content, device, refresh} = workerData as ThreadSetup
const descent = new Descent(patternSets)
const index = content && new WalkIndex(content)
const tools: ReadingTools = {
  readXattrs: loadXattrReader(),
  known: index,
  device,
  takesStamps: device !== null,
}

if (refresh !== null && index !== null) {
  const entries = new RefreshedEntries(index, refresh.memory)
  const refresher = new EntryRefresher(entries, refresh.root, descent, tools)
  while (refresher.next()) {}
  answer({findings: refresher.findings, batch: null})
}

parentPort?.on('message', (tasks: DirectoryTask[]) => {
  const batch = walkBatch(tasks, descent, tools, maxEntries)
  const {modes, sizes, modified, modifiedBytes, nameStarts, names} = batch.columns
  const {inodes, changed} = batch.stamps
  const {listings, listingOfEntry} = batch
  const columns = [modes, sizes, modified, modifiedBytes, nameStarts, names, inodes, changed]
  const moved = [...columns, listings.starts, listings.ends, listingOfEntry].map(
    ({buffer}) => buffer as ArrayBuffer,
  )
  answer({findings: null, batch}, moved)
})

function answer(message: ThreadAnswer, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved)
}
