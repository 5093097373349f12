/** What hooks say that take docker-slim-check from where it is not yet. It goes with the first release. */
export const UNPUBLISHED = {
  action:
    'The action is not published yet: copy docker-slim-check into your repository and write its path, such as ./tools/docker-slim-check',
  repository: 'docker-slim-check is not published yet: this works once its repository is there',
}
