import type {ProjectTexts} from './refused-rows.js'

/** Projects that `docker compose config` takes and whose `up` fails or never ends, each with one that starts. */
export interface StartRow {
  what: string
  faulty: ProjectTexts
  sound: ProjectTexts
  /** What Engine 28.5.2 said through Compose 2.40.3. */
  answer: string
}

const one = (keys: string): string => `services:\n  a: {image: example/a, network_mode: none, ${keys}}\n`

const behind = (keys: string): string =>
  `services:\n  a: {image: example/a}\n  b: {image: example/b, network_mode: "service:a"${keys}}\n`

const waiting = (restart: string): string =>
  `services:\n  a: {image: example/a, restart: ${restart}}\n  b:\n    image: example/b\n    depends_on: {a: {condition: service_completed_successfully}}\n`

const ROWS: readonly [what: string, faulty: string, sound: string, answer: string][] = [
  ['an unknown policy', one('restart: sometimes'), one('restart: always'), 'unknown policy'],
  ['a policy that is false', one('restart: "false"'), one('restart: "no"'), 'unknown policy'],
  [
    'a policy with an underscore',
    one('restart: unless_stopped'),
    one('restart: unless-stopped'),
    'unknown policy',
  ],
  [
    'a count for another policy',
    one('restart: "always:3"'),
    one('restart: "on-failure:3"'),
    'maximum retry count',
  ],
  ['a relative target', one('volumes: ["./x:y"]'), one('volumes: ["./x:/y"]'), 'mount path must be absolute'],
  [
    'a relative target of a tmpfs',
    one('tmpfs: [cache]'),
    one('tmpfs: ["/cache:size=1m"]'),
    'mount path must be absolute',
  ],
  [
    'ports without a network',
    behind(', ports: ["80:80"]'),
    behind(''),
    'port publishing and the container type network mode',
  ],
  ['an exposed port without a network', behind(', expose: ["80"]'), behind(', expose: []'), 'port exposing'],
  [
    'a hostname without a network',
    behind(', hostname: x'),
    behind(', dns_search: x.y'),
    'hostname and the network mode',
  ],
  ['dns without a network', behind(', dns: 1.1.1.1'), behind(''), 'dns and the network mode'],
  [
    'hosts without a network',
    behind(', extra_hosts: ["c=1.1.1.1"]'),
    behind(''),
    'custom host-to-IP mapping',
  ],
  [
    'links on the network of the host',
    'services:\n  a: {image: example/a}\n  b: {image: example/b, network_mode: host, links: [a]}\n',
    'services:\n  a: {image: example/a}\n  b: {image: example/b, network_mode: host, hostname: x}\n',
    "host type networking can't be used with links",
  ],
  [
    'the end of what is always restarted',
    waiting('always'),
    waiting('on-failure'),
    'nothing within a minute',
  ],
  ['the end of what is restarted', waiting('unless-stopped'), waiting('"no"'), 'nothing within a minute'],
  ['an unknown mode of memory', one('ipc: shared'), one('ipc: shareable'), 'invalid IPC mode'],
  ['an unknown mode of processes', one('pid: self'), one('pid: host'), 'invalid PID mode'],
  ['an unknown mode of names', one('uts: self'), one('uts: host'), 'invalid UTS mode'],
  [
    'an unknown capability',
    one('cap_add: [NET_FOO]'),
    one('cap_add: [net_admin, CAP_SYS_TIME]'),
    'unknown capability',
  ],
  [
    'an unknown capability that is dropped',
    one('cap_drop: [foo]'),
    one('cap_drop: [ALL]'),
    'unknown capability',
  ],
  ['an unknown signal', one('stop_signal: SIGFOO'), one('stop_signal: SIGRTMIN+3'), 'invalid signal'],
  [
    'a limit in bytes',
    one('mem_limit: "512"'),
    one('mem_limit: 512m'),
    'Minimum memory limit allowed is 6MB',
  ],
  [
    'a name with a space',
    one('container_name: my app'),
    one('container_name: my-app'),
    'Invalid container name',
  ],
  [
    'a relative directory',
    one('working_dir: app'),
    one('working_dir: /app'),
    'it needs to be an absolute path',
  ],
  [
    'an image in capitals',
    'services:\n  a: {image: MyApp}\n',
    'services:\n  a: {image: "Host/app:1.0-B"}\n',
    'must be lowercase',
  ],
  [
    'a tag that begins with a dash',
    'services:\n  a: {image: "app:-1"}\n',
    'services:\n  a: {image: "localhost:5000/app:1"}\n',
    'invalid reference format',
  ],
  ['an unknown limit', one('ulimits: {files: 5}'), one('ulimits: {nofile: 5}'), 'wrong rlimit value'],
  [
    'a soft limit above the hard one',
    one('ulimits: {nofile: {soft: 20, hard: 10}}'),
    one('ulimits: {nofile: {soft: 20, hard: -1}}'),
    'error setting rlimit',
  ],
]

export const START_ROWS: readonly StartRow[] = ROWS.map(([what, faulty, sound, answer]) => {
  return {what, faulty, sound, answer}
})
