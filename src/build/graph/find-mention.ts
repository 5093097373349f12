import {isWithin, resolveContainerPath} from '../../languages/text/container-path.js'
import type {InstructionRef, StageEvent, Timeline} from './timeline.js'

/** Commands whose words prove no need: they clear away or prepare a place. */
const HARMLESS = new Set(
  'rm rmdir mkdir chown chmod chgrp install-d touch test [ [[ unlink find du ls echo'.split(' '),
)

/** Programs whose first word names what they do: `npm run build` speaks of no directory `build`. */
const COMMANDERS =
  /^(?:npm|pnpm|yarn|yarnpkg|bun|deno|make|gmake|just|task|rake|next|vite|nuxt|nuxi|nest|ng|astro|gatsby|docusaurus|vitepress|remix|react-scripts|vue-cli-service|turbo|nx|lerna|go|cargo|dotnet|mix|composer|gradle|gradlew|mvn|mvnw|mkdocs|mdbook|jekyll|hugo|zola|hexo)$/
const RUNS = /^(?:run|run-script|exec)$/

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
      words.some(
        (word, at) => !isCommand(words, at) && splitWord(word).some((path) => isAt(directory, path, landing)),
      ),
  )
}

/** The word for what a program is to do. */
function isCommand(words: readonly string[], at: number): boolean {
  const program = words[0]!.slice(words[0]!.lastIndexOf('/') + 1)
  if (at === 0 || !COMMANDERS.test(program) || !/^[\w:-]+$/.test(words[at]!)) return false
  const first = words.findIndex((word, place) => place > 0 && !word.startsWith('-'))
  return at === first || RUNS.test(words[at - 1]!)
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
