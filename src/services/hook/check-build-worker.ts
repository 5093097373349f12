/**
 * The thread in which a check before a build runs, so that it can be ended at any moment. In the bundle, the analysis is
 * a program of its own, whose compiled code is kept: `scripts/check-build-worker.js` takes the place of this file.
 */
import {parentPort, workerData} from 'node:worker_threads'
import type {BuildOptions} from '../../plan/build-options.js'
import {answerCheck} from './answer-check.js'

parentPort!.postMessage(await answerCheck(workerData as BuildOptions))
