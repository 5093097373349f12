import assert from 'node:assert/strict'
import {parseDockerfile} from '../../../../src/languages/dockerfile/syntax/parse-dockerfile.js'
import {failureOf} from '../make-scope.js'

describe('checkInstruction', () => {
  const failures: [source: string, message: string][] = [
    ['COPY a', 'COPY needs at least one source and a destination'],
    ['ADD', 'ADD needs at least one source and a destination'],
    ['COPY a <<E\nE', 'COPY cannot take a heredoc as its destination'],
    ['COPY --frm=a b c', 'unknown flag "--frm" of COPY (did you mean --from?)'],
    ['COPY --from b c', 'flag "--from" needs a value, after "=": --from=b'],
    ['COPY --from=a --from=b c d', 'flag "--from" is there twice'],
    ['COPY --link=x a b', 'flag "--link" is true or false, not "x"'],
    ['COPY [1]', 'the JSON array may contain only strings'],
    ['FROM a b', 'FROM needs one argument, or three: FROM image AS name'],
    ['FROM', 'FROM needs one argument, or three: FROM image AS name'],
    [
      'FROM a AS 1',
      'bad stage name "1": it must start with a letter, and may contain letters, digits, "-", "_" and "."',
    ],
    ['ENV A', '"A" has no value: write name=value'],
    ['ENV A=b c', 'no "=" in "c": write name=value'],
    ['ENV =b', 'ENV needs a name before "="'],
    ['ARG =b', 'ARG needs a name before "="'],
    ['ARG', 'ARG needs at least one argument'],
    ['WORKDIR', 'WORKDIR needs exactly one argument'],
    ['USER --x a', 'unknown flag "--x" of USER'],
    ['SHELL a', 'SHELL needs a JSON array of strings'],
    ['VOLUME [""]', 'VOLUME cannot be empty'],
    ['ONBUILD ONBUILD RUN a', 'ONBUILD cannot be chained'],
    ['ONBUILD FROM a', 'FROM cannot be an ONBUILD trigger'],
    ['RUN --network=x a', 'unknown network mode "x": choose default, none or host'],
    ['RUN --security=x a', 'unknown security mode "x": choose sandbox or insecure'],
  ]
  for (const [source, message] of failures) {
    it(`refuses ${JSON.stringify(source)}`, () => {
      assert.equal(
        failureOf(() => parseDockerfile(`\n${source}\n`)),
        `2: ${message}`,
      )
    })
  }

  const accepted = [
    'RUN',
    'CMD',
    'ARG --x a',
    'STOPSIGNAL --x 9',
    'COPY --exclude=a --exclude=b c d',
    'COPY -- a b',
  ]
  for (const source of accepted) it(`accepts ${source}`, () => void parseDockerfile(source))
})
