import type {CatalogueEntry} from './catalogue-entry.js'

const DOTNET_PROJECT = ['*.csproj', '*.fsproj', '*.vbproj', '*.vcxproj', '*.sqlproj']

export const DOTNET: readonly CatalogueEntry[] = [
  {
    // scripts live in directories of that name too, even beside a project
    kind: 'dotnet-bin',
    rule: 'dotnet-bin',
    title: '.NET build output',
    names: ['bin', 'Bin'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {
      all: [
        {sibling: DOTNET_PROJECT},
        {containsAny: ['Debug', 'Release', 'x64', 'x86', 'AnyCPU', '*.dll', '*.pdb']},
      ],
    },
    producers: ['dotnet-build'],
  },
  {
    kind: 'dotnet-obj',
    rule: 'dotnet-obj',
    title: '.NET intermediate files',
    names: ['obj', 'Obj'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {
      all: [
        {sibling: DOTNET_PROJECT},
        {
          containsAny: [
            'project.assets.json',
            'project.nuget.cache',
            '*.nuget.*',
            'Debug',
            'Release',
            'x64',
            'x86',
          ],
        },
      ],
    },
    producers: ['dotnet-restore'],
  },
  {
    kind: 'nuget-packages',
    rule: 'nuget-packages',
    title: 'NuGet packages',
    names: ['packages'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {all: [{sibling: ['*.sln', '*.slnx', 'packages.config']}, {containsAny: ['*.[0-9]*']}]},
    producers: ['dotnet-restore'],
  },
  {
    kind: 'nuget-package',
    rule: 'nuget-package',
    title: 'NuGet package',
    names: ['*.nupkg', '*.snupkg'],
    type: 'file',
    disposition: 'doubtful',
  },
  {
    kind: 'dotnet-artifacts',
    rule: 'dotnet-artifacts',
    title: '.NET artifacts',
    names: ['artifacts'],
    type: 'dir',
    disposition: 'regenerated',
    evidence: {
      all: [
        {sibling: ['*.sln', '*.slnx', 'Directory.Build.props']},
        {containsOnly: ['bin', 'obj', 'publish', 'package']},
      ],
    },
    producers: ['dotnet-build'],
  },
  {
    kind: 'dotnet-publish',
    rule: 'dotnet-publish',
    title: 'published .NET application',
    names: ['publish'],
    type: 'dir',
    disposition: 'doubtful',
    evidence: {containsAny: ['*.runtimeconfig.json', '*.deps.json']},
    producers: ['dotnet-build'],
  },
  {
    kind: 'dotnet-user-files',
    rule: 'dotnet-user-files',
    title: "one developer's .NET settings",
    names: [
      '*.*proj.user',
      '*.rsuser',
      '*.userprefs',
      '*.suo',
      '*.sln.docstates',
      '*.DotSettings.user',
      '*.dbmdl',
      '*.jfm',
    ],
    type: 'file',
    disposition: 'junk',
  },
  {
    kind: 'dotnet-tool-output',
    rule: 'dotnet-tool-output',
    title: 'output of .NET tools',
    names: ['BenchmarkDotNet.Artifacts', '_ReSharper*', '_UpgradeReport_Files'],
    type: 'dir',
    disposition: 'junk',
  },
  {
    kind: 'msbuild-logs',
    rule: 'msbuild-logs',
    title: 'MSBuild log',
    names: ['*.binlog'],
    type: 'file',
    disposition: 'junk',
  },
]
