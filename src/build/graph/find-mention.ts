import {isWithin, resolveContainerPath} from '../../languages/text/container-path.js'
import type {InstructionRef, StageEvent, Timeline} from './timeline.js'

/** Commands whose words prove no need: they clear away or prepare a place. */
const HARMLESS = new Set(
  'rm rmdir mkdir chown chmod chgrp install-d touch test [ [[ unlink find du ls echo'.split(' '),
)

/** Finds the first instruction that speaks of a path of the image, or of something in it. */
export function findMention({events}: Timeline, landing: string): InstructionRef | null {
  for (const event of events) if (mentions(event, landing)) return event.where
  return null
}

function mentions(event: StageEvent, landing: string): boolean {
  if (event.kind === 'setting') return event.values.some((value) => isAt(event.workdir, value, landing))
  if (event.kind !== 'run') return false
  return event.commands.some(
    ({words, directory}) =>
      !HARMLESS.has(words[0] ?? '') &&
      words.some((word) => splitWord(word).some((path) => isAt(directory, path, landing))),
  )
}

/** `--env-file=.env` speaks of `.env`. */
function splitWord(word: string): string[] {
  const equals = word.indexOf('=')
  return equals < 0 ? [word] : [word, word.slice(equals + 1)]
}

function isAt(directory: string, path: string, landing: string): boolean {
  if (path === '' || path.startsWith('-') || /^\w+:\/\//.test(path)) return false
  return isWithin(resolveContainerPath(directory, path), landing)
}
