/** What `help TOPIC` prints besides the commands, by topic. The description in package.json names them. */
export const HELP_TOPICS: Readonly<Record<string, string>> = {
  'exit-codes': `What the exit status of every command means

  0  Everything is fine.
  1  It ran, and a budget was exceeded, a finding of severity error was found (--fail-on changes that), or a
     --write was undone. The last line on standard error says which.
  2  It could not run: bad input, or a fault of this program. Standard error says what is wrong and what to do.
`,
  environment: `The variables that are read

  SLIM_CHECK               off: hooks check nothing. stop: the hook in docker build stops a build that fails the check.
  SLIM_CHECK_MAX_TRANSFER  the budget of hook check and of the hook in docker build, such as 50MB
  SLIM_CHECK_TIMEOUT       seconds that the hook in docker build may take; default: 10
  SLIM_CHECK_COMMAND       the program that the pre-build script calls; default: docker-slim-check
  SLIM_CHECK_NO_CACHE      1: keep no index of the last walk, no compiled code and no times of builds
  NO_COLOR, FORCE_COLOR    no colour, or colour in a pipe too; --color wins
  COLUMNS                  the width of a report in a pipe; default: no limit
  DOCKER_CONFIG            where Docker keeps its configuration and plugins
  DOCKER_BUILDKIT          0: the hooks are silent, as the legacy builder sends another context
  DOCKER_DEFAULT_PLATFORM  the platform to build for, where --platform names none
  GITHUB_STEP_SUMMARY      where --format github adds the summary of the job
`,
}
