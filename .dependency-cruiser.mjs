import { readdirSync } from 'node:fs';

/** What each package of ours may import of ours; a folder that is missing here may import nothing. Downhill only. */
const below = ['contracts', 'schedule', 'mapping', 'directory'];
const allowed = {
  contracts: [],
  schedule: ['contracts'],
  mapping: ['contracts'],
  directory: ['contracts'],
  sync: below,
  login: below,
  atlassian: below,
  connectors: [...below, 'sync', 'login', 'atlassian'],
  rehearsal: [],
};
const allowedInApi = [...Object.keys(allowed)].filter((name) => name !== 'rehearsal');
const allowedInWeb = ['contracts', 'schedule', 'mapping'];

/** The only homes of libraries. Tests are free. */
const homes = {
  prisma: { modules: ['@prisma', 'better-sqlite3'], home: '^apps/api/src/stores/' },
  express: {
    modules: ['express'],
    home: '^apps/api/src/(http|routes)/|^apps/api/src/(build-app|main)\\.ts$',
  },
  undici: { modules: ['undici'], home: '^apps/api/src/outbound/' },
  'node-cron': { modules: ['node-cron'], home: '^apps/api/src/jobs/' },
  'openid-client': { modules: ['openid-client'], home: '^packages/login/' },
  'oidc-provider': { modules: ['oidc-provider'], home: '^packages/atlassian/src/sso/' },
  schedule: { modules: ['croner', 'cronstrue'], home: '^packages/schedule/' },
  re2js: { modules: ['re2js'], home: '^packages/mapping/' },
};

const tests =
  '\\.(test|spec)\\.tsx?$|/testing\\.ts$|/conformance/|-conformance\\.ts$|/fixtures/|/acceptance/';
/** Free of the only homes, beside tests. */
const freeRooms = '^packages/rehearsal/|^bench/|^e2e/|^scripts/';

function foldersIn(path) {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function oneOf(names) {
  return names.length === 0 ? '(?!)' : `(${names.join('|')})`;
}

const packageRules = foldersIn('packages').map((name) => ({
  name: `${name}-imports-downhill`,
  comment: `packages/${name} may import of ours: ${(allowed[name] ?? []).join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^packages/${name}/src/` },
  to: {
    path: '^(packages|apps|e2e|bench|scripts|prisma)/',
    pathNot: `^packages/${oneOf([name, ...(allowed[name] ?? [])])}/`,
  },
}));

const homeRules = Object.entries(homes).map(([name, { modules, home }]) => ({
  name: `only-home-of-${name}`,
  comment: `${modules.join(', ')} is imported in its home only: ${home}`,
  severity: 'error',
  from: { pathNot: `${home}|${tests}|${freeRooms}` },
  to: { path: `node_modules/${oneOf(modules)}(/|$)`, dependencyTypesNot: ['type-only'] },
}));

/** Rooms of the API from the bottom up; a room imports of the listed ones, and of files beside the rooms. */
const apiRooms = {
  logging: ['logging'],
  outbound: ['outbound'],
  security: ['security'],
  stores: ['stores', 'security', 'staff/staff-session', 'logging'],
  staff: ['staff', 'stores', 'security', 'http/errors', 'logging'],
  http: ['http', 'staff/staff-session', 'logging', 'security', 'outbound/address-rules'],
  jobs: ['jobs', 'stores', 'outbound', 'security', 'logging', 'http/errors', 'http/server-sent-events'],
  support: ['support', 'logging'],
  routes: ['routes', 'http', 'staff', 'stores', 'jobs', 'security', 'logging', 'outbound', 'support'],
  cli: ['cli', 'staff', 'stores', 'security', 'logging'],
};

const apiRules = foldersIn('apps/api/src')
  .filter((name) => apiRooms[name] !== undefined)
  .map((name) => ({
    name: `api-${name}-imports-downhill`,
    comment: `apps/api/src/${name} may import of the API: ${apiRooms[name].join(', ')}.`,
    severity: 'error',
    from: { path: `^apps/api/src/${name}/`, pathNot: tests },
    to: { path: '^apps/api/src/[^/]+/', pathNot: `^apps/api/src/${oneOf(apiRooms[name])}[/.]` },
  }));

const webRules = [
  {
    name: 'web-features-never-import-each-other',
    severity: 'error',
    from: { path: '^apps/web/src/features/([^/]+)/' },
    to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
  },
  {
    name: 'web-imports-downhill',
    comment: 'app composes features; features use components and lib; those know neither.',
    severity: 'error',
    from: { path: '^apps/web/src/(features|components|lib|theme)/', pathNot: tests },
    to: { path: '^apps/web/src/app/' },
  },
  {
    name: 'web-components-are-dumb',
    severity: 'error',
    from: { path: '^apps/web/src/(components|lib|theme)/', pathNot: tests },
    to: { path: '^apps/web/src/features/' },
  },
];

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...packageRules.map((rule) => ({ ...rule, from: { ...rule.from, pathNot: tests } })),
    {
      name: 'api-imports-downhill',
      severity: 'error',
      from: { path: '^apps/api/src/', pathNot: tests },
      to: {
        path: '^(packages|apps|e2e|bench|scripts)/',
        pathNot: `^apps/api/|^packages/${oneOf(allowedInApi)}/`,
      },
    },
    {
      name: 'web-imports-browser-safe-packages',
      severity: 'error',
      from: { path: '^apps/web/src/' },
      to: {
        path: '^(packages|apps|e2e|bench|scripts)/',
        pathNot: `^apps/web/|^packages/${oneOf(allowedInWeb)}/`,
      },
    },
    {
      name: 'rehearsal-is-for-tests',
      comment: 'The API does not know the rehearsal; the launcher, benchmarks and tests do.',
      severity: 'error',
      from: { pathNot: `^packages/rehearsal/|^scripts/|^bench/|^e2e/|/acceptance/|\\.(test|spec)\\.tsx?$` },
      to: { path: '^packages/rehearsal/' },
    },
    ...apiRules,
    ...webRules,
    ...homeRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(apps|packages|bench|e2e)/((?!node_modules).)*/(dist|generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    combinedDependencies: true,
  },
};
