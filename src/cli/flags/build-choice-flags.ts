import * as Flags from '@oclif/core/flags'
import type {AnalyzeRequest} from '../../services/context/analyze-request.js'
import {given} from './given.js'

/** Flags that may stand without a value: the default files. */
export const OPTIONAL_VALUE_FLAGS = ['--compose', '--bake']

/** Which builds to look at, where it is not the one that the build flags describe. */
export const buildChoiceFlags = {
  compose: Flags.string({
    helpGroup: 'SEVERAL BUILDS',
    helpValue: '[FILE]',
    multiple: true,
    multipleNonGreedy: true,
    description: 'the services of a compose file; default: compose.yaml and its variants in DIR',
  }),
  bake: Flags.string({
    helpGroup: 'SEVERAL BUILDS',
    helpValue: '[FILE]',
    multiple: true,
    multipleNonGreedy: true,
    description: 'the targets of a bake file; default: docker-bake.hcl or docker-bake.json in DIR',
  }),
  workflows: Flags.boolean({
    helpGroup: 'SEVERAL BUILDS',
    description: 'the builds of the GitHub workflows in DIR',
  }),
  'all-dockerfiles': Flags.boolean({
    helpGroup: 'SEVERAL BUILDS',
    description: 'every Dockerfile below DIR, each with its most likely context',
  }),
  service: Flags.string({
    helpGroup: 'SEVERAL BUILDS',
    helpValue: 'NAME',
    multiple: true,
    multipleNonGreedy: true,
    description: 'only this service or bake target',
  }),
  profile: Flags.string({
    helpGroup: 'SEVERAL BUILDS',
    helpValue: 'NAME',
    multiple: true,
    multipleNonGreedy: true,
    description: 'also the services of this compose profile',
  }),
  'compose-cli': Flags.boolean({
    helpGroup: 'SEVERAL BUILDS',
    description: 'read the compose files with docker compose config',
  }),
}

interface BuildChoiceValues {
  compose: string[] | undefined
  bake: string[] | undefined
  workflows: boolean
  'all-dockerfiles': boolean
  service: string[] | undefined
  profile: string[] | undefined
  'compose-cli': boolean
}

/** What the flags choose, in the words of the service; undefined where they choose nothing. */
export function readBuildChoice(flags: BuildChoiceValues): AnalyzeRequest['choice'] {
  const isRead = flags['compose-cli']
  const choice = given({
    composeFiles: (flags.compose ?? (isRead ? [] : undefined))?.filter((file) => file !== ''),
    composeCli: isRead || undefined,
    bakeFiles: flags.bake?.filter((file) => file !== ''),
    workflows: flags.workflows || undefined,
    allDockerfiles: flags['all-dockerfiles'] || undefined,
    services: flags.service,
    profiles: flags.profile,
  })
  return Object.keys(choice).length === 0 ? undefined : choice
}
