/** The library: what a script or an editor extension may import. Re-exports only. */

export type * from './config/slim-check-config.js'
export type {ContextPaths, RequestedPaths} from './dockerfile/requested-paths.js'
export {requestedPaths} from './dockerfile/requested-paths.js'
export {DockerfileError, IgnoreFileError, IgnorePatternError, SlimCheckError} from './errors.js'
export {createIgnoreMatcher, type IgnoreDecision, type IgnoreMatcher} from './ignore/ignore-matcher.js'
export {type IgnoreFile, type IgnorePattern, parseIgnoreFile} from './ignore/parse-ignore-file.js'
export type * from './report/context-report.js'
export type {Entry} from './report/entry.js'
export {type AnalyzeOptions, analyzeContext} from './services/analyze-context.js'
export {listTransfer} from './services/list-transfer.js'
export type {Sizes} from './transfer/predict-transfer.js'
