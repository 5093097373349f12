// What docker-slimbuild runs before a build. Whatever goes wrong here is one status, and the build runs all the same.
main()

async function main() {
  try {
    const {checkBuild} = require('../dist/bundle/check-build.cjs')
    const {text, status} = await checkBuild(process.argv.slice(2), process.env)
    process.stderr.write(text)
    process.exitCode = status
  } catch {
    process.exitCode = 92
  }
}
