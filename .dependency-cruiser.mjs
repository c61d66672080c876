import { mayImport } from './laws.config.ts'

// With TypeScript 7 alone, dependency-cruiser finds no parser, reads nothing and exits 0: @swc/core is what reads our files,
// and tests/laws/one-door.test.ts proves that every file is read and that every rule below still bites.

const source = '^apps/(?:server|web)/src'
const modules = `${source}/modules/`
const door = `${modules}[^/]+/index\\.tsx?$`
const doorOfTests = `${modules}[^/]+/(?:testing|module)\\.ts$`
const words = `${modules}.+/en\\.json$`
const moduleList = `${source}/modules\\.tsx?$`
const testCode = '(\\.test\\.tsx?$|/testing\\.ts$|/testing/|^tests/)'

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const importTable = Object.entries(mayImport).map(([name, allowed]) => forbid(
  `${name}-imports`,
  `${name} may use ${allowed.length === 0 ? 'no other module' : `only ${allowed.join(', ')}`} (laws.config.ts)`,
  { path: `${modules}${name}/`, pathNot: testCode },
  { path: modules, pathNot: `${modules}(?:${[name, ...allowed].join('|')})/` },
))

const oneDoor = [
  forbid('front-door', 'A module is used through its index.ts only',
    { path: `${modules}([^/]+)/`, pathNot: testCode },
    { path: modules, pathNot: [`${modules}$1/`, door] }),
  forbid('front-door-in-tests', "A module's tests use others through index.ts, testing.ts or the manifest",
    { path: `${modules}([^/]+)/(?:.*\\.test\\.tsx?$|testing\\.ts$|.*testing/)` },
    { path: modules, pathNot: [`${modules}$1/`, door, doorOfTests] }),
  forbid('front-door-from-outside', 'A module is used through its index.ts; only the list of modules reads manifests',
    { pathNot: [modules, moduleList, testCode] },
    { path: modules, pathNot: [door, words] }),
  forbid('list-reads-manifests', 'The list of modules imports module.ts of each, nothing else of it',
    { path: moduleList },
    { path: modules, pathNot: `${modules}[^/]+/module\\.tsx?$` }),
]

const layers = [
  forbid('platform-knows-no-module', 'The platform stands below the modules',
    { path: '^apps/(?:server/src/platform|web/src/(?:platform|theme|ui))/' },
    { path: [modules, moduleList] }),
  forbid('packages-know-no-app', 'Packages are useful on their own', { path: '^packages/' }, { path: '^(?:apps|bench|scripts|tests)/' }),
  forbid('packages-are-pure', 'Packages compute; apps do I/O',
    { path: '^packages/', pathNot: testCode },
    { path: '^(?:node:)?(?:fs|net|tls|https?|http2|dgram|dns|child_process|cluster|worker_threads)(?:/|$)', dependencyTypes: ['core'] }),
  forbid('packages-by-name', 'A package is imported by its name, never by a path into it',
    { path: '^(?:apps|bench|scripts|tests|packages)/([^/]+)/' },
    { path: '^packages/', pathNot: '^packages/$1/', dependencyTypes: ['local'], dependencyTypesNot: ['aliased-workspace'] }),
  forbid('apps-share-only-packages', 'Apps meet over the wire', { path: '^apps/([^/]+)/' }, { path: '^apps/', pathNot: '^apps/$1/' }),
  forbid('apps-know-no-tool', 'Apps do not depend on benches, scripts or the root tests', { path: '^apps/' }, { path: '^(?:bench|scripts|tests)/' }),
  forbid('no-test-code-in-product', 'Test code is imported by tests only',
    { path: '^(?:apps|packages)/', pathNot: testCode },
    { path: testCode, pathNot: 'node_modules' }),
]

const dependencies = [
  forbid('no-cycles', 'Two files that need each other while they load are one; types and lazy imports do not count',
    {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } }),
  forbid('resolvable', 'An import must lead somewhere', {}, { couldNotResolve: true }),
  forbid('declared', 'A dependency is named in the package.json of its user or of the root',
    {}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
  forbid('no-dev-dependency-in-product', 'What runs in production is a dependency, not a devDependency',
    { path: '^(?:apps|packages)/[^/]+/src/', pathNot: testCode },
    { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] }),
]

export default {
  forbidden: [...importTable, ...oneDoor, ...layers, ...dependencies],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:apps|packages)/[^/]+/(?:dist|coverage)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
    skipAnalysisNotInRules: true,
  },
}
