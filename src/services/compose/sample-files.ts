import path from 'node:path'
import {BuildFileError} from '../../errors.js'
import {ComposeEnvironment} from '../../plan/compose/variables/compose-environment.js'
import type {BuildSearch} from '../load/find/build-search.js'

/** What projects call the file from which people make their `.env`, which Git does not hold; the likeliest first. */
const SAMPLES =
  /^(?:\.env[._-](?:example|sample|template|dist|defaults?|tmpl)|(?:example|sample|template|dist|defaults?)\.env|env[._-](?:example|sample|template|dist|defaults?))$/

/** What a file from which people make their own has in its name. */
const SAMPLE = /^(?:examples?|samples?|templates?|dist|defaults?|tmpl|tpl|skel)$/i

/** The sample of the `.env` of a directory; null where that is there, or unwanted, or nothing stands for it. */
export function findSampleEnvironment({env, files}: BuildSearch, directory: string): string | null {
  if (env.COMPOSE_ENV_FILES || env.COMPOSE_DISABLE_ENV_FILE) return null
  const names = files.listNames(directory)
  if (names.includes('.env')) return null
  const samples = names.filter((name) => SAMPLES.test(name) && !directory.includes(','))
  const found = samples.map((name) => path.join(directory, name))
  return found.find((file) => isEnvironment(file, files)) ?? null
}

/** One that Compose could not read is none. */
function isEnvironment(file: string, files: BuildSearch['files']): boolean {
  try {
    ComposeEnvironment.from({}).withFiles([file], files)
    return true
  } catch (error) {
    if (error instanceof BuildFileError) return false
    throw error
  }
}

/** The sample of the same words, such as `api.env.example` or `example.api.env` of `api.env`, else that of `.env` for a `.env.NAME`. */
export function findSampleOf(names: readonly string[], wanted: string): string | undefined {
  const samples = names.filter((name) => splitName(name).some((word) => SAMPLE.test(word)))
  const wordsOf = (name: string) => splitName(name).filter((word) => !SAMPLE.test(word))
  const find = (words: readonly string[]) =>
    samples.find((name) => wordsOf(name).sort().join() === [...words].sort().join())
  return find(wordsOf(wanted)) ?? (wanted.startsWith('.env') ? find(['env']) : undefined)
}

function splitName(name: string): string[] {
  return name.split(/[._-]+/).filter((word) => word !== '')
}
