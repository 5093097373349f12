import * as Flags from '@oclif/core/flags'
import {FORMATS} from '../reports/choose-format.js'

/** How the report looks, and where it goes. */
export const reportFlags = {
  format: Flags.string({
    helpGroup: 'REPORT',
    options: FORMATS,
    description: 'the format of the report; default: text',
  }),
  json: Flags.boolean({
    helpGroup: 'REPORT',
    exclusive: ['format'],
    description: 'the same as --format json',
  }),
  output: Flags.string({
    char: 'o',
    helpGroup: 'REPORT',
    helpValue: 'FILE',
    description: 'write the report to this file; .html, .md, .sarif or .json choose the format',
  }),
  tree: Flags.boolean({
    helpGroup: 'REPORT',
    exclusive: ['format', 'json'],
    description: 'show the largest directories as a tree',
  }),
  top: Flags.integer({
    helpGroup: 'REPORT',
    min: 1,
    helpValue: 'N',
    description: 'how many of the largest paths to show, 10,000 at most; default: 10',
  }),
  depth: Flags.integer({
    helpGroup: 'REPORT',
    min: 1,
    helpValue: 'N',
    description: 'add up the largest paths to directories N levels deep; default: as deep as is useful',
  }),
  bytes: Flags.boolean({
    helpGroup: 'REPORT',
    description: 'show every byte instead of rounded sizes',
  }),
  bandwidth: Flags.string({
    helpGroup: 'REPORT',
    helpValue: 'RATE',
    description:
      'show how long the transfer takes at this bandwidth, such as 50Mbit, or at several: 10Mbit,1Gbit',
  }),
  config: Flags.string({
    helpGroup: 'REPORT',
    helpValue: 'FILE',
    description: 'use this configuration file; default: .slim-check.yaml in DIR or above it',
  }),
}
