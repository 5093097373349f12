import type {CatalogueEntry} from './catalogue-entry.js'

/** Infrastructure as code. State and variables are among the secrets. */
export const TERRAFORM: readonly CatalogueEntry[] = [
  {
    // providers are programs for the machine that fetched them
    kind: 'terraform-providers',
    rule: 'terraform-providers',
    title: 'Terraform providers and modules',
    names: ['.terraform', '.terragrunt-cache'],
    type: 'dir',
    disposition: 'junk',
  },
  {
    kind: 'terraform-plan',
    rule: 'terraform-plan',
    title: 'Terraform plan',
    names: ['*.tfplan', 'tfplan'],
    type: 'file',
    disposition: 'secret',
  },
  {
    kind: 'infrastructure-state',
    rule: 'infrastructure-state',
    title: 'state of an infrastructure tool',
    names: ['.vagrant', '.kitchen', '.pulumi', '.molecule'],
    type: 'dir',
    disposition: 'junk',
  },
  {
    kind: 'ansible-retry',
    rule: 'ansible-retry',
    title: 'Ansible retry file',
    names: ['*.retry'],
    type: 'file',
    disposition: 'junk',
    evidence: {sameStem: ['.yml', '.yaml']},
  },
]
