import {createModelLinkReader} from '../../../src/advice/model-link-reader.js'
import type {Example} from '../../../src/advice/rules/define-rule.js'
import type {RuleInput} from '../../../src/advice/rules/facts/rule-facts.js'
import {runRules} from '../../../src/advice/rules/run-rules.js'
import {followLinks} from '../../../src/context/follow-links.js'
import {evaluateDockerfile} from '../../../src/dockerfile/evaluate-dockerfile.js'
import {parseDockerfile} from '../../../src/dockerfile/parse-dockerfile.js'
import {requestsOf} from '../../../src/dockerfile/requested-paths.js'
import {createIgnorePattern, parseIgnoreFile} from '../../../src/ignore/parse-ignore-file.js'
import {PatternMatcher} from '../../../src/ignore/pattern-matcher.js'
import type {BuildPlan, PlanIgnoreFile} from '../../../src/plan/build-plan.js'
import {selectEntries} from '../../../src/transfer/select-entries.js'
import {createModel} from './create-model.js'

/** Measures an example as a service would measure a project. */
export function createInput(example: Example): RuleInput {
  const {dockerfile, ignore, tree, contents = {}, hasXattrs = true, unreadableIgnoreFile} = example
  const model = createModel(tree, contents)
  const ignoreFile = ignore === undefined ? null : createIgnoreFile(ignore)
  const plan = createPlan(dockerfile, ignoreFile)
  const {usesContext, paths} = plan.requests
  const followed = paths && followLinks(paths, createModelLinkReader(model))
  const filter = {
    ignore: ignoreFile && new PatternMatcher(ignoreFile.file.patterns),
    requested: followed && new PatternMatcher(followed.map((path) => createIgnorePattern(path))),
  }
  const nothing = {entries: new Uint32Array(), arrivesEmpty: new Set<number>(), unreadable: []}
  return {
    plan,
    model,
    main: {filter, selection: usesContext ? selectEntries(model, filter) : nothing},
    hasXattrs,
    secretTexts: new Map(Object.entries(contents)),
    ...(unreadableIgnoreFile !== undefined && {unreadableIgnoreFile}),
  }
}

/** Runs every rule on an example; each finding as `rule file:line message`. */
export function findIn(example: Example): string[] {
  return runRules(createInput(example)).map(
    ({rule, file, line, message}) => `${rule} ${file ?? '-'}:${line ?? '-'} ${message}`,
  )
}

/** The same, rule and place only, for the rules of one kind of file. */
export function findPlaces(example: Example, file: string): string[] {
  return runRules(createInput(example))
    .filter((finding) => finding.file === file)
    .map(({rule, line}) => `${line} ${rule}`)
}

function createIgnoreFile(text: string): PlanIgnoreFile {
  return {path: '.dockerignore', content: Buffer.from(text), file: parseIgnoreFile(text)}
}

function createPlan(dockerfile: string | undefined, ignoreFile: PlanIgnoreFile | null): BuildPlan {
  const context = {path: '.', hostPath: '/', ignoreFile}
  const evaluated = dockerfile === undefined ? null : evaluateDockerfile(parseDockerfile(dockerfile))
  return {
    name: 'Dockerfile',
    context,
    dockerfile: evaluated && {path: 'Dockerfile', content: Buffer.from(dockerfile ?? ''), evaluated},
    target: null,
    requests: evaluated === null ? {usesContext: true, paths: null} : requestsOf(evaluated, null),
    namedContexts: [],
  }
}
