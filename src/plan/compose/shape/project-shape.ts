import {BOOLEAN, OPTIONS, PAIRS, SERVICE, TEXT_OR_TEXTS} from './service-shape.js'
import {ANYTHING, closed, either, list, map, names, nullable, type Shape, scalar, TEXT} from './shape.js'

/** A part that others made: `external: true`, or the older `external: {name: X}`. */
const EXTERNAL = either(BOOLEAN, map('external', {name: TEXT}))
const OPEN_EXTERNAL = either(BOOLEAN, names('external', ANYTHING))

const NETWORK = nullable(
  map('a network', {
    name: TEXT,
    driver: TEXT,
    driver_opts: OPTIONS,
    ipam: map('ipam', {
      driver: TEXT,
      config: list(
        map('a configuration of addresses', {
          subnet: TEXT,
          ip_range: TEXT,
          gateway: TEXT,
          aux_addresses: names('addresses', TEXT),
        }),
      ),
      options: names('options', TEXT),
    }),
    external: EXTERNAL,
    internal: BOOLEAN,
    enable_ipv4: BOOLEAN,
    enable_ipv6: BOOLEAN,
    attachable: BOOLEAN,
    labels: PAIRS,
  }),
)

const VOLUME = nullable(
  map('a volume', {name: TEXT, driver: TEXT, driver_opts: OPTIONS, external: EXTERNAL, labels: PAIRS}),
)

const SECRET = map('a secret', {
  name: TEXT,
  environment: TEXT,
  file: TEXT,
  external: OPEN_EXTERNAL,
  labels: PAIRS,
  driver: TEXT,
  driver_opts: OPTIONS,
  template_driver: TEXT,
})

const CONFIG = map('a config', {
  name: TEXT,
  content: TEXT,
  environment: TEXT,
  file: TEXT,
  external: OPEN_EXTERNAL,
  labels: PAIRS,
  template_driver: TEXT,
})

const MODEL = map(
  'a model',
  {name: TEXT, model: TEXT, context_size: scalar(['whole']), runtime_flags: list(TEXT)},
  'model',
)

const INCLUDE = either(
  TEXT,
  closed('an include', {path: TEXT_OR_TEXTS, env_file: TEXT_OR_TEXTS, project_directory: TEXT}),
)

/**
 * What the Compose specification lets a file have, as the schema of compose-go 2.9 and 2.14 (Compose 2.40 and 5.5) says it:
 * a key that either of them knows is known.
 */
export const PROJECT: Shape = map('a compose file', {
  version: TEXT,
  name: TEXT,
  include: nullable(list(INCLUDE)),
  services: names('services', SERVICE, true),
  models: names('models', MODEL),
  networks: names('networks', NETWORK),
  volumes: names('volumes', VOLUME, true),
  secrets: names('secrets', SECRET, true),
  configs: names('configs', CONFIG, true),
})
