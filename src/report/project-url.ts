/** Where the project lives: the address of the rules' documentation, and of what installs from Git. */
export const PROJECT_URL = 'https://github.com/docker-slim-check/docker-slim-check'
