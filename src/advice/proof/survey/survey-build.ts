import {createProofInput} from '../../../build/graph/proof-input.js'
import type {RuleInput} from '../../facts/rule-facts.js'
import {type Image, surveyImages} from './survey.js'

const NO_TEXTS: ReadonlyMap<string, string> = new Map()
const SURVEYED = new WeakMap<RuleInput, readonly Image[]>()

/** Surveys the images of a build that rules judge, once for all of them; none without a Dockerfile. */
export function surveyBuild(input: RuleInput): readonly Image[] {
  const known = SURVEYED.get(input)
  if (known !== undefined) return known
  const images = surveyImages(createProofInput(input, input.tree, input.sources ?? NO_TEXTS)) ?? []
  SURVEYED.set(input, images)
  return images
}
