/** The address of the rules' documentation, for formats that link to it. */
export const PROJECT_URL = 'https://github.com/docker-slim-check/docker-slim-check'
