import {formatBytes, formatCount} from '../../languages/text/amounts.js'

/** Shows how a long walk goes, on one line of standard error; only on a terminal, and gone at the end. */
export interface Progress {
  update(entryCount: number, fileBytes: number): void
  /** Takes the line away; a walk that follows has one of its own, as late as the first. */
  end(): void
}

const FIRST_AFTER_MS = 400
const EVERY_MS = 100

/** @param now milliseconds since any moment that stays the same */
export function createProgress(
  stream: NodeJS.WriteStream = process.stderr,
  now: () => number = Date.now,
): Progress {
  if (!stream.isTTY) return {update() {}, end() {}}
  let nextAt = now() + FIRST_AFTER_MS
  let isShown = false
  return {
    update(entryCount, fileBytes) {
      if (now() < nextAt) return
      nextAt = now() + EVERY_MS
      isShown = true
      stream.write(
        `\r\u001b[KReading the context: ${formatCount(entryCount)} entries, ${formatBytes(fileBytes)}`,
      )
    },
    end() {
      if (isShown) stream.write('\r\u001b[K')
      isShown = false
      nextAt = now() + FIRST_AFTER_MS
    },
  }
}
