/** A thread that reads layers: questions come in; a layer as columns goes out for each, or a digest. */
import {parentPort} from 'node:worker_threads'
import {ImageFault} from '../../../tree/image/image-fault.js'
import type {LayerAnswer, LayerQuestion, LayerQuestions} from './layer-threads.js'
import {hashHere, scanHere} from './scan-located.js'
import type {ScannedLayer} from './scanned-layer.js'

const port = parentPort!

port.on('message', async ({questions, next}: LayerQuestions) => {
  for (;;) {
    const at = Atomics.add(next, 0, 1)
    if (at >= questions.length) return
    await answer(at, questions[at]!)
  }
})

async function answer(at: number, {wants, job}: LayerQuestion): Promise<void> {
  try {
    if (wants === 'digest') return post({at, digest: hashHere(job)}, [])
    const layer = await scanHere(job)
    post({at, layer}, buffersOf(layer))
  } catch (error) {
    post({at, ...(error instanceof ImageFault ? {fault: error.message} : {error: error as Error})}, [])
  }
}

function post(message: LayerAnswer, buffers: ArrayBuffer[]): void {
  port.postMessage(message, buffers)
}

/** The memory of the columns, which goes over instead of being copied. */
function buffersOf({tree: {paths, kinds, marks, fileOf, files}}: ScannedLayer): ArrayBuffer[] {
  const columns = [...Object.values(paths), kinds, marks, fileOf, ...Object.values(files)]
  const buffers = columns.flatMap((one) => (ArrayBuffer.isView(one) ? [one.buffer as ArrayBuffer] : []))
  return [...new Set(buffers)]
}
