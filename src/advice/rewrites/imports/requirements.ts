/** Packages of Python whose modules have another name; the others are called alike. By normalized name. */
const MODULES: Readonly<Record<string, readonly string[]>> = {
  'apache-airflow': ['airflow'],
  'apache-beam': ['apache_beam'],
  'azure-storage-blob': ['azure'],
  beautifulsoup4: ['bs4'],
  'discord-py': ['discord'],
  django: ['django'],
  djangorestframework: ['rest_framework'],
  'django-cors-headers': ['corsheaders'],
  'django-environ': ['environ'],
  'django-redis': ['django_redis'],
  'factory-boy': ['factory'],
  'faiss-cpu': ['faiss'],
  'ffmpeg-python': ['ffmpeg'],
  gitpython: ['git'],
  'google-cloud-storage': ['google'],
  'google-cloud-bigquery': ['google'],
  'google-api-python-client': ['googleapiclient', 'apiclient'],
  grpcio: ['grpc'],
  'grpcio-tools': ['grpc_tools'],
  mysqlclient: ['MySQLdb'],
  'mysql-connector-python': ['mysql'],
  'msgpack-python': ['msgpack'],
  'opencv-python': ['cv2'],
  'opencv-python-headless': ['cv2'],
  'opentelemetry-api': ['opentelemetry'],
  'opentelemetry-sdk': ['opentelemetry'],
  pillow: ['PIL'],
  'prometheus-client': ['prometheus_client'],
  protobuf: ['google'],
  'psycopg-binary': ['psycopg'],
  'psycopg2-binary': ['psycopg2'],
  pycryptodome: ['Crypto'],
  pyjwt: ['jwt'],
  pymysql: ['pymysql'],
  pynacl: ['nacl'],
  pyopenssl: ['OpenSSL'],
  pyserial: ['serial'],
  'python-dateutil': ['dateutil'],
  'python-docx': ['docx'],
  'python-dotenv': ['dotenv'],
  'python-jose': ['jose'],
  'python-json-logger': ['pythonjsonlogger'],
  'python-magic': ['magic'],
  'python-multipart': ['multipart', 'python_multipart'],
  'python-pptx': ['pptx'],
  'python-slugify': ['slugify'],
  'python-telegram-bot': ['telegram'],
  pytz: ['pytz'],
  pyyaml: ['yaml'],
  pyzmq: ['zmq'],
  'ruamel-yaml': ['ruamel'],
  'scikit-image': ['skimage'],
  'scikit-learn': ['sklearn'],
  'sentence-transformers': ['sentence_transformers'],
  'sentry-sdk': ['sentry_sdk'],
  setuptools: ['setuptools', 'pkg_resources'],
  'slack-sdk': ['slack_sdk', 'slack'],
  'typing-extensions': ['typing_extensions'],
  'websocket-client': ['websocket'],
  zstandard: ['zstandard'],
}

/** Nobody imports them: a server or a framework loads them by itself. */
const LOADED =
  /^(?:uvicorn|gunicorn|hypercorn|daphne|uvloop|httptools|websockets|python-multipart|email-validator|watchfiles|psycopg2?(?:-binary)?|asyncpg|aiosqlite|mysqlclient|pymysql|greenlet|gevent|eventlet|redis|hiredis|whitenoise|setproctitle|tzdata|django-\S+|dj-\S+|opentelemetry-\S+|pytest\S*|nvidia-\S+|ddtrace|newrelic|openpyxl|xlrd|pyarrow|fastparquet|lxml|html5lib|tabulate|jinja2|itsdangerous|orjson|ujson)$/

/** Tells whether a package may be used without an import in the project. */
export function isLoadedUnseen(name: string): boolean {
  return LOADED.test(name)
}

/** As pip compares names. */
export function normalizePackage(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

/** The modules that a package brings, by the first part of their names. */
export function modulesOf(name: string): readonly string[] {
  const normalized = normalizePackage(name)
  return MODULES[normalized] ?? [normalized.replaceAll('-', '_')]
}

/** Packages that a list of requirements names, normalized; null where it takes in what is not read here. */
export function readRequirements(text: string): string[] | null {
  const found: string[] = []
  for (const line of text.replaceAll('\\\n', ' ').split(/\r?\n/)) {
    const bare = line.replace(/(?:^|\s)#.*$/, '').trim()
    if (
      bare === '' ||
      /^--(?:hash|index-url|extra-index-url|trusted-host|no-binary|only-binary)\b/.test(bare)
    )
      continue
    const [, name] = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:[=<>~!@;,].*|--hash.*)?$/.exec(bare) ?? []
    if (name === undefined) return null
    found.push(normalizePackage(name))
  }
  return found
}
