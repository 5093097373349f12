import {joinPath, parentPath} from '../../../../languages/text/container-path.js'
import {
  type Consumer,
  firstUse,
  type GitUse,
  type Need,
  type ProjectView,
  perhaps,
  type SourceText,
  surely,
} from '../consumption.js'
import {findGitSignIn} from '../git-signs.js'
import {listRubyNeeds} from '../imports/ruby-imports.js'
import {listProcfile, needOf, needsIn} from '../needs.js'
import {lineAt} from '../text-lines.js'

const RUBY_TOOLS = new Set(
  'bundle bundler gem rake rails ruby puma unicorn thin rackup sidekiq rspec jekyll middleman nanoc foreman passenger shoryuken good_job spring cucumber rubocop irb falcon iodine resque clockwork whenever hanami bootsnap'.split(
    ' ',
  ),
)
const RUBY_GIT_GEMS =
  /^[ \t]*gem\s+["']((?:[\w-]+[-_])?git(?:[-_][\w-]+)?|rugged|jekyll-last-modified-at|jekyll-git_metadata|jekyll-gitlab-metadata|jekyll-gist-git|middleman-(?:git|blog-git))["']/m

export const consumeRuby: Consumer = (action, project) => {
  const {program, words, directory} = action
  if (!RUBY_TOOLS.has(program)) return null
  const isInstall = action.makes?.includes('bundle-install') === true
  const gemfiles = project.read(directory, 'Gemfile', 'gems.rb')
  const usesSpec = gemfiles.some(({text}) => /^[ \t]*gemspec\b/m.test(text))
  const specs = usesSpec || program === 'gem' ? project.readAll(directory, /\.gemspec$/) : []
  const tasks =
    program === 'rake' || program === 'rails'
      ? project.readAll(directory, /(?:(?:^|\/)Rakefile|\.rake|(?:^|\/)(?:config|lib\/tasks)\/.*\.rb)$/)
      : []
  const sites = /^(?:jekyll|middleman|nanoc)$/.test(program)
    ? project.read(directory, '_config.yml', '_config.yaml', 'config.rb', 'nanoc.yaml')
    : []
  return {
    needs: [
      ...(isInstall ? listBundleNeeds(project, gemfiles) : []),
      ...(isInstall && usesSpec ? listGemspecs(project, gemfiles) : []),
      ...(program === 'gem' && words[1] === 'build' ? specs.map(needOf) : []),
      ...(words.some((word) => /^assets:precompile/.test(word)) ? listLinked(project, gemfiles) : []),
      ...(program === 'foreman' ? listProcfile(action, project) : []),
      ...listRubyNeeds(action, project),
    ],
    git: firstUse(
      readGemSigns([...specs, ...tasks, ...gemfiles]),
      isInstall && program !== 'jekyll' ? null : readGems([...gemfiles, ...sites]),
      readGems(sites),
    ),
    runs: /^(?:ruby|puma|unicorn|thin|rackup|sidekiq|rspec|rails|rake|cucumber|falcon|iodine|resque|middleman|jekyll|shoryuken|good_job|foreman|passenger|clockwork|hanami)$/.test(
      program,
    )
      ? ['ruby']
      : [],
  }
}

function readGemSigns(texts: readonly SourceText[]): GitUse | null {
  const sign = findGitSignIn(
    texts.map((one) => ({
      ...one,
      text: one.text.replace(
        /\bgit:\s*["'][^"']*["']|:git\s*=>\s*["'][^"']*["']|\bgit_source\b.*|\bgit\s+["']https?:[^"']*["']/g,
        '',
      ),
    })),
  )
  return sign && surely(`${sign.path} calls ${sign.found}`, {askedBy: sign})
}

function readGems(texts: readonly SourceText[]): GitUse | null {
  for (const {path, text} of texts) {
    const match = RUBY_GIT_GEMS.exec(text) ?? /jekyll-(?:last-modified-at|git[\w-]*)/.exec(text)
    if (match !== null)
      return perhaps(`does ${match[1] ?? match[0]} of ${path} read the repository?`, {
        askedBy: {path, line: lineAt(text, match.index + 1).line},
      })
  }
  return null
}

function listBundleNeeds(project: ProjectView, gemfiles: readonly SourceText[]): Need[] {
  return gemfiles.flatMap((source): Need[] => {
    const base = parentPath(source.path)
    const lock = joinPath(base, 'Gemfile.lock')
    return [
      needOf(source),
      ...(project.has(lock) ? [{contextPath: lock, certainty: 'likely' as const, askedBy: null}] : []),
      ...needsIn(source, [
        {pattern: /\bpath:\s*["']([^"'\n]+)["']/g, certainty: 'must', text: 'path'},
        {
          pattern: /^[ \t]*ruby\s+File\.(?:read|open)\(?\s*["']([^"'\n#]+)["']/gm,
          certainty: 'must',
          text: 'ruby',
        },
        {pattern: /^[ \t]*ruby\s+file:\s*["']([^"'\n]+)["']/gm, certainty: 'must', text: 'ruby file'},
        {pattern: /^[ \t]*eval_gemfile\s+["']([^"'\n]+)["']/gm, certainty: 'must', text: 'eval_gemfile'},
      ]),
    ]
  })
}

/** What makes the builds of a front end before the assets are compiled. */
const BUNDLING_GEMS = /\b(?:js|css)bundling-rails\b|\btailwindcss-rails\b|\bdartsass-rails\b|\bvite_r/

/** The directories that the manifest of Sprockets links: each must be there. */
function listLinked(project: ProjectView, gemfiles: readonly SourceText[]): Need[] {
  return gemfiles.flatMap(({path, text}) => {
    const manifest = joinPath(parentPath(path), 'app/assets/config/manifest.js')
    const linked = project.textOf(manifest)
    return linked === null
      ? []
      : needsIn({path: manifest, text: linked}, [
          {pattern: /^\/\/=\s*link_(?:tree|directory)\s+(\.{1,2}\/[\w./-]+)/gm, certainty: 'must'},
        ]).filter(
          ({contextPath}) =>
            project.has(contextPath) && !(contextPath.endsWith('/builds') && BUNDLING_GEMS.test(text)),
        )
  })
}

/** `gemspec` takes the one beside the Gemfile, and what that reads. */
function listGemspecs(project: ProjectView, gemfiles: readonly SourceText[]): Need[] {
  return gemfiles.flatMap(({path}) =>
    project
      .readBelow(parentPath(path), /(?:^|\/)[^/]+\.gemspec$/)
      .filter((spec) => parentPath(spec.path) === parentPath(path))
      .flatMap((spec): Need[] => [
        needOf(spec),
        ...needsIn(spec, [
          {pattern: /\bFile\.(?:read|open)\(?\s*["']([^"'\n#]+)["']/g, certainty: 'must'},
          {pattern: /\brequire_relative\s*\(?["']([^"'\n#]+)["']/g, certainty: 'must'},
        ]).map((need) => withRuby(need, project)),
      ]),
  )
}

function withRuby(need: Need, project: ProjectView): Need {
  const contextPath = `${need.contextPath}.rb`
  return !project.has(need.contextPath) && project.has(contextPath) ? {...need, contextPath} : need
}
