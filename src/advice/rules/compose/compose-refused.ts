import {sentence} from '../../../languages/text/sentence.js'
import type {Refusal} from '../../../plan/compose/shape/refusal.js'
import type {ComposeRule} from '../define-compose-rule.js'

/** Finds keys and values that Compose does not take. */
const rule: ComposeRule = {
  id: 'compose-refused',
  severity: 'error',
  summary: 'Write what Compose and the engine take',
  reason:
    'Compose compares each file with its schema, and stops where a key is unknown, a value has another type or form, or two keys exclude each other. What it hands on as it is, the engine may refuse: then the service never starts.',
  remedy:
    'Correct the key or the value that the finding names: docker compose config shows whether Compose takes it, docker compose create whether the engine does.',
  examples: {
    bad: [
      {compose: 'services:\n  a:\n    image: example/a\n    enviroment: {MODE: prod}\n'},
      {compose: 'services:\n  a:\n    image: example/a\n    ports: "80:80"\n'},
      {compose: 'services:\n  a:\n    image: example/a\n    healthcheck: {test: "true", interval: 30}\n'},
      {compose: 'services:\n  a:\n    image: example/a\n    healthcheck: {test: [curl, localhost]}\n'},
      {compose: 'services:\n  a: {image: example/a}\nvolumes: {data: {external: true, driver: local}}\n'},
      {compose: 'services:\n  a:\n    image: example/a\n    command: echo ${NAME\n'},
      {
        compose:
          'services:\n  a: {image: example/a}\n  b: {image: example/b, network_mode: "service:a", ports: ["80:80"]}\n',
      },
      {
        compose:
          'services:\n  a: {image: example/a, restart: always}\n  b:\n    image: example/b\n    depends_on: {a: {condition: service_completed_successfully}}\n',
      },
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
    input.refusals.map((refusal) => ({
      message: sentence`${describe(refusal)}`,
      place: refusal.place,
      ...(refusal.service !== undefined && {service: refusal.service}),
      ...(refusal.since !== undefined && {severity: 'info' as const}),
      fix: refusal.fix,
    })),
}
export default rule

function describe({what, since, isOfEngine}: Refusal): string {
  if (since !== undefined) return what
  return isOfEngine ? `${what}: docker compose up fails` : `${what}: Compose refuses the project`
}
