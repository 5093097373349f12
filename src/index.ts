/** The library: what a script or an editor extension may import. Re-exports only. */

export {
  type ContextPaths,
  type RequestedPaths,
  requestedPaths,
} from './build/graph/requests/requested-paths.js'
export type * from './config/slim-check-config.js'
export {DockerfileError, IgnoreFileError, IgnorePatternError, SlimCheckError} from './errors.js'
export {
  createIgnoreMatcher,
  type IgnoreDecision,
  type IgnoreMatcher,
} from './languages/ignore/ignore-matcher.js'
export {type IgnoreFile, type IgnorePattern, parseIgnoreFile} from './languages/ignore/parse-ignore-file.js'
export type * from './report/cache-report.js'
export type * from './report/context-report.js'
export type * from './report/dockerfile-report.js'
export type {Entry} from './report/entry.js'
export type * from './report/image-report.js'
export type * from './report/measure/measure-report.js'
export type * from './report/project/compose-report.js'
export type * from './report/project/overview-report.js'
export type {Sizes} from './report/sizes.js'
export type {BaseImage, CacheSide} from './services/cache/predict/cache-side.js'
export {predictCache} from './services/cache/predict/predict-cache.js'
export {type AnalyzeComposeOptions, analyzeCompose} from './services/compose/analyze-compose.js'
export {type AnalyzeOptions, analyzeContext} from './services/context/analyze-context.js'
export {type AnalyzeDockerfileOptions, analyzeDockerfile} from './services/dockerfile/analyze-dockerfile.js'
export {listTransfer} from './services/entries/list-entries.js'
export {type AnalyzeImageOptions, analyzeImage} from './services/image/analyze-image.js'
export {type MeasureOptions, measureBuild} from './services/measure/measure-build.js'
export {type AnalyzeProjectOptions, analyzeProject} from './services/overview/analyze-project.js'
