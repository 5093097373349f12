/** Names by which make finds its file. */
export const MAKEFILES: readonly string[] = ['Makefile', 'makefile', 'GNUmakefile']
export const GITLAB_FILE = '.gitlab-ci.yml'
