/** What `.gitmodules` says of one submodule. */
export interface GitModule {
  path: string
  url: string | null
  /** `update = none`: a clone leaves it out. */
  isLeftOut: boolean
}

/** Reads the submodules that a `.gitmodules` describes. */
export function readGitModules(text: string): GitModule[] {
  return text.split(/^[ \t]*\[/m).flatMap((section) => {
    const path = readValue(section, 'path')
    if (!/^submodule\b/i.test(section) || path === null) return []
    return [
      {
        path: path.replace(/\/+$/, ''),
        url: readValue(section, 'url'),
        isLeftOut: readValue(section, 'update') === 'none',
      },
    ]
  })
}

function readValue(section: string, name: string): string | null {
  const value = new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*(.*?)[ \\t\\r]*$`, 'im').exec(section)?.[1]
  return value === undefined || value === '' ? null : value.replace(/^"(.*)"$/, '$1')
}
