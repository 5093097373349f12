// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of compose files
/** Small projects that Compose refuses, each with one that it takes and that differs in one thing. */

/** A text is `compose.yaml`; a record has several files. */
export type ProjectTexts = string | Readonly<Record<string, string>>

export interface RefusedRow {
  what: string
  faulty: ProjectTexts
  sound: ProjectTexts
  /** How `docker compose config` of `ANSWERED_BY` begins to refuse it. */
  answer: string
}

/** The version of Compose that was asked; the engine tests ask the one that is there. */
export const ANSWERED_BY = '2.40.3'

type Row = [what: string, faulty: ProjectTexts, sound: ProjectTexts, answer: string]
type Pair = [faulty: ProjectTexts, sound: ProjectTexts]

const web = (lines: string): string =>
  `services:\n  web:\n    image: example/web\n${lines
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('')}`

const build = (lines: string): string =>
  `services:\n  web:\n    build:\n      context: .\n${lines
    .split('\n')
    .map((line) => `      ${line}\n`)
    .join('')}`

const top = (lines: string): string => `services:\n  web:\n    image: example/web\n${lines}\n`

/** Both with a Dockerfile. */
const built = (faulty: string, sound: string): Pair => {
  const Dockerfile = 'FROM scratch\nCOPY compose.yaml /\n'
  return [
    {'compose.yaml': faulty, Dockerfile},
    {'compose.yaml': sound, Dockerfile},
  ]
}

const ROWS: readonly Row[] = [
  // unknown keys
  [
    'an unknown key at the top',
    top('service:\n  a: {}'),
    top('x-service:\n  a: {}'),
    "compose.yaml:  additional properties 'service' not allowed",
  ],
  [
    'a top key in singular',
    top('volume:\n  data: {}'),
    top('volumes:\n  data: {}'),
    "compose.yaml:  additional properties 'volume' not allowed",
  ],
  [
    'an unknown key of a service',
    web('enviroment:\n  A: b'),
    web('environment:\n  A: b'),
    "compose.yaml: services.web additional properties 'enviroment' not allowed",
  ],
  [
    'a key of a service with a dash',
    web('depends-on: []'),
    web('depends_on: []'),
    "compose.yaml: services.web additional properties 'depends-on' not allowed",
  ],
  [
    'a key of a build in a service',
    web('dockerfile: Dockerfile'),
    web('labels: {dockerfile: Dockerfile}'),
    "compose.yaml: services.web additional properties 'dockerfile' not allowed",
  ],
  [
    'an unknown key of a build',
    ...built(build('file: Dockerfile'), build('dockerfile: Dockerfile')),
    "compose.yaml: services.web.build additional properties 'file' not allowed",
  ],
  [
    'an unknown key of a build, singular',
    ...built(build('arg: {A: b}'), build('args: {A: b}')),
    "compose.yaml: services.web.build additional properties 'arg' not allowed",
  ],
  [
    'an unknown key of deploy',
    web('deploy:\n  replica: 1'),
    web('deploy:\n  replicas: 1'),
    "compose.yaml: services.web.deploy additional properties 'replica' not allowed",
  ],
  [
    'limits without resources',
    web('deploy:\n  limits: {memory: 1g}'),
    web('deploy:\n  resources: {limits: {memory: 1g}}'),
    "compose.yaml: services.web.deploy additional properties 'limits' not allowed",
  ],
  [
    'a legacy limit among the new',
    web('deploy:\n  resources: {limits: {mem: 1g}}'),
    web('deploy:\n  resources: {limits: {memory: 1g}}'),
    "compose.yaml: services.web.deploy.resources.limits additional properties 'mem' not allowed",
  ],
  [
    'an unknown key of a health check',
    web('healthcheck:\n  test: curl localhost\n  retry: 3'),
    web('healthcheck:\n  test: curl localhost\n  retries: 3'),
    "compose.yaml: services.web.healthcheck additional properties 'retry' not allowed",
  ],
  [
    'start period with a dash',
    web('healthcheck:\n  test: curl localhost\n  start-period: 3s'),
    web('healthcheck:\n  test: curl localhost\n  start_period: 3s'),
    "compose.yaml: services.web.healthcheck additional properties 'start-period' not allowed",
  ],
  [
    'an unknown key of a volume',
    top('volumes:\n  data:\n    drive: local'),
    top('volumes:\n  data:\n    driver: local'),
    "compose.yaml: volumes.data additional properties 'drive' not allowed",
  ],
  [
    'an unknown key of a network',
    top('networks:\n  front:\n    subnet: 10.0.0.0/24'),
    top('networks:\n  front:\n    ipam: {config: [{subnet: 10.0.0.0/24}]}'),
    "compose.yaml: networks.front additional properties 'subnet' not allowed",
  ],
  [
    'an unknown key of a mount',
    web('volumes:\n  - {type: bind, source: ., target: /src, readonly: true}'),
    web('volumes:\n  - {type: bind, source: ., target: /src, read_only: true}'),
    "compose.yaml: services.web.volumes.0 additional properties 'readonly' not allowed",
  ],
  [
    'an unknown key of a port',
    web('ports:\n  - {target: 80, host: 8080}'),
    web('ports:\n  - {target: 80, published: 8080}'),
    "compose.yaml: services.web.ports.0 additional properties 'host' not allowed",
  ],
  [
    'an unknown key of logging',
    web('logging:\n  driver: json-file\n  option: {max-size: 1m}'),
    web('logging:\n  driver: json-file\n  options: {max-size: 1m}'),
    "compose.yaml: services.web.logging additional properties 'option' not allowed",
  ],
  [
    'an unknown key of a dependency',
    web('depends_on:\n  db: {condition: service_started, wait: true}') + '  db: {image: example/db}\n',
    web('depends_on:\n  db: {condition: service_started, restart: true}') + '  db: {image: example/db}\n',
    "compose.yaml: services.web.depends_on.db additional properties 'wait' not allowed",
  ],
  [
    'an unknown key of a secret',
    top('secrets:\n  pw: {path: ./pw.txt}'),
    top('secrets:\n  pw: {file: ./pw.txt}'),
    "compose.yaml: secrets.pw additional properties 'path' not allowed",
  ],
  [
    'a service at the top level',
    'services:\nweb:\n  image: example/web\n',
    'services:\n  web:\n    image: example/web\n',
    'services must be a mapping',
  ],
  [
    'the first file format, without services',
    'web:\n  image: example/web\n',
    'services:\n  web:\n    image: example/web\n',
    "compose.yaml:  additional properties 'web' not allowed",
  ],
  [
    'keys that another tool knows',
    web('replicas: 2'),
    web('scale: 2'),
    "compose.yaml: services.web additional properties 'replicas' not allowed",
  ],
  [
    'the network of the first file format',
    web('net: host'),
    web('network_mode: host'),
    "compose.yaml: services.web additional properties 'net' not allowed",
  ],
  // types
  [
    'a list of services',
    'services:\n  - web:\n      image: example/web\n',
    'services:\n  web:\n    image: example/web\n',
    'services must be a mapping',
  ],
  [
    'a service that is a text',
    'services:\n  web: example/web\n',
    'services:\n  web: {image: example/web}\n',
    'services.web must be a mapping',
  ],
  [
    'an empty service',
    'services:\n  web:\n',
    'services:\n  web: {image: example/web}\n',
    'compose.yaml: services.web must be a mapping',
  ],
  [
    'volumes as a list at the top',
    top('volumes:\n  - data'),
    top('volumes:\n  data:'),
    'compose.yaml: volumes must be a mapping',
  ],
  [
    'networks as a list at the top',
    top('networks:\n  - front'),
    top('networks:\n  front:'),
    'compose.yaml: networks must be a mapping',
  ],
  [
    'a text for a list of ports',
    web('ports: "80:80"'),
    web('ports: ["80:80"]'),
    'compose.yaml: services.web.ports must be a array',
  ],
  [
    'a mapping of ports',
    web('ports:\n  80: 80'),
    web('ports:\n  - 80:80'),
    'non-string key in services.web.ports: 80',
  ],
  [
    'a text for volumes',
    web('volumes: ./src:/src'),
    web('volumes: [./src:/src]'),
    'compose.yaml: services.web.volumes must be a array',
  ],
  [
    'a mapping as item of the environment',
    web('environment:\n  - A: b'),
    web('environment:\n  - A=b'),
    'services.web.environment.[0]: unexpected type map[string]interface {}',
  ],
  [
    'a nested value of the environment',
    web('environment:\n  A: {b: c}'),
    web('environment:\n  A: "{b: c}"'),
    'compose.yaml: services.web.environment.A must be a boolean, null, number or string',
  ],
  [
    'a list as a value of the environment',
    web('environment:\n  HOSTS: [a, b]'),
    web('environment:\n  HOSTS: a,b'),
    'compose.yaml: services.web.environment.HOSTS must be a boolean, null, number or string',
  ],
  [
    'a text for the environment',
    web('environment: A=b'),
    web('environment: [A=b]'),
    'compose.yaml: services.web.environment must be a mapping',
  ],
  [
    'a number in a command',
    web('command: [sleep, 5]'),
    web('command: [sleep, "5"]'),
    'compose.yaml: services.web.command.1 must be a string',
  ],
  [
    'a mapping for a command',
    web('command: {run: sleep}'),
    web('command: sleep 5'),
    'compose.yaml: services.web.command must be a null',
  ],
  [
    'a number for an image',
    'services:\n  web:\n    image: 5\n',
    'services:\n  web:\n    image: "5"\n',
    'compose.yaml: services.web.image must be a string',
  ],
  [
    'a number for a container name',
    web('container_name: 12'),
    web('container_name: "12"'),
    'compose.yaml: services.web.container_name must be a string',
  ],
  [
    'a boolean for restart',
    web('restart: false'),
    web('restart: "no"'),
    'compose.yaml: services.web.restart must be a string',
  ],
  [
    'a text for depends_on',
    web('depends_on: db') + '  db: {image: example/db}\n',
    web('depends_on: [db]') + '  db: {image: example/db}\n',
    'compose.yaml: services.web.depends_on must be a array',
  ],
  [
    'a text among dependencies',
    web('depends_on:\n  db: service_healthy') + '  db: {image: example/db, healthcheck: {test: "true"}}\n',
    web('depends_on:\n  db: {condition: service_healthy}') +
      '  db: {image: example/db, healthcheck: {test: "true"}}\n',
    'compose.yaml: services.web.depends_on.db must be a mapping',
  ],
  [
    'a dependency without condition',
    web('depends_on:\n  db: {required: false}') + '  db: {image: example/db}\n',
    web('depends_on:\n  db: {condition: service_started, required: false}') + '  db: {image: example/db}\n',
    "compose.yaml: services.web.depends_on.db missing property 'condition'",
  ],
  [
    'an unknown condition',
    web('depends_on:\n  db: {condition: healthy}') +
      '  db: {image: example/db, healthcheck: {test: "true"}}\n',
    web('depends_on:\n  db: {condition: service_healthy}') +
      '  db: {image: example/db, healthcheck: {test: "true"}}\n',
    "compose.yaml: services.web.depends_on.db.condition value must be one of 'service_started',",
  ],
  [
    'a number of memory in deploy',
    web('deploy:\n  resources: {limits: {memory: 512}}'),
    web('deploy:\n  resources: {limits: {memory: "512m"}}'),
    'compose.yaml: services.web.deploy.resources.limits.memory must be a string',
  ],
  [
    'a text for labels',
    web('labels: a=b'),
    web('labels: [a=b]'),
    'compose.yaml: services.web.labels must be a mapping',
  ],
  [
    'a mapping for cap_add',
    web('cap_add: {NET_ADMIN: true}'),
    web('cap_add: [NET_ADMIN]'),
    'compose.yaml: services.web.cap_add must be a array',
  ],
  [
    'a list for build',
    ...built('services:\n  web:\n    build: [.]\n', 'services:\n  web:\n    build: .\n'),
    'compose.yaml: services.web.build must be a string',
  ],
  [
    'a mapping in the arguments of a build',
    ...built(build('args:\n  - A: b'), build('args:\n  - A=b')),
    'services.web.build.args.[0]: unexpected type map[string]interface {}',
  ],
  [
    'a number for a target of a build',
    ...built(build('labels: [1]'), build('labels: {a: 1}')),
    'services.web.build.labels.[0]: unexpected type int',
  ],
  [
    'a text for profiles',
    web('profiles: dev'),
    web('profiles: [dev]'),
    'compose.yaml: services.web.profiles must be a array',
  ],
  [
    'a text for a health check',
    web('healthcheck: curl localhost'),
    web('healthcheck: {test: curl localhost}'),
    'compose.yaml: services.web.healthcheck must be a mapping',
  ],
  [
    'a mapping of secrets in a service',
    web('secrets:\n  pw: {}') + 'secrets: {pw: {environment: PW}}\n',
    web('secrets:\n  - pw') + 'secrets: {pw: {environment: PW}}\n',
    'compose.yaml: services.web.secrets must be a array',
  ],
  [
    'a name that is a number',
    'name: 5\n' + top(''),
    'name: "5"\n' + top(''),
    'compose.yaml: name must be a string',
  ],
  [
    'a version that is a number',
    'version: 3.8\n' + top(''),
    'version: "3.8"\n' + top(''),
    'compose.yaml: version must be a string',
  ],
  [
    'a list for include',
    {'compose.yaml': top('include: {path: a.yaml}'), 'a.yaml': 'services: {b: {image: example/b}}\n'},
    {'compose.yaml': top('include: [{path: a.yaml}]'), 'a.yaml': 'services: {b: {image: example/b}}\n'},
    '`include` must be a list, got map[path:a.yaml]',
  ],
  // values
  [
    'a duration without unit',
    web('healthcheck: {test: "true", interval: "30"}'),
    web('healthcheck: {test: "true", interval: 30s}'),
    '\'services[web].healthcheck.interval\' time: missing unit in duration "30"',
  ],
  [
    'a duration that is a number',
    web('healthcheck: {test: "true", interval: 30}'),
    web('healthcheck: {test: "true", interval: 30s}'),
    'compose.yaml: services.web.healthcheck.interval must be a string',
  ],
  [
    'a duration in words',
    web('stop_grace_period: 1 minute'),
    web('stop_grace_period: 1m'),
    '\'services[web].stop_grace_period\' time: unknown unit " minute" in duration "1 minute"',
  ],
  [
    'a duration with an unknown unit',
    web('healthcheck: {test: "true", timeout: 5sec}'),
    web('healthcheck: {test: "true", timeout: 5s}'),
    '\'services[web].healthcheck.timeout\' time: unknown unit "sec" in duration "5sec"',
  ],
  [
    'a grace period that is a number',
    web('stop_grace_period: 30'),
    web('stop_grace_period: 30s'),
    'compose.yaml: services.web.stop_grace_period must be a string',
  ],
  [
    'a size with a space and words',
    web('mem_limit: 1 gigabyte'),
    web('mem_limit: 1gb'),
    "'services[web].mem_limit' invalid suffix: 'gigabyte'",
  ],
  [
    'a size with percent',
    web('mem_limit: 50%'),
    web('mem_limit: 50m'),
    "'services[web].mem_limit' invalid suffix: '%'",
  ],
  [
    'a size of Kubernetes',
    web('deploy:\n  resources: {limits: {memory: 512Mi}}'),
    web('deploy:\n  resources: {limits: {memory: 512m}}'),
    "'services[web].deploy.resources.limits.memory' invalid suffix: 'mi'",
  ],
  [
    'a size of shared memory',
    web('shm_size: big'),
    web('shm_size: 1gb'),
    "'services[web].shm_size' invalid size: 'big'",
  ],
  [
    'processors of Kubernetes',
    web('deploy:\n  resources: {limits: {cpus: 500m}}'),
    web('deploy:\n  resources: {limits: {cpus: "0.5"}}'),
    '\'services[web].deploy.resources.limits.cpus\' strconv.ParseFloat: parsing "500m": invalid s',
  ],
  [
    'a text for processors',
    web('cpus: two'),
    web('cpus: "2"'),
    'error while interpolating services.web.cpus: failed to cast to expected type: strconv.Pars',
  ],
  ['a port that is a word', web('ports: ["http:80"]'), web('ports: ["8080:80"]'), 'Invalid hostPort: http'],
  [
    'a port above the highest',
    web('ports: ["8080:80800"]'),
    web('ports: ["8080:8080"]'),
    'Invalid containerPort: 80800',
  ],
  [
    'ranges of different lengths',
    web('ports: ["8000-8010:80-81"]'),
    web('ports: ["8000-8001:80-81"]'),
    'Invalid ranges specified for container and host Ports: 80-81 and 8000-8010',
  ],
  [
    'a range backwards',
    web('ports: ["8010-8000:8010-8000"]'),
    web('ports: ["8000-8010:8000-8010"]'),
    'Invalid containerPort: 8010-8000',
  ],
  [
    'a port with too many parts',
    web('ports: ["a:b:c:80"]'),
    web('ports: ["127.0.0.1:8080:80"]'),
    'Invalid ip address a:b: address a:b:: too many colons in address',
  ],
  [
    'a host of a port that is no address',
    web('ports: ["localhost:8080:80"]'),
    web('ports: ["127.0.0.1:8080:80"]'),
    'Invalid ip address: localhost',
  ],
  ['an unknown protocol', web('ports: ["80:80/http"]'), web('ports: ["80:80/tcp"]'), 'Invalid proto: http'],
  [
    'an equals sign in a port',
    web('ports: ["8080=80"]'),
    web('ports: ["8080:80"]'),
    'Invalid containerPort: 8080=80',
  ],
  [
    'a port without target',
    web('ports: [{published: 80}]'),
    web('ports: [{target: 80}]'),
    'service ports services.web.ports.[0] is missing a target port',
  ],
  [
    'an address of a long port',
    web('ports: [{target: 80, host_ip: localhost}]'),
    web('ports: [{target: 80, host_ip: 127.0.0.1}]'),
    'services.web.ports.[]: invalid ip address: localhost',
  ],
  [
    'an empty part of a volume',
    web('volumes: ["./src:"]'),
    web('volumes: ["./src:/src"]'),
    'invalid spec: ./src:: empty section between colons',
  ],
  [
    'too many parts of a volume',
    web('volumes: ["./a:/b:ro:c:d"]'),
    web('volumes: ["./a:/b:ro"]'),
    'invalid spec: ./a:/b:ro:c:d: too many colons',
  ],
  [
    'a mount without type',
    web('volumes: [{source: ./a, target: /b}]'),
    web('volumes: [{type: bind, source: ./a, target: /b}]'),
    'compose.yaml: services.web.volumes.0 must be a string',
  ],
  [
    'a mount without target',
    web('volumes: [{type: bind, source: ./a}]'),
    web('volumes: [{type: bind, source: ./a, target: /a}]'),
    'service volume services.web.volumes.[0] is missing a mount target',
  ],
  [
    'an unknown type of mount',
    web('volumes: [{type: file, source: ./a, target: /b}]'),
    web('volumes: [{type: bind, source: ./a, target: /b}]'),
    "compose.yaml: services.web.volumes.0.type value must be one of 'bind', 'volume', 'tmpfs',",
  ],
  [
    'a file in a folder, without ./',
    web('volumes: ["conf/app.conf:/etc/app.conf"]'),
    web('volumes: ["./conf/app.conf:/etc/app.conf"]'),
    'service "web" refers to undefined volume conf/app.conf: invalid compose project',
  ],
  [
    'two mounts at one target',
    web('volumes: ["./a:/b"]\ntmpfs: [/b]'),
    web('volumes: ["./a:/b"]\ntmpfs: [/c]'),
    'services.web.volumes[0]: target /b already mounted as services.web.tmpfs[0]',
  ],
  [
    'a repeated dependency',
    web('depends_on: [db, db]') + '  db: {image: example/db}\n',
    web('depends_on: [db]') + '  db: {image: example/db}\n',
    'compose.yaml: services.web.depends_on items at 0 and 1 are equal',
  ],
  [
    'a word for a boolean',
    web('privileged: "maybe"'),
    web('privileged: "true"'),
    'error while interpolating services.web.privileged: failed to cast to expected type: invali',
  ],
  [
    'a word for a number of retries',
    web('healthcheck: {test: "true", retries: many}'),
    web('healthcheck: {test: "true", retries: 3}'),
    'error while interpolating services.web.healthcheck.retries: failed to cast to expected typ',
  ],
  [
    'a fraction of replicas',
    web('deploy: {replicas: 1.5}'),
    web('deploy: {replicas: 2}'),
    'compose.yaml: services.web.deploy.replicas must be a integer or string',
  ],
  [
    'negative replicas',
    web('deploy: {replicas: -1}'),
    web('deploy: {replicas: 1}'),
    'services.web.deploy.replicas: must be greater than or equal to 0',
  ],
  [
    'a policy for pulling',
    web('pull_policy: sometimes'),
    web('pull_policy: always'),
    "compose.yaml: services.web.pull_policy 'sometimes' does not match pattern 'always|never|bu",
  ],
  [
    'a score above the highest',
    web('oom_score_adj: 2000'),
    web('oom_score_adj: 500'),
    'compose.yaml: services.web.oom_score_adj must be a string',
  ],
  [
    'a cgroup',
    web('cgroup: shared'),
    web('cgroup: host'),
    "compose.yaml: services.web.cgroup value must be one of 'host', 'private'",
  ],
  [
    'a limit with one end',
    web('ulimits: {nofile: {soft: 1024}}'),
    web('ulimits: {nofile: {soft: 1024, hard: 2048}}'),
    'compose.yaml: services.web.ulimits.nofile must be a integer or string',
  ],
  [
    'a limit that is a word',
    web('ulimits: {nofile: unlimited}'),
    web('ulimits: {nofile: 1024}'),
    'error while interpolating services.web.ulimits.nofile: failed to cast to expected type: st',
  ],
  [
    'an order of updates',
    web('deploy: {update_config: {order: newest}}'),
    web('deploy: {update_config: {order: start-first}}'),
    "compose.yaml: services.web.deploy.update_config.order value must be one of 'start-first',",
  ],
  [
    'a device with too many parts',
    web('devices: ["/dev/a:/dev/b:rwm:x"]'),
    web('devices: ["/dev/a:/dev/b:rwm"]'),
    'confusing device mapping, please use long syntax: /dev/a:/dev/b:rwm:x',
  ],
  ['gpus as a number', web('gpus: 1'), web('gpus: all'), 'compose.yaml: services.web.gpus must be a string'],
  [
    'a device without capabilities',
    web('deploy: {resources: {reservations: {devices: [{driver: nvidia, count: 1}]}}}'),
    web('deploy: {resources: {reservations: {devices: [{driver: nvidia, count: 1, capabilities: [gpu]}]}}}'),
    "compose.yaml: services.web.deploy.resources.reservations.devices.0 missing property 'capab",
  ],
  [
    'a device with a count and ids',
    web(
      'deploy: {resources: {reservations: {devices: [{capabilities: [gpu], count: 1, device_ids: ["0"]}]}}}',
    ),
    web('deploy: {resources: {reservations: {devices: [{capabilities: [gpu], device_ids: ["0"]}]}}}'),
    'services.web.deploy.resources.reservations.devices.[]: "count" and "device_ids" attributes',
  ],
  [
    'a host without address',
    web('extra_hosts: ["db"]'),
    web('extra_hosts: ["db:10.0.0.1"]'),
    "'services[web].extra_hosts' invalid additional host, missing IP: db",
  ],
  // sense
  [
    'a network mode beside networks',
    web('network_mode: host\nnetworks: [front]') + 'networks: {front: {}}\n',
    web('networks: [front]') + 'networks: {front: {}}\n',
    'service web declares mutually exclusive `network_mode` and `networks`: invalid compose pro',
  ],
  [
    'a test without CMD',
    web('healthcheck: {test: [curl, localhost]}'),
    web('healthcheck: {test: [CMD, curl, localhost]}'),
    'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"',
  ],
  [
    'a test that is empty',
    web('healthcheck: {test: [""]}'),
    web('healthcheck: {test: ["NONE"]}'),
    'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"',
  ],
  [
    'two Dockerfiles',
    ...built(
      build('dockerfile: Dockerfile\ndockerfile_inline: FROM scratch'),
      build('dockerfile_inline: FROM scratch'),
    ),
    'service "web" declares mutualy exclusive dockerfile and dockerfile_inline: invalid compose',
  ],
  [
    'a context of a missing service',
    ...built(
      build('additional_contexts: {base: "service:base"}'),
      build('additional_contexts: {base: "service:base"}') + '  base: {build: .}\n',
    ),
    'service "web" declares unknown service "base" as additional contexts base',
  ],
  [
    'a context of a service that is pulled',
    ...built(
      build('additional_contexts: {base: "service:base"}') + '  base: {image: example/base}\n',
      build('additional_contexts: {base: "service:base"}') + '  base: {build: .}\n',
    ),
    'service "web" declares non-buildable service "base" as additional contexts base',
  ],
  [
    'a context without equals sign',
    ...built(build('additional_contexts: [../shared]'), build('additional_contexts: [shared=.]')),
    'services.web.build.additional_contexts: invalid value ../shared, expected key=value',
  ],
  [
    'a platform that is not built',
    ...built(
      'services:\n  web:\n    platform: linux/arm64\n    build: {context: ., platforms: [linux/amd64]}\n',
      'services:\n  web:\n    platform: linux/arm64\n    build: {context: ., platforms: [linux/amd64, linux/arm64]}\n',
    ),
    'service.build.platforms MUST include service.platform "linux/arm64": invalid compose proje',
  ],
  [
    'a secret without source',
    web('secrets: [pw]') + 'secrets: {pw: {name: pw}}\n',
    web('secrets: [pw]') + 'secrets: {pw: {environment: PW}}\n',
    'secrets.pw: one of file|environment must be set',
  ],
  [
    'a secret with two sources',
    {'compose.yaml': web('secrets: [pw]') + 'secrets: {pw: {environment: PW, file: ./pw}}\n', pw: 'x'},
    {'compose.yaml': web('secrets: [pw]') + 'secrets: {pw: {file: ./pw}}\n', pw: 'x'},
    'secrets.pw: file|environment attributes are mutually exclusive',
  ],
  [
    'an empty secret',
    top('secrets:\n  pw:'),
    top('secrets:\n  pw: {environment: PW}'),
    'compose.yaml: secrets.pw must be a mapping',
  ],
  [
    'a config without source',
    web('configs: [c]') + 'configs: {c: {name: c}}\n',
    web('configs: [c]') + 'configs: {c: {content: x}}\n',
    'configs.c: one of file|environment|content must be set',
  ],
  [
    'a config with two sources',
    {'compose.yaml': web('configs: [c]') + 'configs: {c: {content: x, file: ./c}}\n', c: 'x'},
    {'compose.yaml': web('configs: [c]') + 'configs: {c: {file: ./c}}\n', c: 'x'},
    'configs.c: file|environment|content attributes are mutually exclusive',
  ],
  [
    'an external volume with a driver',
    web('volumes: ["data:/data"]') + 'volumes: {data: {external: true, driver: local}}\n',
    web('volumes: ["data:/data"]') + 'volumes: {data: {external: true, name: data}}\n',
    'volumes.data: conflicting parameters "external" and "driver" specified',
  ],
  [
    'an external volume with two names',
    web('volumes: ["data:/data"]') + 'volumes: {data: {external: {name: a}, name: b}}\n',
    web('volumes: ["data:/data"]') + 'volumes: {data: {external: {name: a}}}\n',
    'volumes.data: name and external.name conflict; only use name',
  ],
  [
    'the name of a container for replicas',
    web('container_name: web\ndeploy: {replicas: 2}'),
    web('container_name: web\ndeploy: {replicas: 1}'),
    "services.deploy.replicas: can't set container_name and web as container name must be uniqu",
  ],
  [
    'the name of a container for a scale',
    web('container_name: web\nscale: 3'),
    web('scale: 3'),
    "services.scale: can't set container_name and web as container name must be unique: invalid",
  ],
  [
    'one name of two containers',
    web('container_name: app') + '  api: {image: example/api, container_name: app}\n',
    web('container_name: app') + '  api: {image: example/api, container_name: api}\n',
    'services.web: container name "app" is already in use by service {}"',
  ],
  [
    'a scale and other replicas',
    web('scale: 2\ndeploy: {replicas: 3}'),
    web('scale: 3\ndeploy: {replicas: 3}'),
    "services.web: can't set distinct values on 'scale' and 'deploy.replicas': invalid compose",
  ],
  [
    'two limits of memory',
    web('mem_limit: 1g\ndeploy: {resources: {limits: {memory: 2g}}}'),
    web('mem_limit: 2g\ndeploy: {resources: {limits: {memory: 2g}}}'),
    "services.web: can't set distinct values on 'mem_limit' and 'deploy.resources.limits.memory",
  ],
  [
    'a limit of processes beside others',
    web('pids_limit: 100\ndeploy: {resources: {limits: {memory: 2g}}}'),
    web('deploy: {resources: {limits: {memory: 2g, pids: 100}}}'),
    "services.web: can't set distinct values on 'pids_limit' and 'deploy.resources.limits.pids'",
  ],
  [
    'a service that depends on itself',
    web('depends_on: [web]'),
    web('depends_on: [db]') + '  db: {image: example/db}\n',
    'dependency cycle detected: web -> web',
  ],
  [
    'a link that leads nowhere',
    web('links: [db]'),
    web('links: [db]') + '  db: {image: example/db}\n',
    'service "web" depends on undefined service "db": invalid compose project',
  ],
  [
    'volumes of a missing service',
    web('volumes_from: [data]'),
    web('volumes_from: [data]') + '  data: {image: example/data}\n',
    'service "web" depends on undefined service "data": invalid compose project',
  ],
  [
    'a network of a missing service',
    web('network_mode: service:vpn'),
    web('network_mode: service:vpn') + '  vpn: {image: example/vpn}\n',
    'service "web" depends on undefined service "vpn": invalid compose project',
  ],
  [
    'memory of a missing service',
    web('ipc: service:db'),
    web('ipc: service:db') + '  db: {image: example/db}\n',
    'service "web" depends on undefined service "db": invalid compose project',
  ],
  [
    'processes of a missing service',
    web('pid: service:db'),
    web('pid: service:db') + '  db: {image: example/db}\n',
    'service "web" depends on undefined service "db": invalid compose project',
  ],
  [
    'an action of watch',
    web('develop: {watch: [{path: ., action: reload}]}'),
    web('develop: {watch: [{path: ., action: restart}]}'),
    "compose.yaml: services.web.develop.watch.0.action value must be one of 'rebuild', 'sync',",
  ],
  [
    'a sync without target',
    web('develop: {watch: [{path: ./src, action: sync}]}'),
    web('develop: {watch: [{path: ./src, action: sync, target: /src}]}'),
    'services.web.develop.watch: target is required for non-rebuild actions: invalid compose pr',
  ],
  [
    'a watch without path',
    web('develop: {watch: [{action: rebuild}]}'),
    web('develop: {watch: [{action: rebuild, path: .}]}'),
    "compose.yaml: services.web.develop.watch.0 missing property 'path'",
  ],
  [
    'a missing network',
    web('networks: [front]'),
    web('networks: [front]') + 'networks: {front: }\n',
    'service "web" refers to undefined network front: invalid compose project',
  ],
  [
    'no image and no build',
    'services:\n  web: {command: sleep}\n',
    'services:\n  web: {command: sleep, image: example/web}\n',
    'service "web" has neither an image nor a build context specified: invalid compose project',
  ],
  [
    'a name of a service with a space',
    'services:\n  my web: {image: example/web}\n',
    'services:\n  my-web: {image: example/web}\n',
    "compose.yaml: services additional properties 'my web' not allowed",
  ],
  [
    'a name of a service with a slash',
    'services:\n  app/web: {image: example/web}\n',
    'services:\n  app_web: {image: example/web}\n',
    "compose.yaml: services additional properties 'app/web' not allowed",
  ],
  [
    'a name of a volume with a space',
    top('volumes:\n  "my data": {}'),
    top('volumes:\n  my_data: {}'),
    "compose.yaml: volumes additional properties 'my data' not allowed",
  ],
  [
    'a name of a container with a space',
    web('container_name: " "'),
    web('container_name: web-1'),
    "compose.yaml: services.web.container_name ' ' does not match pattern '[a-zA-Z0-9][a-zA-Z0-",
  ],
  [
    'a model that is not there',
    web('models: [llm]'),
    web('models: [llm]') + 'models: {llm: {model: example/llm}}\n',
    'service "web" refers to undefined model llm: invalid compose project',
  ],
  // text
  [
    'a key twice',
    web('environment: {A: b}\nenvironment: {B: c}'),
    web('environment: {A: b, B: c}'),
    'failed to parse ./compose.yaml: line 5: mapping key "environment" already defined at line',
  ],
  [
    'a service twice',
    'services:\n  web: {image: example/a}\n  web: {image: example/b}\n',
    'services:\n  web: {image: example/a}\n  api: {image: example/b}\n',
    'failed to parse ./compose.yaml: line 3: mapping key "web" already defined at line 2',
  ],
  [
    'a variable twice',
    web('environment:\n  A: b\n  A: c'),
    web('environment:\n  A: b\n  B: c'),
    'failed to parse ./compose.yaml: line 6: mapping key "A" already defined at line 5',
  ],
  [
    'a tab as indent',
    'services:\n  web:\n\timage: example/web\n',
    'services:\n  web:\n    image: example/web\n',
    'yaml: line 3: found character that cannot start any token',
  ],
  [
    'a line that is indented less',
    'services:\n  web:\n    image: example/web\n   ports: ["80:80"]\n',
    'services:\n  web:\n    image: example/web\n    ports: ["80:80"]\n',
    'yaml: line 1: did not find expected key',
  ],
  [
    'an open quote',
    web('command: "sleep 5'),
    web('command: "sleep 5"'),
    'yaml: line 4: found unexpected end of stream',
  ],
  [
    'an unknown anchor',
    'services:\n  web:\n    <<: *base\n    image: example/web\n',
    'x-base: &base {init: true}\nservices:\n  web:\n    <<: *base\n    image: example/web\n',
    "yaml: unknown anchor 'base' referenced",
  ],
  [
    'a merge of a text',
    'x-base: &base hello\nservices:\n  web:\n    <<: *base\n    image: example/web\n',
    'x-base: &base {init: true}\nservices:\n  web:\n    <<: *base\n    image: example/web\n',
    'failed to parse ./compose.yaml: yaml: map merge requires map or sequence of maps as the va',
  ],
  [
    'a merge of a list of variables',
    'x-env: &env [A=b]\nservices:\n  web:\n    image: example/web\n    environment: {<<: *env}\n',
    'x-env: &env {A: b}\nservices:\n  web:\n    image: example/web\n    environment: {<<: *env}\n',
    'failed to parse ./compose.yaml: yaml: map merge requires map or sequence of maps as the va',
  ],
  [
    'a merge of wrong keys',
    'x-base: &base {A: b}\nservices:\n  web:\n    <<: *base\n    image: example/web\n',
    'x-base: &base {A: b}\nservices:\n  web:\n    environment: {<<: *base}\n    image: example/web\n',
    "compose.yaml: services.web additional properties 'A' not allowed",
  ],
  [
    'a number as a key',
    web('environment:\n  1: b'),
    web('environment:\n  "1": b'),
    'non-string key in services.web.environment: 1',
  ],
  [
    'an open brace',
    web('command: echo ${NAME'),
    web('command: echo ${NAME:-x}'),
    'invalid interpolation format for services.web.command. You may need to escape any $ with a',
  ],
  [
    'an operator of a shell',
    web('command: echo ${NAME%%.*}'),
    web('command: echo $${NAME%%.*}'),
    'invalid interpolation format for services.web.command. You may need to escape any $ with a',
  ],
  [
    'a variable with a dash',
    web('environment: {A: "${MY-VAR-NAME.x}", B: "${MY.VAR}"}'),
    web('environment: {A: "${MY_VAR}"}'),
    'invalid interpolation format for services.web.environment.B. You may need to escape any $',
  ],
  [
    'an empty variable',
    web('command: echo ${}'),
    web('command: echo $${}'),
    'invalid interpolation format for services.web.command. You may need to escape any $ with a',
  ],
  [
    'a command in a command',
    web('command: echo ${$(date)}'),
    web('command: echo $$(date)'),
    'invalid interpolation format for services.web.command. You may need to escape any $ with a',
  ],
  [
    'an open brace in an own section',
    top('x-note: "${"'),
    top('x-note: "$${"'),
    'invalid interpolation format for x-note. You may need to escape any $ with another $. ${',
  ],
  // files
  [
    'an extended service that is not there',
    'services:\n  web: {extends: {service: base}, image: example/web}\n',
    'services:\n  base: {image: example/base}\n  web: {extends: {service: base}, image: example/web}\n',
    'cannot extend service "web" in ./compose.yaml: service "base" not found',
  ],
  [
    'an extended file that is not there',
    'services:\n  web: {extends: {service: base, file: base.yaml}}\n',
    {
      'compose.yaml': 'services:\n  web: {extends: {service: base, file: base.yaml}}\n',
      'base.yaml': 'services: {base: {image: example/base}}\n',
    },
    'open ./base.yaml: no such file or directory',
  ],
  [
    'an extended service that its file lacks',
    {
      'compose.yaml': 'services:\n  web: {extends: {service: base, file: base.yaml}}\n',
      'base.yaml': 'services: {other: {image: example/base}}\n',
    },
    {
      'compose.yaml': 'services:\n  web: {extends: {service: base, file: base.yaml}}\n',
      'base.yaml': 'services: {base: {image: example/base}}\n',
    },
    'cannot extend service "web" in ./compose.yaml: service "base" not found in base.yaml',
  ],
  [
    'services that extend each other',
    'services:\n  a: {image: example/a, extends: {service: b}}\n  b: {image: example/b, extends: {service: a}}\n',
    'services:\n  a: {image: example/a, extends: {service: b}}\n  b: {image: example/b}\n',
    'Circular reference:   b in ./compose.yaml   extends a in ./compose.yaml   extends b in ./c',
  ],
  [
    'an unknown key of an extended service',
    {
      'compose.yaml': 'services:\n  web: {extends: {service: base, file: base.yaml}}\n',
      'base.yaml': 'services: {base: {image: example/base, port: [80]}}\n',
    },
    {
      'compose.yaml': 'services:\n  web: {extends: {service: base, file: base.yaml}}\n',
      'base.yaml': 'services: {base: {image: example/base, ports: [80]}, other: {port: [80]}}\n',
    },
    "compose.yaml: services.web additional properties 'port' not allowed",
  ],
  [
    'an included file that is not there',
    top('include: [other.yaml]'),
    {'compose.yaml': top('include: [other.yaml]'), 'other.yaml': 'services: {b: {image: example/b}}\n'},
    'open ./other.yaml: no such file or directory',
  ],
  [
    'an unknown key of an included file',
    {
      'compose.yaml': top('include: [other.yaml]'),
      'other.yaml': 'services: {b: {image: example/b, port: [80]}}\n',
    },
    {
      'compose.yaml': top('include: [other.yaml]'),
      'other.yaml': 'services: {b: {image: example/b, ports: [80]}}\n',
    },
    "other.yaml: services.b additional properties 'port' not allowed",
  ],
  [
    'an include that changes a service',
    {'compose.yaml': top('include: [other.yaml]'), 'other.yaml': 'services: {web: {image: example/other}}\n'},
    {'compose.yaml': top('include: [other.yaml]'), 'other.yaml': 'services: {b: {image: example/other}}\n'},
    'services.web conflicts with imported resource',
  ],
  [
    'a file of variables that is not there',
    web('env_file: app.env'),
    {'compose.yaml': web('env_file: app.env'), 'app.env': 'A=b\n'},
    'env file ./app.env not found: stat ./app.env: no such file or directory',
  ],
  [
    'a broken file of variables',
    {'compose.yaml': web('env_file: app.env'), 'app.env': 'A B=c\n'},
    {'compose.yaml': web('env_file: app.env'), 'app.env': 'A=b c\n'},
    'failed to read ./app.env: line 1: key cannot contain a space',
  ],
  [
    'an unknown format of variables',
    {'compose.yaml': web('env_file: [{path: app.env, fmt: raw}]'), 'app.env': 'A=b\n'},
    {'compose.yaml': web('env_file: [{path: app.env, format: raw}]'), 'app.env': 'A=b\n'},
    "compose.yaml: services.web.env_file.0 additional properties 'fmt' not allowed",
  ],
  [
    'a file of labels that is not there',
    web('label_file: app.labels'),
    {'compose.yaml': web('label_file: app.labels'), 'app.labels': 'a=b\n'},
    'label file ./app.labels not found: stat ./app.labels: no such file or directory',
  ],
  [
    'an unknown key in an override',
    {'compose.yaml': top(''), 'compose.override.yaml': 'services: {web: {port: [80]}}\n'},
    {'compose.yaml': top(''), 'compose.override.yaml': 'services: {web: {ports: [80]}}\n'},
    "compose.override.yaml: services.web additional properties 'port' not allowed",
  ],
  [
    'an unknown key that is reset',
    {'compose.yaml': web('port: [80]'), 'compose.override.yaml': 'services: {web: {port: !reset null}}\n'},
    {
      'compose.yaml': web('ports: ["80:80"]'),
      'compose.override.yaml': 'services: {web: {ports: !reset null}}\n',
    },
    "compose.yaml: services.web additional properties 'port' not allowed",
  ],
  [
    'a network mode in an override',
    {
      'compose.yaml': web('networks: [front]') + 'networks: {front: {}}\n',
      'compose.override.yaml': 'services: {web: {network_mode: host}}\n',
    },
    {
      'compose.yaml': web('networks: [front]') + 'networks: {front: {}}\n',
      'compose.override.yaml': 'services: {web: {network_mode: host, networks: !reset null}}\n',
    },
    'service web declares mutually exclusive `network_mode` and `networks`: invalid compose pro',
  ],
  [
    'a list over a mapping in an override',
    {
      'compose.yaml': web('storage_opt: {size: 1g}'),
      'compose.override.yaml': 'services: {web: {storage_opt: [size=2g]}}\n',
    },
    {
      'compose.yaml': web('storage_opt: {size: 1g}'),
      'compose.override.yaml': 'services: {web: {storage_opt: !override {size: 2g}}}\n',
    },
    'cannot override services.web.storage_opt',
  ],
]

export const REFUSED_ROWS: readonly RefusedRow[] = ROWS.map(([what, faulty, sound, answer]) => {
  return {what, faulty, sound, answer}
})

/** What looks wrong, and what Compose takes. */
export const TAKEN_ROWS: readonly [what: string, texts: ProjectTexts][] = [
  ['a port in base 60', web('ports: [22:22]')],
  ['an expose that is a word', web('expose: [http]')],
  ['a repeated item', web('cap_add: [NET_ADMIN, NET_ADMIN]')],
  ['a repeated port', web('ports: ["80:80", "80:80"]')],
  ['a repeated variable', web('environment: [A=b, A=b]')],
  [
    'an external network with settings',
    web('networks: [front]') + 'networks: {front: {external: true, driver: bridge}}\n',
  ],
  ['a name of a project in capitals', 'name: MyApp\n' + top('')],
  [
    'own keys everywhere',
    'x-a: 1\nservices:\n  web: {image: example/web, x-b: [1], healthcheck: {test: "true", x-c: 1}, deploy: {x-d: 1}}\nvolumes: {data: {x-e: 1}}\n',
  ],
  ['the old version', 'version: "2.4"\n' + top('')],
  [
    'tags for merging',
    {
      'compose.yaml': web('ports: ["80:80"]\nenvironment: {A: b}'),
      'compose.override.yaml': 'services: {web: {ports: !override ["81:80"], environment: !reset {}}}\n',
    },
  ],
  [
    'a merge of several mappings',
    'x-a: &a {init: true}\nx-b: &b {tty: true}\nservices:\n  web:\n    <<: [*a, *b]\n    image: example/web\n',
  ],
  [
    'profiles with a need',
    web('profiles: [dev]\ndepends_on: [db]') + '  db: {image: example/db, profiles: [dev]}\n',
  ],
  [
    'variables for everything',
    web(
      'ports: ["${PORT:-80}:80"]\nmem_limit: ${MEM:-1g}\nprivileged: ${P:-false}\nscale: ${N:-1}\nhealthcheck: {test: "true", interval: "${I:-1s}", retries: "${R:-3}"}\ndeploy: {resources: {limits: {memory: "${MEM:-1g}", cpus: "${C:-0.5}"}}}',
    ),
  ],
  [
    'values that are null',
    'services:\n  web:\n    image: example/web\n    command:\n    entrypoint:\nnetworks: {default: }\n',
  ],
  [
    'numbers where texts may be',
    web(
      'expose: [80]\ngroup_add: [5]\nports: [80, "81"]\nmem_limit: 100000000\nshm_size: 1000\nulimits: {nofile: 10}\nlabels: {a: 1, b: true, c: null}\nsysctls: {a: 1}\nlogging: {options: {max-file: 3}}',
    ),
  ],
  [
    'newer keys',
    web(
      'use_api_socket: true\npost_start: [{command: echo}]\npre_stop: [{command: echo}]\nannotations: {a: b}',
    ),
  ],
  [
    'a second document',
    'services:\n  web: {image: example/web}\n---\nservices:\n  api: {image: example/api}\n',
  ],

  [
    'a value that an override leaves empty',
    {'compose.yaml': web('ports: ["80:80"]'), 'compose.override.yaml': 'services: {web: {ports: }}\n'},
  ],
  [
    'a dependency that an override changes',
    {
      'compose.yaml': `${web('depends_on: [db]')}  db: {image: example/db}\n`,
      'compose.override.yaml': 'services: {web: {depends_on: {db: {required: false}}}}\n',
    },
  ],
  ['an empty value with a tag', 'services:\n  web:\n    image: example/web\n    build: !override\n'],
  [
    'a wrong service beside one that is extended',
    {
      'compose.yaml': 'services:\n  web: {extends: {service: base, file: base.yaml}}\n',
      'base.yaml': 'services: {base: {image: example/base}, other: {port: [80]}}\n',
    },
  ],
  ['a repeated path of tmpfs', web('tmpfs: [/t, /t]')],
  [
    'the number of containers for a name, in another profile',
    `${web('container_name: one')}  api: {image: example/api, container_name: one, profiles: [dev]}\n`,
  ],
]
