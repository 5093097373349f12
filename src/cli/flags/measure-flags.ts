import * as Flags from '@oclif/core/flags'
import {MEASURE_SCENARIOS} from '../../report/measure/measure-report.js'

/** What is built, how often, and what it is held to. */
export const measureFlags = {
  scenario: Flags.string({
    helpGroup: 'MEASURE',
    helpValue: 'NAME,...',
    multiple: true,
    multipleNonGreedy: true,
    description: `what to build: ${MEASURE_SCENARIOS.join(', ')}; default: cold, unchanged and source`,
  }),
  runs: Flags.integer({
    helpGroup: 'MEASURE',
    helpValue: 'N',
    min: 1,
    max: 100,
    description: 'how often each is built; fewer than 3 do not show that times differ; default: 3',
  }),
  image: Flags.string({
    helpGroup: 'MEASURE',
    helpValue: 'REF',
    multiple: true,
    multipleNonGreedy: true,
    description: 'look at this image of the engine instead of building',
  }),
  record: Flags.string({
    helpGroup: 'MEASURE',
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    exclusive: ['image'],
    description: 'take the times of this .dockerbuild file, as CI keeps it of a build, instead of building',
  }),
  builder: Flags.string({
    helpGroup: 'MEASURE',
    helpValue: 'NAME',
    description: 'the builder of docker buildx; default: the one in use',
  }),
  save: Flags.string({
    helpGroup: 'COMPARE',
    helpValue: 'FILE',
    description:
      'write the report to FILE.md and FILE.json; default with --against: results beside the baseline',
  }),
  against: Flags.string({
    helpGroup: 'COMPARE',
    helpValue: 'FILE',
    description: 'compare with a report that --save wrote, and say what did most',
  }),
  document: Flags.boolean({
    helpGroup: 'COMPARE',
    dependsOn: ['against'],
    description: 'build nothing: print "How we optimized images" from the baseline and its results',
  }),
  'max-build-time': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'TIME',
    description: 'exit with status 1 if a cold build takes longer, for instance than 5m',
  }),
  'max-size': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description: 'exit with status 1 if the layers of an image unpack to more, for instance than 500MB',
  }),
  'max-pull': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description: 'exit with status 1 if a first pull downloads more',
  }),
  'max-deploy': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description:
      'exit with status 1 if a host that has the image downloads more after an edit of one source file',
  }),
  'max-growth': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'PERCENT',
    description: 'exit with status 1 if a figure has grown by more since the baseline, for instance than 10%',
  }),
  'min-saving': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'PERCENT',
    description: 'exit with status 1 unless the image is smaller by as much than in the baseline',
  }),
  'min-speedup': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'PERCENT',
    description: 'exit with status 1 unless a cold build is faster by as much than in the baseline',
  }),
  smoke: Flags.string({
    helpGroup: 'SMOKE CHECKS',
    helpValue: 'FILE',
    description: 'try the smoke checks of this file in the image, besides those of the configuration',
  }),
  'smoke-before': Flags.string({
    helpGroup: 'SMOKE CHECKS',
    helpValue: 'REF',
    description: 'try them in this image, too, to say what held before; default: what the baseline says',
  }),
  'skip-smoke': Flags.boolean({
    helpGroup: 'SMOKE CHECKS',
    exclusive: ['smoke', 'smoke-before'],
    description: 'try none',
  }),
  'smoke-init': Flags.boolean({
    helpGroup: 'SMOKE CHECKS',
    exclusive: ['smoke', 'smoke-before', 'skip-smoke', 'save', 'against'],
    description: 'print a first set of checks, each tried in the image',
  }),
  'dry-run': Flags.boolean({
    helpGroup: 'MEASURE',
    description: 'print the docker commands, and build nothing',
  }),
}
