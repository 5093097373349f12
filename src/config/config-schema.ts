import {CONFIGURABLE_IDS} from '../advice/rule-ids.js'
import {compilePattern} from '../languages/ignore/compile-pattern.js'
import {createIgnorePattern, findPatternProblem} from '../languages/ignore/parse-ignore-file.js'
import {parseSize} from '../languages/text/parse-size.js'
import {parseTolerance} from './parse-amounts.js'

/**
 * The schema of a configuration, for validation here and completion in editors (docs/config.schema.json, kept equal by
 * a test). A `title` ends the sentence "must be …". Formats are those of `CONFIG_FORMATS`.
 */
export const CONFIG_SCHEMA = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'a mapping of the keys of slim-check',
  description: 'Configuration of docker-slim-check (.slim-check.yaml)',
  type: ['object', 'null'],
  additionalProperties: false,
  properties: {
    $schema: {type: 'string', title: 'the place of a JSON schema'},
    budgets: {
      $ref: '#/definitions/budgets',
      description: 'Budgets of every build; docker-slim-check exits with status 1 if one is exceeded',
    },
    measure: {
      $ref: '#/definitions/measure',
      description: 'Budgets of every measured build (docker-slim-check measure)',
    },
    smoke: {
      $ref: '#/definitions/smoke',
      description: 'Smoke checks of every image that is measured',
    },
    image: {
      $ref: '#/definitions/image',
      description: 'Budgets of every image (docker-slim-check image)',
    },
    builds: {
      title: 'a mapping of builds by name',
      description:
        'Settings of single builds, by name (a service, a bake target, the path of a Dockerfile) or pattern',
      type: ['object', 'null'],
      propertyNames: {format: 'build-name', title: 'the name of a build, or a pattern of names'},
      additionalProperties: {$ref: '#/definitions/build'},
    },
    rules: {
      title: 'a mapping of rule ids to off, error, warning or info',
      description: 'Turns rules off, or gives their findings another severity',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: Object.fromEntries(CONFIGURABLE_IDS.map((id) => [id, {$ref: '#/definitions/level'}])),
      patternProperties: {'^buildkit/[A-Za-z]+$': {$ref: '#/definitions/level'}},
    },
    keep: {
      $ref: '#/definitions/patterns',
      description: 'Patterns as in an ignore file: no ignore line is suggested for what they match',
    },
    'exclude-builds': {
      $ref: '#/definitions/patterns',
      description:
        'Patterns as in an ignore file: Dockerfiles and compose files that they match are not used',
    },
    'fail-on': {
      title: 'error, warning, suggestion or never',
      description: 'Exit with 1 for findings of this severity, or for a safe suggestion (default: never)',
      enum: ['error', 'warning', 'suggestion', 'never'],
    },
    format: {
      title: 'text, json, markdown, sarif, github or html',
      description: 'The format of the report (default: text)',
      enum: ['text', 'json', 'markdown', 'sarif', 'github', 'html'],
    },
    top: {$ref: '#/definitions/count', description: 'How many of the largest paths to show (default: 10)'},
    depth: {
      $ref: '#/definitions/count',
      description: 'Add up the largest paths to directories this many levels deep',
    },
    bandwidth: {
      type: 'string',
      pattern: '^[0-9]+(\\.[0-9]+)? ?[kMG]?bit(/s)?$',
      title: 'a bandwidth such as 50Mbit',
      description: 'The bandwidth to the builder, for times beside sizes',
    },
    baseline: {
      $ref: '#/definitions/baseline',
      description: 'A file with the sizes of earlier builds, which may not grow',
    },
  },
  definitions: {
    size: {
      title: 'a size such as 50MB, 1.5GiB or a number of bytes',
      type: ['string', 'integer'],
      format: 'size',
      pattern: '^ *[0-9]+(\\.[0-9]+)? *([kKmMgGtT]([iI]?[bB])?|[bB])? *$',
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
    },
    tolerance: {
      title: 'a percentage such as 5%, a size such as 2MB, or a number of bytes',
      type: ['string', 'integer'],
      format: 'tolerance',
      pattern: '^ *[0-9]+(\\.[0-9]+)? *(%|[kKmMgGtT]([iI]?[bB])?|[bB])? *$',
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
    },
    count: {
      title: 'a whole number, 1 or more',
      type: 'integer',
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
    },
    patterns: {
      title: 'a list of patterns',
      type: ['array', 'null'],
      items: {
        type: 'string',
        minLength: 1,
        format: 'ignore-pattern',
        title: 'a pattern as in an ignore file',
      },
    },
    level: {title: 'off, error, warning or info', enum: ['off', 'error', 'warning', 'info']},
    budgets: {
      title: 'a mapping of budgets',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        'max-transfer': {$ref: '#/definitions/size', description: 'Bytes that a first build transfers'},
        'max-files': {
          title: 'a whole number',
          description: 'Files that a build transfers',
          type: 'integer',
          minimum: 0,
          maximum: Number.MAX_SAFE_INTEGER,
        },
        'max-rebuild': {
          $ref: '#/definitions/size',
          description: 'Bytes that a rebuild transfers when nothing has changed',
        },
        'max-entry': {$ref: '#/definitions/size', description: 'Bytes of the largest single file'},
      },
    },
    duration: {
      title: 'a duration such as 5m, 90s or a number of seconds',
      type: ['string', 'integer'],
      pattern: '^ *([0-9]+(\\.[0-9]+)? *|([0-9]+(\\.[0-9]+)? ?(ms|min|h|m|s) *)+)$',
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
    },
    share: {
      title: 'a percentage such as 10%',
      type: 'string',
      pattern: '^ *[0-9]+(\\.[0-9]+)? *% *$',
    },
    measure: {
      title: 'a mapping of limits',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        'max-build-time': {$ref: '#/definitions/duration', description: 'Of a cold build'},
        'max-size': {$ref: '#/definitions/size', description: 'What the layers of the image unpack to'},
        'max-pull': {$ref: '#/definitions/size', description: 'What a first pull downloads'},
        'max-deploy': {
          $ref: '#/definitions/size',
          description: 'What a host downloads after an edit of a source file',
        },
        'max-growth': {$ref: '#/definitions/share', description: 'Against the baseline, of each figure'},
        'min-saving': {$ref: '#/definitions/share', description: 'How much smaller the image must be'},
        'min-speedup': {
          $ref: '#/definitions/share',
          description: 'How much faster a cold build must be',
        },
      },
    },
    words: {
      title: 'a command, as text for a shell or as a list of words',
      type: ['string', 'array'],
      minLength: 1,
      minItems: 1,
      items: {type: 'string', title: 'text'},
    },
    paths: {
      title: 'a list of absolute paths',
      type: 'array',
      minItems: 1,
      items: {type: 'string', pattern: '^/', title: 'an absolute path in the image'},
    },
    smoke: {
      title: 'a list of smoke checks',
      type: ['array', 'null'],
      items: {
        title: 'a mapping with at least one of run, files, absent, user, ports, health and stop',
        type: 'object',
        additionalProperties: false,
        properties: {
          name: {type: 'string', minLength: 1, title: 'text', description: 'The name in reports'},
          run: {
            $ref: '#/definitions/words',
            description: 'A command that runs in the image instead of its own',
          },
          status: {
            type: 'integer',
            minimum: 0,
            maximum: 255,
            title: 'an exit status from 0 to 255',
            description: 'The exit status that run must have (default: 0)',
          },
          output: {
            type: 'string',
            format: 'expression',
            title: 'a regular expression',
            description: 'A regular expression that the output of run must match, on either stream',
          },
          files: {$ref: '#/definitions/paths', description: 'Paths that must exist'},
          absent: {$ref: '#/definitions/paths', description: 'Paths that must not exist'},
          user: {type: 'string', minLength: 1, title: 'text', description: 'The user that the image runs as'},
          ports: {
            type: 'array',
            minItems: 1,
            items: {type: 'integer', minimum: 1, maximum: 65535, title: 'a port from 1 to 65535'},
            title: 'a list of ports',
            description: 'TCP ports that the started image listens on',
          },
          health: {
            type: ['boolean', 'string', 'array'],
            minLength: 1,
            items: {type: 'string', title: 'text'},
            title: 'true, or a command',
            description: 'The started image must become healthy, by its own HEALTHCHECK or by this command',
          },
          stop: {
            $ref: '#/definitions/duration',
            description: 'How long the started image may take to stop after SIGTERM',
          },
          within: {
            $ref: '#/definitions/duration',
            description: 'How long a check may take, and a start (default: 30s)',
          },
          network: {
            type: 'string',
            minLength: 1,
            title: 'a network of docker run',
            description: 'Default: none',
          },
          env: {
            title: 'a mapping of variables to their values',
            type: ['object', 'null'],
            additionalProperties: {type: ['string', 'number', 'boolean'], title: 'text'},
          },
          'read-only': {type: 'boolean', title: 'true or false', description: 'No file can be written'},
        },
      },
    },
    image: {
      title: 'a mapping of limits',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        'max-size': {$ref: '#/definitions/size', description: 'What the layers unpack to'},
        'max-pull': {$ref: '#/definitions/size', description: 'What a first pull downloads'},
        'max-hidden': {
          $ref: '#/definitions/size',
          description: 'What is in a layer, but removed or replaced by a later one',
        },
        'max-deploy': {
          $ref: '#/definitions/size',
          description: 'What a host downloads that already has the image of --deployed or --to',
        },
      },
    },
    build: {
      title: 'a mapping of the settings of a build',
      type: ['object', 'null'],
      additionalProperties: false,
      properties: {
        budgets: {$ref: '#/definitions/budgets', description: 'Replaces the general one'},
        measure: {$ref: '#/definitions/measure', description: 'Replaces the general one'},
        smoke: {$ref: '#/definitions/smoke', description: 'In addition to the general ones'},
        target: {type: 'string', minLength: 1, title: 'the name of a stage'},
        platform: {type: 'string', minLength: 1, title: 'a platform such as linux/arm64'},
        'build-args': {
          title: 'a mapping of build arguments to their values',
          type: ['object', 'null'],
          additionalProperties: {type: ['string', 'number', 'boolean'], title: 'text'},
        },
      },
    },
    baseline: {
      title: 'a mapping with the key file',
      type: ['object', 'null'],
      additionalProperties: false,
      required: ['file'],
      properties: {
        file: {
          type: 'string',
          minLength: 1,
          title: 'the path of a file',
          description: 'Relative to the configuration; --update-baseline writes it',
        },
        tolerance: {
          $ref: '#/definitions/tolerance',
          description: 'Growth that is allowed, as a percentage or a size (default: 5%)',
        },
        floor: {
          $ref: '#/definitions/size',
          description: 'Growth below this size is always allowed (default: 1MB)',
        },
      },
    },
  },
}

/** The formats that the schema names. Each returns what is wrong with a text, or null. */
export const CONFIG_FORMATS: Readonly<Record<string, (text: string) => string | null>> = {
  size: (text) => (parseSize(text) === null ? 'is not a size' : null),
  tolerance: (text) => (parseTolerance(text) === null ? 'is neither a percentage nor a size' : null),
  'ignore-pattern': (text) =>
    text.startsWith('#') ? 'is a comment: write "\\#" for a name that begins with #' : findGlobProblem(text),
  'build-name': (text) => {
    if (text.trim() === '') return 'is empty'
    if (text.startsWith('!')) return 'negates, which is not supported: name the builds'
    return findGlobProblem(text)
  },
  expression: (text) => {
    try {
      new RegExp(text)
      return null
    } catch (error) {
      return (error as Error).message
    }
  },
}

/** Finds the problems that Docker reports when it reads a pattern, and those that it reports when it first tries it. */
function findGlobProblem(text: string): string | null {
  const pattern = createIgnorePattern(text)
  return findPatternProblem(pattern) ?? compilePattern(pattern.glob).problem
}
