import type {Confidence} from '../../report/context-report.js'

/** What stands before a suggestion of each confidence. */
export const MARKS: Record<Confidence, string> = {safe: '+', review: '?', blocked: 'x'}
