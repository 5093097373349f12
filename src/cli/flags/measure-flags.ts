import * as Flags from '@oclif/core/flags'
import {MEASURE_SCENARIOS} from '../../report/measure/measure-report.js'

/** What is built, how often, and what it is held to. */
export const measureFlags = {
  scenario: Flags.string({
    helpGroup: 'MEASURE',
    helpValue: 'NAME',
    multiple: true,
    multipleNonGreedy: true,
    description: `what to build: ${MEASURE_SCENARIOS.join(', ')}; default: cold, unchanged and source`,
  }),
  runs: Flags.integer({
    helpGroup: 'MEASURE',
    helpValue: 'N',
    min: 1,
    max: 100,
    description:
      'how often each scenario is built; fewer than 3 runs cannot show that times differ; default: 3',
  }),
  image: Flags.string({
    helpGroup: 'MEASURE',
    helpValue: 'REF',
    multiple: true,
    multipleNonGreedy: true,
    description: 'measure this image of the engine instead of building',
  }),
  record: Flags.string({
    helpGroup: 'MEASURE',
    helpValue: 'FILE',
    multiple: true,
    multipleNonGreedy: true,
    exclusive: ['image'],
    description:
      'read the times of steps from this .dockerbuild file, a build record that CI saved, instead of building',
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
    description: 'compare with a report that --save wrote, and show which changes had the most effect',
  }),
  document: Flags.boolean({
    helpGroup: 'COMPARE',
    dependsOn: ['against'],
    description: 'build nothing: print "How we optimized images" from the baseline and its results',
  }),
  'max-build-time': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'TIME',
    description: 'exit with status 1 if a cold build takes longer, such as 5m',
  }),
  'max-size': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'SIZE',
    description: 'exit with status 1 if the layers of an image unpack to more, such as 500MB',
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
      'exit with status 1 if, after an edit of one source file, a host that has the image downloads more',
  }),
  'max-growth': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'PERCENT',
    description: 'exit with status 1 if a figure has grown by more since the baseline, such as 10%',
  }),
  'min-saving': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'PERCENT',
    description: 'exit with status 1 unless the image is at least this much smaller than in the baseline',
  }),
  'min-speedup': Flags.string({
    helpGroup: 'BUDGET',
    helpValue: 'PERCENT',
    description: 'exit with status 1 unless a cold build is at least this much faster than in the baseline',
  }),
  smoke: Flags.string({
    helpGroup: 'SMOKE CHECKS',
    helpValue: 'FILE',
    description: 'run the smoke checks of this file in the image, besides those of the configuration',
  }),
  'smoke-before': Flags.string({
    helpGroup: 'SMOKE CHECKS',
    helpValue: 'REF',
    description:
      'also run the smoke checks in this older image, to show what passed before; default: the results in the baseline',
  }),
  'skip-smoke': Flags.boolean({
    helpGroup: 'SMOKE CHECKS',
    exclusive: ['smoke', 'smoke-before'],
    description: 'run no smoke checks',
  }),
  'smoke-init': Flags.boolean({
    helpGroup: 'SMOKE CHECKS',
    exclusive: ['smoke', 'smoke-before', 'skip-smoke', 'save', 'against'],
    description: 'print a first set of smoke checks, each of which passes in the image',
  }),
  'dry-run': Flags.boolean({
    helpGroup: 'MEASURE',
    description: 'print the docker commands, and build nothing',
  }),
}
