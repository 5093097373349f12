import {formatBytes} from '../languages/text/amounts.js'
import {writeSentence} from '../languages/text/sentence.js'
import type {Finding} from '../report/context-report.js'
import {PARTS} from '../report/message.js'

/** Writes the message of a finding for people. A report that was read from JSON has only the text that was printed there. */
export function writeMessage(
  finding: Finding,
  format: (bytes: number) => string = (bytes) => formatBytes(bytes),
): string {
  const parts = finding[PARTS]
  return parts === undefined ? finding.message : writeSentence(parts, format)
}
