import {PROJECT_URL} from '../../report/rule-description.js'
import {createBlockKind} from './block-in-file.js'
import {UNPUBLISHED} from './unpublished.js'

/** A job for GitLab that checks the context. */
export const gitlab = createBlockKind({
  name: 'gitlab',
  summary: 'a GitLab job',
  fileNames: ['.gitlab-ci.yml'],
  createLines: ({version, options}) => [
    'docker-context:',
    '  image: node:22',
    '  script:',
    // As a global package npm does not build what it takes from Git.
    `    - npx --yes "git+${PROJECT_URL}.git#v${version}" hook check .${options.maxTransfer === undefined ? '' : ` --max-transfer ${options.maxTransfer}`}`,
  ],
  notes: ['Commit the file: the job runs at the next push', UNPUBLISHED.repository],
})
