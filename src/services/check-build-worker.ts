/** The thread in which a check before a build runs, so that it can be ended at any moment. */
import {parentPort, workerData} from 'node:worker_threads'
import {SlimCheckError} from '../errors.js'
import {type AnalyzeOptions, analyzeContext} from './analyze-context.js'

try {
  parentPort!.postMessage({report: await analyzeContext(workerData as AnalyzeOptions)})
} catch (error) {
  const {message} = error as Error
  // A build that cannot start is for buildx to explain; only our own faults are told.
  const isExpected = error instanceof SlimCheckError && error.code !== 'internal'
  parentPort!.postMessage(isExpected ? {} : {fault: message})
}
