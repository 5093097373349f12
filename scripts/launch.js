/** What bin/run.js needs for every call, in one file: finding another takes Node longer than reading it. */
export {createMetadata, readCall} from '../dist/host/docker/docker-plugin.js'
export {loadProgram} from '../dist/host/process/load-program.js'
