/** `src/services/hook/check-build-worker.ts` as the bundle has it: it loads the analysis as a program. */
import {fileURLToPath} from 'node:url'
import {parentPort, workerData} from 'node:worker_threads'
import {loadProgram} from '../dist/host/process/load-program.js'

const programPath = fileURLToPath(new URL('./answer-check.cjs', import.meta.url))
const {exports: program, keepCode} = loadProgram(programPath, 'check', require)
program.answerCheck(workerData).then((answer) => {
  // The answer ends this thread.
  keepCode()
  parentPort.postMessage(answer)
})
