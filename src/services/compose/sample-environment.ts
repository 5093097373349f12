import path from 'node:path'
import {BuildFileError} from '../../errors.js'
import {ComposeEnvironment} from '../../plan/compose/variables/compose-environment.js'
import type {BuildSearch} from '../load/find/build-search.js'

/** What projects call the file from which people make their `.env`, which Git does not hold; the likeliest first. */
const SAMPLES =
  /^(?:\.env[._-](?:example|sample|template|dist|defaults?|tmpl)|(?:example|sample|template|dist|defaults?)\.env|env[._-](?:example|sample|template|dist|defaults?))$/

/** The sample of the `.env` of a directory; null where that is there, or unwanted, or nothing stands for it. */
export function findSample({env, files}: BuildSearch, directory: string): string | null {
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
