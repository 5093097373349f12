/** Where bundlers and frameworks write when nobody tells them otherwise; null: wherever their settings say. */
const OUTPUTS: Readonly<Record<string, readonly string[] | null>> = {
  vite: ['dist'],
  vp: ['dist'],
  parcel: ['dist'],
  webpack: ['dist'],
  'react-scripts': ['build'],
  'react-router': ['build'],
  remix: ['build'],
  'vue-cli-service': ['dist'],
  ng: ['dist'],
  astro: ['dist'],
  nest: ['dist'],
  tsup: ['dist'],
  tsdown: ['dist'],
  unbuild: ['dist'],
  microbundle: ['dist'],
  ncc: ['dist'],
  ember: ['dist'],
  expo: ['dist'],
  rsbuild: ['dist'],
  docusaurus: ['build'],
  gatsby: ['public'],
  nuxt: ['dist'],
  nuxi: ['dist'],
  next: ['out'],
  'svelte-kit': ['build'],
}

/** Tells whether a program writes to a directory of this name beside package.json. */
export function mayWriteTo(program: string, name: string): 'yes' | 'perhaps' | 'no' {
  const outputs = Object.hasOwn(OUTPUTS, program) ? OUTPUTS[program] : null
  if (!outputs) return 'perhaps'
  return outputs.includes(name) ? 'yes' : 'no'
}
