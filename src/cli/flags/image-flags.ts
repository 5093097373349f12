import * as Flags from '@oclif/core/flags'
import {failOnFlag} from './budget-flags.js'

/** What an image is held against, and to. */
export const imageFlags = {
  to: Flags.string({
    helpGroup: 'COMPARE',
    helpValue: 'IMAGE',
    description: 'compare with this image layer by layer, and show why each layer changed',
  }),
  deployed: Flags.string({
    helpGroup: 'COMPARE',
    helpValue: 'IMAGE',
    multiple: true,
    multipleNonGreedy: true,
    description: 'show what a host that has this image pulls; default: the image of --to',
  }),
  base: Flags.string({
    helpGroup: 'COMPARE',
    helpValue: 'IMAGE',
    description: 'the base image: its layers are shown as one line',
  }),
  platform: Flags.string({
    helpGroup: 'IMAGE',
    helpValue: 'OS/ARCH',
    exclusive: ['all-platforms'],
    description: 'the platform; default: that of this machine if the image has it, else the first',
  }),
  'all-platforms': Flags.boolean({helpGroup: 'IMAGE', description: 'report every platform of the image'}),
  context: Flags.string({
    helpGroup: 'IMAGE',
    helpValue: 'DIR',
    description: 'the build context, to show for each layer its line of the Dockerfile',
  }),
  file: Flags.string({
    char: 'f',
    helpGroup: 'IMAGE',
    helpValue: 'PATH',
    description: 'the Dockerfile; default: Dockerfile in the context',
  }),
  verify: Flags.boolean({
    helpGroup: 'IMAGE',
    allowNo: true,
    default: true,
    description: 'check every digest and diff ID; --no-verify only reads headers, which is faster',
  }),
  layer: Flags.string({
    helpGroup: 'REPORT',
    helpValue: 'N|all',
    multiple: true,
    multipleNonGreedy: true,
    description: 'also show the largest directories of this layer',
  }),
  tree: Flags.boolean({
    helpGroup: 'REPORT',
    description: 'show the largest directories of the image as a tree',
  }),
  duplicates: Flags.boolean({
    helpGroup: 'REPORT',
    description: 'show files that the image has at several paths; with --no-verify this reads contents, too',
  }),
  'fail-on': failOnFlag('error', 'warning', 'never'),
  'max-size': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description: 'exit with status 1 if the layers unpack to more',
  }),
  'max-pull': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description: 'exit with status 1 if a first pull downloads more',
  }),
  'max-hidden': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description: 'exit with status 1 if more bytes are hidden',
  }),
  'max-deploy': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description:
      'exit with status 1 if a host that has the image of --deployed or --to downloads more, with either image store',
  }),
}
