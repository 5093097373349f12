/**
 * Measures the advice on labelled projects: `npm run corpus -- DIR…`, each DIR with a `labels.jsonl` (test/cases and
 * test/cases/own by default). Prints what is wrong, then the precision of safe lines and the recall of findings on builds that fail.
 */
import path from 'node:path'
import {projectRoot} from '../helpers/project.js'
import {makeTemporaryDirectory, removeTree} from '../helpers/tree.js'
import {ask, readIgnoreFile} from './ask.js'
import {type Answer, checkAnswer, countSafeLines, warns} from './check-answer.js'
import {type Example, readCorpus} from './read-corpus.js'

const DIRECTORIES = ['test/cases', 'test/cases/own']

interface Tally {
  right: number
  all: number
}

const directories = process.argv.slice(2)
const examples = (
  directories.length > 0 ? directories : DIRECTORIES.map((name) => path.join(projectRoot, name))
).flatMap((directory) => readCorpus(path.resolve(directory)))
const work = makeTemporaryDirectory()
try {
  process.exitCode = report(examples.map((example) => tryExample(example)))
} finally {
  removeTree(work)
}

interface Outcome {
  example: Example
  answer: Answer
  faults: readonly string[]
}

function tryExample(example: Example): Outcome {
  try {
    const project = example.layOut(work)
    const answer = ask(example.command, project)
    return {example, answer, faults: checkAnswer(answer, example.label, readIgnoreFile(project))}
  } catch (error) {
    return {example, answer: {}, faults: [(error as Error).message]}
  }
}

/** @returns the exit status: 1 where a safe line is wrong */
function report(outcomes: readonly Outcome[]): number {
  const kinds = new Map<string, Tally>()
  const failing: Tally = {right: 0, all: 0}
  let lines = 0
  let wrong = 0
  for (const {example, answer, faults} of outcomes) {
    const {label, kind} = example
    const tally = kinds.get(kind) ?? {right: 0, all: 0}
    kinds.set(kind, {right: tally.right + (faults.length === 0 ? 1 : 0), all: tally.all + 1})
    if (label.fails) {
      failing.all++
      if (warns(answer)) failing.right++
    }
    const safe = countSafeLines(answer, label)
    lines += safe.all
    wrong += safe.wrong
    if (faults.length > 0) print(`${kind} ${label.name}\n${faults.map((fault) => `    ${fault}`).join('\n')}`)
  }
  for (const [kind, tally] of kinds) print(`${kind}: ${describe(tally)} right`)
  print(`all: ${describe(sum([...kinds.values()]))} right`)
  print(`precision of + lines: ${describe({right: lines - wrong, all: lines})}`)
  print(`recall on builds that fail: ${describe(failing)}`)
  return wrong > 0 ? 1 : 0
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce((one, other) => ({right: one.right + other.right, all: one.all + other.all}))
}

function describe({right, all}: Tally): string {
  return all === 0 ? '0 of 0' : `${right} of ${all} (${((right / all) * 100).toFixed(1)} %)`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
