import {existsSync, readFileSync} from 'node:fs'
import path from 'node:path'
import type {Case, Label} from './label.js'
import {layCase} from './lay-case.js'

/** A labelled project and where it stands, or how it is made. */
export interface Example {
  label: Label
  kind: string
  command: string
  /** Makes it ready below a directory of its own; returns where it stands. */
  layOut(directory: string): string
}

const COMMAND = 'docker-slim-check context .'

/**
 * Reads a directory of labelled projects: `labels.jsonl`, and beside it either the projects by name or a `cases.jsonl`
 * that they are made from.
 */
export function readCorpus(directory: string): Example[] {
  const labels = readRows<Label>(path.join(directory, 'labels.jsonl'))
  const cases = new Map(readRows<Case>(path.join(directory, 'cases.jsonl')).map((one) => [one.name, one]))
  return labels.map((label) => {
    const known = cases.get(label.name)
    const command = label.command ?? known?.command ?? COMMAND
    return {
      label,
      kind: known?.kind ?? 'project',
      command,
      layOut(below) {
        if (known === undefined) return path.join(directory, label.name)
        const project = path.join(below, label.name)
        layCase(known, project, label.files)
        return project
      },
    }
  })
}

/** Reads one JSON object a line; none where there is no such file. */
function readRows<Row>(file: string): Row[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row)
}
