import {defineRule} from '../define-rule.js'

/** Says that the figures leave extended attributes out, where they do. */
export default defineRule<null>({
  id: 'xattrs-not-read',
  severity: 'info',
  summary: 'Know when extended attributes are not counted',
  reason:
    'They are part of the transfer, and Node.js cannot read them without the optional package @napi-rs/xattr.',
  remedy: 'Install the package with its optional dependencies; few files have any.',
  examples: {good: [{tree: ['a.txt']}], bad: [{hasXattrs: false, tree: ['a.txt']}]},
  message: () => 'extended attributes are not counted: the optional package @napi-rs/xattr is missing here',
  check: ({input}) => (input.hasXattrs ? [] : [{data: null}]),
})
