import {SlimCheckError} from '../../errors.js'
import {parseSize} from '../../languages/text/parse-size.js'
import {
  IMAGE_BUDGET_NAMES,
  type ImageBudget,
  type ImageBudgetName,
  type ImageLimits,
  type ImageReport,
} from '../../report/image-report.js'

const FIGURES: Record<ImageBudgetName, (image: ImageReport) => number | null> = {
  'max-size': ({unpackedBytes}) => unpackedBytes,
  'max-pull': ({pullBytes}) => pullBytes,
  'max-hidden': ({hiddenBytes}) => hiddenBytes,
  // A deploy has to be small on either kind of host.
  'max-deploy': ({deploy}) => deploy && Math.max(deploy.classic.bytes, deploy.containerd.bytes),
}

/** Holds an image to its limits. @throws SlimCheckError for a limit that is none, or that nothing can be compared with */
export function checkImageBudgets(image: ImageReport, limits: ImageLimits): ImageBudget[] {
  return IMAGE_BUDGET_NAMES.flatMap((name) => {
    const text = limits[name]
    if (text === undefined) return []
    const limit = readLimit(name, text)
    const actual = FIGURES[name](image)
    if (actual === null) {
      throw new SlimCheckError('bad-flag', {
        message: '--max-deploy needs the image that a host already has',
        nextStep: 'Name it with --deployed or --to',
      })
    }
    return [{name, limit, actual, ok: actual <= limit}]
  })
}

function readLimit(name: ImageBudgetName, text: string): number {
  const limit = parseSize(text)
  if (limit !== null) return limit
  throw new SlimCheckError('bad-flag', {
    message: `--${name}: ${JSON.stringify(text)} is not a size`,
    nextStep: 'Write it as 50MB (10^6 bytes) or 50MiB (2^20 bytes)',
  })
}
