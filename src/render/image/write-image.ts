import type {ImageLayerReport, ImageReport} from '../../report/image-report.js'

type FormatBytes = (bytes: number) => string

/** What a heading calls an image. */
export function nameImage({refs, configDigest}: ImageReport): string {
  return refs.length > 0 ? refs.join(', ') : configDigest.slice(0, 19)
}

/** The bytes of a first pull; an estimate is marked. */
export function describePull(
  {pullBytes, pullIsEstimate}: ImageReport,
  bytes: FormatBytes,
  hasUnicode = true,
): string {
  if (!pullIsEstimate) return bytes(pullBytes)
  return `${hasUnicode ? '≈' : '~'} ${bytes(pullBytes)}`
}

/** The instruction of a layer as the Dockerfile has it, with its place. */
export function describeInstruction({step, file, line}: ImageLayerReport): string {
  const text = (step ?? '').replace(/\s+/g, ' ') || 'no history'
  return file === null ? text : `${file}:${line}  ${text}`
}

/** What the engine says for the size, and why it is another number; empty where none was asked. */
export function explainEngine(image: ImageReport, bytes: FormatBytes): string {
  const {engine} = image
  if (engine === null) return ''
  const says = `docker image inspect says ${bytes(engine.size)}`
  if (engine.store === 'containerd')
    return `${says}: the containerd store counts compressed blobs, that is what a first pull downloads`
  const {graphDriver, overlay2} = image.engineSizes
  if (engine.size === graphDriver) return `${says}: ${engine.driver} adds up the files of all layers`
  if (engine.size === overlay2)
    return `${says}: ${engine.driver} adds up the files of all layers, and the targets of symbolic links`
  if (engine.size > graphDriver && engine.size < overlay2)
    return `${says}: ${engine.driver} adds up the files of all layers, and the targets of symbolic links in those that it did not build`
  return `${says}; its store (${engine.driver}) counts in another way`
}
