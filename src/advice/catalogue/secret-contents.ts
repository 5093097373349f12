import type {ContentCheck} from './catalogue-entry.js'

/** What secrets look like inside. Every repetition is bounded, so that no text is slow to look through. */

export const PRIVATE_KEY: ContentCheck = {
  finds: 'a private key',
  pattern: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|^PuTTY-User-Key-File-\d/m,
  maxBytes: 65536,
}

/** Variables that a front end's build puts into what every visitor gets: their keys are public. */
const PUBLIC_PREFIX =
  /(?:next_public|nuxt_public|expo_public|public|vite|react_app|vue_app|gatsby|storybook)_/

/** What stands for a value and is none: a reference, a call, a path, a number, a text to be replaced. */
const NO_VALUE =
  /[$<{%/.]|https?:|os\.|[\w.]{1,64}\(|\d{1,16}(?:[\s"',;]|$)|(?:null|true|false)\b|change|your|replace|example|todo|xxx/

const SECRET_NAME = /(?:secret|token|passw(?:or)?d|api_?key|private_?key|access_?key|credential)/

const ASSIGNMENT = /\w{0,32}["']?[ \t]{0,9}[=:][ \t]{0,9}/

const URL_WITH_PASSWORD = /[a-z]:\/\/[^\s:/@"']{0,64}:[^\s:/@"'${]{3,64}@/

/** Takes `API_TOKEN=abc123`, `"password": "abc123"`, `secret_key = 'abc123'`, and a URL with a password. */
export const ASSIGNED_SECRET: ContentCheck = {
  finds: 'a password, token or key',
  pattern: new RegExp(
    `${SECRET_NAME.source}(?<!\\b${PUBLIC_PREFIX.source}\\w{0,64})` +
      `${ASSIGNMENT.source}(?!["']?(?:${NO_VALUE.source}))["']?[^\\s"',;]{6}` +
      `|${URL_WITH_PASSWORD.source}`,
    'i',
  ),
  maxBytes: 65536,
}

export const CREDENTIAL_URL: ContentCheck = {
  finds: 'a URL with a password, or a password',
  pattern: new RegExp(
    `${URL_WITH_PASSWORD.source}|^[ \\t]{0,9}password[ \\t]{0,9}[=:][ \\t]{0,9}[^\\s\${<]`,
    'm',
  ),
  maxBytes: 65536,
}

/** Of Google's service accounts and OAuth clients, and of what imitates them. */
export const SERVICE_ACCOUNT: ContentCheck = {
  finds: 'a private key or token',
  pattern:
    /"(?:private_key|client_secret|refresh_token|aws_secret_access_key|secret_?access_?key)"\s{0,9}:\s{0,9}"[^"<$]/i,
  maxBytes: 65536,
}
