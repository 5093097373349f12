/** Where the documentation of the rules is read, for formats that link to it. */
export const PROJECT_URL = 'https://github.com/docker-slim-check/docker-slim-check'
