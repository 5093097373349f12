/** Patterns that make a backtracking matcher take exponential or high polynomial time. */
export const CLASSICS: {name: string; pattern: string; path: string; matches: boolean}[] = [
  {name: 'a*a*…b', pattern: `${'a*'.repeat(40)}b`, path: 'a'.repeat(2_000), matches: false},
  {name: '*a*a…', pattern: '*a'.repeat(60), path: `${'a'.repeat(2_000)}b`, matches: false},
  {name: '**/**/…/x', pattern: `a/${'**/'.repeat(40)}x`, path: 'a/'.repeat(1_000), matches: false},
  {name: '**/*a**/…', pattern: `${'**/*a'.repeat(30)}b`, path: 'aa/'.repeat(700), matches: false},
  {name: '?*?*…', pattern: `${'?*'.repeat(60)}b`, path: 'a'.repeat(2_000), matches: false},
  {name: '[ab]{0,900} twice', pattern: '[ab]{0,900}[ab]{0,900}c', path: 'ab'.repeat(1_000), matches: false},
  {name: 'a match after all', pattern: `${'a*'.repeat(40)}b`, path: `${'a'.repeat(2_000)}b`, matches: true},
]
