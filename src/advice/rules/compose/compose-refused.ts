import {sentence} from '../../../languages/text/sentence.js'
import type {ComposeRule} from '../define-compose-rule.js'

/** Finds keys and values that Compose does not take. */
const rule: ComposeRule = {
  id: 'compose-refused',
  severity: 'error',
  summary: 'Write what Compose takes',
  reason:
    'Compose compares each file with its schema, and stops where a key is unknown, a value has another type or form, or two keys exclude each other.',
  remedy:
    'Correct the key or the value that the finding names: docker compose config shows whether all is right.',
  examples: {
    bad: [
      {compose: 'services:\n  a:\n    image: example/a\n    enviroment: {MODE: prod}\n'},
      {compose: 'services:\n  a:\n    image: example/a\n    ports: "80:80"\n'},
      {compose: 'services:\n  a:\n    image: example/a\n    healthcheck: {test: "true", interval: 30}\n'},
      {compose: 'services:\n  a:\n    image: example/a\n    healthcheck: {test: [curl, localhost]}\n'},
      {compose: 'services:\n  a: {image: example/a}\nvolumes: {data: {external: true, driver: local}}\n'},
      {compose: 'services:\n  a:\n    image: example/a\n    command: echo ${NAME\n'},
    ],
    good: [
      {compose: 'services:\n  a:\n    image: example/a\n    environment: {MODE: prod}\n'},
      {compose: 'services:\n  a:\n    image: example/a\n    ports: ["80:80"]\n    x-team: web\n'},
      {
        compose:
          'services:\n  a:\n    image: example/a\n    healthcheck: {test: "true", interval: "1m30s"}\n',
      },
      {compose: 'services:\n  a:\n    image: example/a\n    pre_stop: [{command: [save]}]\n'},
    ],
  },
  check: ({input}) =>
    input.refusals.map(({what, place, fix, service, since}) => ({
      message: since === undefined ? sentence`${what}: Compose refuses the project` : sentence`${what}`,
      place,
      ...(service !== undefined && {service}),
      ...(since !== undefined && {severity: 'info' as const}),
      fix,
    })),
}
export default rule
