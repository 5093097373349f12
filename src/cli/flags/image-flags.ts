import * as Flags from '@oclif/core/flags'
import {failOnFlag} from './budget-flags.js'

/** What an image is held against, and to. */
export const imageFlags = {
  to: Flags.string({
    helpGroup: 'COMPARE',
    helpValue: 'IMAGE',
    description: 'compare with this image, layer by layer, and say why each came again',
  }),
  deployed: Flags.string({
    helpGroup: 'COMPARE',
    helpValue: 'IMAGE',
    multiple: true,
    multipleNonGreedy: true,
    description: 'say what a host pulls that has this image; default: the one of --to',
  }),
  base: Flags.string({
    helpGroup: 'COMPARE',
    helpValue: 'IMAGE',
    description: 'the image that it is built on: its layers are one line',
  }),
  platform: Flags.string({
    helpGroup: 'IMAGE',
    helpValue: 'OS/ARCH',
    exclusive: ['all-platforms'],
    description: 'the platform; default: this machine’s if it is there, else the first',
  }),
  'all-platforms': Flags.boolean({helpGroup: 'IMAGE', description: 'report every platform that is there'}),
  context: Flags.string({
    helpGroup: 'IMAGE',
    helpValue: 'DIR',
    description: 'the build context: layers get the lines of its Dockerfile',
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
    description: 'compare every digest and diff id; --no-verify reads headers only, which is faster',
  }),
  layer: Flags.string({
    helpGroup: 'REPORT',
    helpValue: 'N|all',
    multiple: true,
    multipleNonGreedy: true,
    description: 'show the largest branches of this layer, too',
  }),
  tree: Flags.boolean({helpGroup: 'REPORT', description: 'show the largest branches of the image as a tree'}),
  duplicates: Flags.boolean({
    helpGroup: 'REPORT',
    description: 'show files of one content at several paths; reads contents where they are not read anyway',
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
    description: 'exit with status 1 if more is shipped and never seen',
  }),
  'max-deploy': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description:
      'exit with status 1 if a deploy over --deployed or --to downloads more on either kind of host',
  }),
}
