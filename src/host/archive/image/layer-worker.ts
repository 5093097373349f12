/** A thread that reads layers: a job comes in, a layer as columns goes out, or a digest. */
import {parentPort} from 'node:worker_threads'
import {ImageFault} from '../../../tree/image/image-fault.js'
import type {LayerAnswer, LayerQuestion} from './layer-threads.js'
import {hashHere, scanHere} from './scan-located.js'
import type {ScannedLayer} from './scanned-layer.js'

const port = parentPort!

port.on('message', async ({wants, job}: LayerQuestion) => {
  try {
    if (wants === 'digest') return answer({digest: await hashHere(job)}, [])
    const layer = await scanHere(job)
    answer({layer}, buffersOf(layer))
  } catch (error) {
    answer(error instanceof ImageFault ? {fault: error.message} : {error: error as Error}, [])
  }
})

function answer(message: LayerAnswer, buffers: ArrayBuffer[]): void {
  port.postMessage(message, buffers)
}

/** The memory of the columns, which goes over instead of being copied. */
function buffersOf({tree: {paths, kinds, marks, fileOf, files}}: ScannedLayer): ArrayBuffer[] {
  const columns = [...Object.values(paths), kinds, marks, fileOf, ...Object.values(files)]
  const buffers = columns.flatMap((one) => (ArrayBuffer.isView(one) ? [one.buffer as ArrayBuffer] : []))
  return [...new Set(buffers)]
}
