import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import {runCli} from '../helpers/run-cli.js'
import type {Answer} from './check-answer.js'

/** Runs a command line of a label in a project, as `--json`. @throws Error where that prints no JSON */
export function ask(command: string, project: string): Answer {
  const words = command.trim().split(/\s+/).slice(1)
  const {stdout, stderr} = runCli([...words, '--json'], {cwd: project})
  try {
    return JSON.parse(stdout) as Answer
  } catch {
    throw new Error(`${command} printed no JSON: ${stderr || stdout}`)
  }
}

/** The ignore file at the root of a project; empty if there is none. */
export function readIgnoreFile(project: string): string {
  const file = path.join(project, '.dockerignore')
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
