import {defineRule} from '../define-rule.js'

/** Says that the sizes are too large to be counted to the byte: beyond 2^53 bytes numbers have gaps. */
export default defineRule<null>({
  id: 'rounded-sizes',
  severity: 'info',
  summary: 'Know when sizes are rounded',
  reason: 'Above 9 PB, which sparse files can claim, sizes are rounded to some bytes.',
  remedy: 'Ignore the files that claim such sizes; a build would send every byte.',
  examples: {
    good: [{ignore: '', tree: ['disk.img (9007199254740000 bytes)']}],
    bad: [{ignore: '', tree: ['a.img (9007199254740000 bytes)', 'b.img (992 bytes)']}],
  },
  message: () => 'these sizes are above 9 PB and rounded to some bytes',
  check: ({input}) => (input.main.transfer.sizes.fileBytes > Number.MAX_SAFE_INTEGER ? [{data: null}] : []),
})
