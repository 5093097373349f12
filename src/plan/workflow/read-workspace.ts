import path from 'node:path'
import type {Workspace} from '../workspace.js'
import type {WorkflowStep} from './list-steps.js'

const CHECKOUT = /^actions\/checkout@/i

/** Actions that put nothing into the workspace that a build would copy. */
const INERT_ACTIONS =
  /^(?:actions\/(?:checkout|setup-[\w-]+|attest[\w-]*|upload-artifact|labeler|configure-pages|create-github-app-token)|docker\/[\w-]+|[\w-]+\/setup-[\w-]+|[\w-]+\/[\w-]*build-push-action|(?:sigstore|anchore|aquasecurity|step-security|tailscale|crazy-max|depot|hashicorp|chainguard-dev)\/[\w-]+|aws-actions\/[\w-]+|azure\/(?:login|docker-login)|google-github-actions\/(?:auth|setup-gcloud)|dorny\/paths-filter|tj-actions\/changed-files|pnpm\/action-setup|dtolnay\/rust-toolchain|jlumbroso\/free-disk-space|easimon\/maximize-build-space|rlespinasse\/github-slug-action|mxschmitt\/action-tmate)(?:\/[\w/-]+)?@/i

/** Commands that make no file of the workspace. */
const INERT_COMMANDS = new Set(
  `echo printf export set : true false test [ [[ if then else elif fi for do done while case esac exit return sleep pwd ls
  date uname df du free env whoami id which command type docker git jq sed awk grep cut tr head tail sort uniq wc cat
  basename dirname read local declare cd pushd popd sudo apt-get apt rm rmdir kill systemctl`.split(/\s+/),
)
/** Of git what brings files. */
const FETCHING_GIT =
  /^git\s+(?:-\S+\s+)*(?:clone|checkout|pull|fetch|submodule|apply|am|lfs|init|worktree|restore|switch)\b/
/** Output into a file other than those that GitHub reads. */
const REDIRECTION =
  /(?<![0-9&<>-])>{1,2}(?!>)\s*(?![\s&]|"?\$\{?GITHUB_(?:OUTPUT|ENV|STEP_SUMMARY|PATH)|\/dev\/)/

/** Tells what a step finds in the workspace, from the steps of its job before it. */
export function readWorkspace(step: WorkflowStep): Omit<Workspace, 'place'> {
  const checkoutAt = step.before.findIndex(isOwnCheckout)
  const maker = step.before.find((one) => !isInert(one))
  return {
    kind: checkoutAt < 0 && maker === undefined ? 'empty' : 'checkout',
    maker: maker === undefined ? null : nameStep(maker),
    ...(isShallow(step) && {isShallow: true}),
    ...(fetchesSubmodules(step.before[checkoutAt]) && {hasSubmodules: true}),
  }
}

/** Without `fetch-depth` actions/checkout fetches one commit, and no tag. */
function isShallow({before}: WorkflowStep): boolean {
  const checkout = before.find(isOwnCheckout)
  const depth = checkout?.input('fetch-depth')
  if (checkout === undefined || depth?.unknown !== undefined || depth?.text.trim() === '0') return false
  return !before.some(({script}) => /\bgit\b[^\n]*\bfetch\b/.test(script?.text ?? ''))
}

/** Where the repository lies in the workspace: `.`, or the `path` of its checkout. */
export function findCheckoutPath(step: WorkflowStep): string {
  const checkout = step.before.find(isOwnCheckout)
  const given = checkout?.input('path')
  return given === undefined || given.unknown !== undefined ? '.' : path.posix.normalize(given.text || '.')
}

/** A checkout of the repository itself, not of another one beside it. */
function isOwnCheckout(step: WorkflowStep): boolean {
  if (!CHECKOUT.test(step.uses ?? '')) return false
  const repository = step.input('repository')
  return repository === undefined || repository.text === '' || /github\.repository\b/.test(repository.text)
}

/** `true`, `recursive`, or what is only known when it runs. */
function fetchesSubmodules(checkout: WorkflowStep | undefined): boolean {
  const given = checkout?.input('submodules')
  return given !== undefined && (given.unknown !== undefined || !/^(?:false)?$/i.test(given.text.trim()))
}

function isInert({uses, script}: WorkflowStep): boolean {
  if (uses !== null) return INERT_ACTIONS.test(uses)
  return script === undefined || isInertScript(script.text)
}

function isInertScript(text: string): boolean {
  const lines = text.replace(/\\\n/g, ' ').split(/\n|&&|\|\||;/)
  return lines.every((line) => {
    const words = line.trim()
    if (words === '' || words.startsWith('#')) return true
    if (REDIRECTION.test(words) || /<<|\btee\b/.test(words)) return false
    const command = words.replace(/^(?:(?:then|else|do|if|!|sudo(?: -\S+)*)\s+)*/, '')
    // What a command prints becomes a value.
    if (/^[A-Za-z_]\w*="?(?:\$\(|`)/.test(command)) return true
    const plain = command.replace(/^(?:[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)(?:\s+|$))*/, '')
    if (plain === '') return true
    if (/^docker\s+(?:cp|run|compose|export|save)\b/.test(plain)) return false
    return !FETCHING_GIT.test(plain) && INERT_COMMANDS.has(plain.split(/\s/)[0]!)
  })
}

function nameStep({label, uses, script}: WorkflowStep): string {
  return label ?? uses ?? script?.text.trim().split('\n')[0] ?? 'a step'
}
