import {
  ANYTHING,
  closed,
  either,
  joined,
  list,
  map,
  names,
  nullable,
  type Shape,
  scalar,
  set,
  since,
  TEXT,
  words,
} from './shape.js'
import {
  ADDRESS,
  CONTAINER_NAME,
  DECIMAL,
  DEVICE_COUNT,
  DEVICE_TEXT,
  DURATION_TEXT,
  FLAG,
  HOST_TEXT,
  MOUNT_TEXT,
  OCTAL,
  PAIR_TEXT,
  PORT_TEXT,
  PULL_POLICY,
  SIZE_TEXT,
  SSH_TEXT,
  WHOLE_NUMBER,
} from './value-formats.js'

const BOOLEAN = scalar(['boolean', 'string'], FLAG)
const TRUE_OR_FALSE = scalar(['boolean'])
const WHOLE = scalar(['whole', 'string'], WHOLE_NUMBER)
const WHOLE_OF_NUMBER = scalar(['number', 'string'], WHOLE_NUMBER)
const NUMBER = scalar(['number', 'string'], DECIMAL)
const SIZE = scalar(['number', 'string'], SIZE_TEXT)
const WHOLE_SIZE = scalar(['whole', 'string'], SIZE_TEXT)
const DURATION = scalar(['string'], DURATION_TEXT)

const TEXTS = list(TEXT)
const TEXT_SET = set(TEXT)
const TEXT_OR_TEXTS = joined(either(TEXT, TEXT_SET))
/** Compose takes repeated items away before it looks. */
const TEXT_OR_ANY_TEXTS = joined(either(TEXT, TEXTS))
const COMMAND = nullable(either(TEXT, TEXTS))

const PAIRS = joined(
  either(names('names and values', scalar(['string', 'number', 'boolean', 'null'])), list(TEXT)),
)
const OPTIONS = names('options', scalar(['string', 'number']))

const HOSTS = joined(
  either(names('hosts', either(TEXT, TEXTS)), set(scalar(['string'], HOST_TEXT), 'an extra host')),
)

const ULIMITS = names('limits', {
  ...WHOLE,
  ...closed('a limit', {hard: WHOLE, soft: WHOLE}, 'soft', 'hard'),
})

const FILES = list(
  either(
    TEXT,
    map(
      'a secret or config of a service',
      {source: TEXT, target: TEXT, uid: TEXT, gid: TEXT, mode: scalar(['number', 'string'], OCTAL)},
      'source',
    ),
  ),
)

const HOOK_KEYS = {
  command: COMMAND,
  user: TEXT,
  privileged: BOOLEAN,
  working_dir: TEXT,
  environment: PAIRS,
}
const HOOK = map('a hook', HOOK_KEYS, 'command')

const DEVICE_KEYS = {
  capabilities: TEXT_SET,
  count: scalar(['whole', 'string'], DEVICE_COUNT),
  device_ids: TEXT_SET,
  driver: TEXT,
  options: PAIRS,
}

const BUILD = either(
  TEXT,
  map('a build', {
    context: TEXT,
    dockerfile: TEXT,
    dockerfile_inline: TEXT,
    entitlements: TEXTS,
    args: PAIRS,
    ssh: either(PAIRS, set(scalar(['string'], SSH_TEXT))),
    labels: PAIRS,
    cache_from: TEXTS,
    cache_to: TEXTS,
    no_cache: BOOLEAN,
    no_cache_filter: since('5.0', TEXT_OR_TEXTS),
    additional_contexts: joined(either(PAIRS, list(scalar(['string'], PAIR_TEXT), 'a context'))),
    network: TEXT,
    provenance: scalar(['string', 'boolean']),
    sbom: scalar(['string', 'boolean']),
    pull: BOOLEAN,
    target: TEXT,
    shm_size: WHOLE_SIZE,
    extra_hosts: HOSTS,
    isolation: TEXT,
    privileged: BOOLEAN,
    secrets: FILES,
    tags: TEXTS,
    ulimits: ULIMITS,
    platforms: TEXTS,
  }),
)

const PORT = either(
  scalar(['whole', 'string'], PORT_TEXT),
  map(
    'a port',
    {
      name: TEXT,
      mode: TEXT,
      host_ip: scalar(['string'], ADDRESS),
      target: WHOLE,
      published: scalar(['string', 'whole']),
      protocol: TEXT,
      app_protocol: TEXT,
    },
    'target',
  ),
)

const MOUNT = either(
  scalar(['string'], MOUNT_TEXT),
  map(
    'a mount',
    {
      type: words('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'),
      source: TEXT,
      target: TEXT,
      read_only: BOOLEAN,
      consistency: TEXT,
      bind: map('a bind', {
        propagation: TEXT,
        create_host_path: BOOLEAN,
        recursive: words('enabled', 'disabled', 'writable', 'readonly'),
        selinux: words('z', 'Z'),
      }),
      volume: map('a mounted volume', {labels: PAIRS, nocopy: BOOLEAN, subpath: TEXT}),
      tmpfs: map('a tmpfs', {
        size: {scalar: {types: ['whole', 'string'], format: SIZE_TEXT, range: [0, Number.MAX_VALUE]}},
        mode: scalar(['number', 'string']),
      }),
      image: map('a mounted image', {subpath: TEXT}),
    },
    'type',
    'target',
  ),
)

const HEALTH_CHECK = map('a health check', {
  disable: BOOLEAN,
  interval: DURATION,
  retries: WHOLE_OF_NUMBER,
  test: either(TEXT, TEXTS),
  timeout: DURATION,
  start_period: DURATION,
  start_interval: DURATION,
})

const UPDATE = map('a configuration of updates', {
  parallelism: WHOLE,
  delay: DURATION,
  failure_action: TEXT,
  monitor: DURATION,
  max_failure_ratio: NUMBER,
  order: words('start-first', 'stop-first'),
})

const DEPLOY = nullable(
  map('deploy', {
    mode: TEXT,
    endpoint_mode: TEXT,
    replicas: WHOLE,
    labels: PAIRS,
    rollback_config: UPDATE,
    update_config: UPDATE,
    resources: map('resources', {
      limits: map('limits', {cpus: NUMBER, memory: scalar(['string'], SIZE_TEXT), pids: WHOLE}),
      reservations: map('reservations', {
        cpus: NUMBER,
        memory: scalar(['string'], SIZE_TEXT),
        generic_resources: list(
          map('a resource', {
            discrete_resource_spec: map('a discrete resource', {
              kind: TEXT,
              value: scalar(['number', 'string']),
            }),
          }),
        ),
        devices: list(map('a device', DEVICE_KEYS, 'capabilities')),
      }),
    }),
    restart_policy: map('a restart policy', {
      condition: TEXT,
      delay: DURATION,
      max_attempts: WHOLE,
      window: DURATION,
    }),
    placement: map('a placement', {
      constraints: TEXTS,
      preferences: list(map('a preference', {spread: TEXT})),
      max_replicas_per_node: WHOLE,
    }),
  }),
)

const DEVELOP = nullable(
  map('develop', {
    watch: list(
      map(
        'a watch',
        {
          ignore: TEXT_OR_TEXTS,
          include: TEXT_OR_TEXTS,
          path: TEXT,
          action: words('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'),
          target: TEXT,
          exec: HOOK,
          initial_sync: TRUE_OR_FALSE,
        },
        'path',
        'action',
      ),
    ),
  }),
)

const DEPENDENCIES = joined(
  either(
    TEXT_SET,
    names(
      'dependencies',
      map(
        'a dependency',
        {
          restart: BOOLEAN,
          required: TRUE_OR_FALSE,
          condition: words('service_started', 'service_healthy', 'service_completed_successfully'),
        },
        'condition',
      ),
      true,
    ),
  ),
)

const ATTACHED_NETWORK = nullable(
  map('a network of a service', {
    aliases: TEXTS,
    interface_name: TEXT,
    ipv4_address: TEXT,
    ipv6_address: TEXT,
    link_local_ips: TEXTS,
    mac_address: TEXT,
    driver_opts: OPTIONS,
    priority: scalar(['number']),
    gw_priority: scalar(['number']),
  }),
)

const BLOCK_LIMITS = list(closed('a limit of a device', {path: TEXT, rate: WHOLE_SIZE}))

/** What the Compose specification lets a service have. */
export const SERVICE: Shape = map('a service', {
  annotations: PAIRS,
  attach: BOOLEAN,
  blkio_config: closed('limits of devices', {
    device_read_bps: BLOCK_LIMITS,
    device_read_iops: BLOCK_LIMITS,
    device_write_bps: BLOCK_LIMITS,
    device_write_iops: BLOCK_LIMITS,
    weight: WHOLE,
    weight_device: list(closed('a weight of a device', {path: TEXT, weight: WHOLE})),
  }),
  build: BUILD,
  cap_add: TEXTS,
  cap_drop: TEXTS,
  cgroup: words('host', 'private'),
  cgroup_parent: TEXT,
  command: COMMAND,
  configs: FILES,
  container_name: scalar(['string'], CONTAINER_NAME),
  cpu_count: {scalar: {types: ['whole', 'string'], format: WHOLE_NUMBER, range: [0, Number.MAX_VALUE]}},
  cpu_percent: {scalar: {types: ['whole', 'string'], format: DECIMAL, range: [0, 100]}},
  cpu_period: WHOLE_OF_NUMBER,
  cpu_quota: WHOLE_OF_NUMBER,
  cpu_rt_period: WHOLE_OF_NUMBER,
  cpu_rt_runtime: WHOLE_OF_NUMBER,
  cpu_shares: WHOLE_OF_NUMBER,
  cpus: NUMBER,
  cpuset: TEXT,
  credential_spec: map('a credential', {config: TEXT, file: TEXT, registry: TEXT}),
  depends_on: DEPENDENCIES,
  deploy: DEPLOY,
  develop: DEVELOP,
  device_cgroup_rules: TEXT_SET,
  devices: list(
    either(
      scalar(['string'], DEVICE_TEXT),
      map('a device', {source: TEXT, target: TEXT, permissions: TEXT}, 'source', 'target'),
    ),
    'a device',
  ),
  dns: TEXT_OR_ANY_TEXTS,
  dns_opt: joined(TEXTS),
  dns_search: TEXT_OR_ANY_TEXTS,
  domainname: TEXT,
  entrypoint: COMMAND,
  env_file: joined(
    either(
      TEXT,
      list(
        either(TEXT, closed('a file of variables', {path: TEXT, format: TEXT, required: BOOLEAN}, 'path')),
      ),
    ),
  ),
  environment: PAIRS,
  expose: list(scalar(['whole', 'string'])),
  extends: either(TEXT, closed('extends', {service: TEXT, file: TEXT}, 'service')),
  external_links: TEXT_SET,
  extra_hosts: HOSTS,
  gpus: either(words('all'), list(names('a request for devices', ANYTHING))),
  group_add: set(scalar(['string', 'number'])),
  healthcheck: HEALTH_CHECK,
  hostname: TEXT,
  image: TEXT,
  init: BOOLEAN,
  ipc: TEXT,
  isolation: TEXT,
  label_file: TEXT_OR_ANY_TEXTS,
  labels: PAIRS,
  links: TEXTS,
  logging: map('logging', {
    driver: TEXT,
    options: names('options', scalar(['string', 'number', 'null'])),
  }),
  mac_address: TEXT,
  mem_limit: SIZE,
  mem_reservation: WHOLE_SIZE,
  mem_swappiness: WHOLE_SIZE,
  memswap_limit: SIZE,
  models: joined(
    either(
      TEXT_SET,
      names('models', nullable(map('a model of a service', {endpoint_var: TEXT, model_var: TEXT}))),
    ),
  ),
  network_mode: TEXT,
  networks: joined(either(TEXT_SET, names('networks', ATTACHED_NETWORK, true))),
  oom_kill_disable: BOOLEAN,
  oom_score_adj: {scalar: {types: ['whole', 'string'], format: WHOLE_NUMBER, range: [-1000, 1000]}},
  pid: scalar(['string', 'null']),
  pids_limit: WHOLE_OF_NUMBER,
  platform: TEXT,
  ports: list(PORT, 'a port'),
  post_start: list(HOOK),
  pre_start: since('5.3', list(map('a hook', {...HOOK_KEYS, image: TEXT, per_replica: BOOLEAN}))),
  pre_stop: list(HOOK),
  privileged: BOOLEAN,
  profiles: TEXTS,
  provider: map('a provider', {type: TEXT, options: names('options', ANYTHING)}, 'type'),
  pull_policy: scalar(['string'], PULL_POLICY),
  pull_refresh_after: TEXT,
  read_only: BOOLEAN,
  restart: TEXT,
  runtime: TEXT,
  scale: WHOLE,
  secrets: FILES,
  security_opt: TEXT_SET,
  shm_size: SIZE,
  stdin_open: BOOLEAN,
  stop_grace_period: DURATION,
  stop_signal: TEXT,
  storage_opt: names('options', ANYTHING),
  sysctls: PAIRS,
  tmpfs: TEXT_OR_ANY_TEXTS,
  tty: BOOLEAN,
  ulimits: ULIMITS,
  use_api_socket: TRUE_OR_FALSE,
  user: TEXT,
  userns_mode: TEXT,
  uts: TEXT,
  volumes: list(MOUNT, 'a mount'),
  volumes_from: TEXT_SET,
  working_dir: TEXT,
})

export {BOOLEAN, OPTIONS, PAIRS, TEXT_OR_TEXTS}
