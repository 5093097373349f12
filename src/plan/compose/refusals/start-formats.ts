import {shortImageName} from '../../../languages/dockerfile/evaluate/names/image-name.js'
import type {ValueFormat} from '../shape/value-formats.js'

/** What the engine takes of texts that Compose hands on as they are (tried with Engine 28.5). */

/** The engine takes the identity of an image for a name, BuildKit does not. */
const IMAGE_ID = /^[a-f\d]{64}$/

const ABSOLUTE = /^(?:[/\\]|[A-Za-z]:)/

export const RESTART_POLICY: ValueFormat = {
  name: 'a policy',
  example: 'unless-stopped',
  isValid: (text) => /^(?:no|always|unless-stopped|on-failure(?::.*)?)?$/.test(text),
}

export const IPC_MODE: ValueFormat = {
  name: 'a mode',
  example: 'shareable',
  isValid: (text) => /^(?:none|host|private|shareable|(?:container|service):.+)?$/.test(text),
}

export const PID_MODE: ValueFormat = {
  name: 'a mode',
  example: 'host',
  isValid: (text) => /^(?:host|(?:container|service):.+)?$/.test(text),
}

export const UTS_MODE: ValueFormat = {
  name: 'a mode',
  example: 'host',
  isValid: (text) => /^(?:host)?$/.test(text),
}

export const CONTAINER_TITLE: ValueFormat = {
  name: 'a name of letters, digits, ".", "_" and "-"',
  example: 'app-1',
  isValid: (text) => text === '' || /^\/?[A-Za-z\d][\w.-]+$/.test(text),
}

export const ABSOLUTE_PATH: ValueFormat = {
  name: 'an absolute path',
  example: '/app',
  isValid: (text) => text === '' || ABSOLUTE.test(text),
}

export const SIGNAL: ValueFormat = {name: 'a signal', example: 'SIGINT', isValid: isSignal}

export const CAPABILITY: ValueFormat = {name: 'a capability', example: 'NET_ADMIN', isValid: isCapability}

export const IMAGE_NAME: ValueFormat = {
  name: 'a valid name of an image',
  example: 'example/app:1.0',
  isValid: (text) => IMAGE_ID.test(text) || shortImageName(text) !== null,
}

export const LIMIT_NAME: ValueFormat = {
  name: 'a limit that Linux knows',
  example: 'nofile',
  isValid: (text) =>
    /^(?:core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime|sigpending|stack)$/.test(
      text,
    ),
}

const SIGNALS = new Set(
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU UNUSED URG USR1 USR2 VTALRM WINCH XCPU XFSZ'.split(
    ' ',
  ),
)

function isSignal(text: string): boolean {
  const name = text.toUpperCase().replace(/^SIG/, '')
  return /^\d*$/.test(text) || SIGNALS.has(name) || /^RTM(?:IN|AX)(?:[-+]\d+)?$/.test(name)
}

const CAPABILITIES = new Set(
  'ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM'.split(
    ' ',
  ),
)

function isCapability(text: string): boolean {
  return CAPABILITIES.has(text.toUpperCase().replace(/^CAP_/, ''))
}
