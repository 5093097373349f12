/** The thread in which a check before a build runs, so that it can be ended at any moment. */
import {parentPort, workerData} from 'node:worker_threads'
import {SlimCheckError} from '../errors.js'
import {findIndexDir} from '../system/walk-index-store.js'
import {analyzeRequest} from './analyze-request.js'
import type {BuildOptions} from './load-plan.js'

try {
  const build = workerData as BuildOptions
  const {analysis} = await analyzeRequest({build, choice: null, indexDir: findIndexDir(process.env)})
  parentPort!.postMessage({report: analysis.report})
} catch (error) {
  const {message} = error as Error
  // A build that cannot start is for buildx to explain; only our own faults are told.
  const isExpected = error instanceof SlimCheckError && error.code !== 'internal'
  parentPort!.postMessage(isExpected ? {} : {fault: message})
}
