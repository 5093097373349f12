/** The library: what a script or an editor extension may import. Re-exports only. */
export {DockerfileError, IgnoreFileError, IgnorePatternError, SlimCheckError} from './errors.js'
