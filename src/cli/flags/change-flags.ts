import * as Flags from '@oclif/core/flags'

/** The flags of commands that change the user's files; `--write` says in its own words what it proves. */
export const changeFlags = {
  diff: Flags.boolean({description: 'show what --write would change, and write nothing'}),
  all: Flags.boolean({description: 'also show and write the ? changes, which need your review'}),
  interactive: Flags.boolean({
    char: 'i',
    exclusive: ['write', 'diff', 'json', 'format'],
    description: 'choose the changes to make from a list',
  }),
}
