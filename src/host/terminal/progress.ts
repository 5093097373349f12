import {formatBytes, formatCount} from '../../languages/text/amounts.js'

/** Shows how a long walk goes, on one line of standard error; only on a terminal, and gone at the end. */
export interface Progress {
  update(entryCount: number, fileBytes: number): void
  /** Takes the line away; a walk that follows has one of its own, as late as the first. */
  end(): void
}

const FIRST_AFTER_MS = 400
const EVERY_MS = 100

export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return {update() {}, end() {}}
  let nextAt = Date.now() + FIRST_AFTER_MS
  let isShown = false
  return {
    update(entryCount, fileBytes) {
      if (Date.now() < nextAt) return
      nextAt = Date.now() + EVERY_MS
      isShown = true
      stream.write(
        `\r\u001b[KReading the context: ${formatCount(entryCount)} entries, ${formatBytes(fileBytes)}`,
      )
    },
    end() {
      if (isShown) stream.write('\r\u001b[K')
      isShown = false
      nextAt = Date.now() + FIRST_AFTER_MS
    },
  }
}
