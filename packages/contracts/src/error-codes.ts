/**
 * Every `code` that a problem answer can carry, with its HTTP status and title. Codes are stable: scripts may
 * branch on them; `detail` is for people and may change.
 */
export const errorCodes = {
  // any endpoint
  'bad-request': { status: 400, title: 'The request cannot be read' },
  'invalid-field': { status: 422, title: 'A field needs another value' },
  'not-signed-in': { status: 401, title: 'Not signed in' },
  'not-allowed': { status: 403, title: 'Not allowed for this role' },
  'foreign-origin': { status: 403, title: 'The request comes from another site' },
  'foreign-host': { status: 421, title: 'This server has another address' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  'not-json': { status: 415, title: 'The body must be JSON' },
  'too-large': { status: 413, title: 'The body is too large' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'server-error': { status: 500, title: 'Something failed on the server' },
  'not-ready': { status: 503, title: 'The server is starting or stopping' },

  // set-up and accounts
  'setup-token-wrong': { status: 403, title: 'This is not the token of this server' },
  'setup-done': { status: 403, title: 'This server is set up already' },
  'sign-in-failed': { status: 401, title: 'E-mail or password is wrong' },
  'password-wrong': { status: 422, title: 'The current password is wrong' },
  'password-weak': { status: 422, title: 'The password is too weak' },
  'email-taken': { status: 409, title: 'Another account has this e-mail' },
  'last-admin': { status: 409, title: 'At least one administrator must stay' },

  // connectors
  'name-taken': { status: 409, title: 'The name is used already' },
  'version-conflict': { status: 409, title: 'Somebody else saved in between' },
  'secret-missing': { status: 422, title: 'The API token is missing' },
  'schedule-refused': { status: 422, title: 'The schedule cannot be used' },
  'domain-refused': { status: 422, title: 'The Okta domain cannot be used' },
  'confirmation-wrong': { status: 422, title: 'The typed name differs' },

  // identity providers and applications
  'issuer-refused': { status: 422, title: 'The issuer cannot be used' },
  'connector-refused': { status: 422, title: 'The connector or directory cannot be used' },
  'idp-not-draft': { status: 409, title: 'The identity provider is finished already' },
  'idp-is-draft': { status: 409, title: 'The identity provider is a draft still' },
  'idp-incomplete': { status: 409, title: 'Something is missing before people can log in' },
  'too-many-drafts': { status: 409, title: 'Too many drafts are open' },
  'base-url-refused': { status: 422, title: 'The base URL cannot be used' },
  'redirection-locked': { status: 409, title: 'The redirection is locked' },

  // runs and plans
  'run-in-progress': { status: 409, title: 'A run of this connector is in progress' },
  'run-over': { status: 409, title: 'The run is over' },
  'no-plan': { status: 409, title: 'The run has no plan' },
  'plan-closed': { status: 409, title: 'The plan cannot be applied any more' },
  'plan-held': { status: 409, title: 'The guard holds this plan' },
  'plan-settings-changed': { status: 409, title: 'The settings changed since this plan' },
  'plan-differs': { status: 409, title: 'This is not the plan that was reviewed' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** Codes that every endpoint can answer; an endpoint lists only its own beside them. */
export const commonErrorCodes = [
  'bad-request',
  'invalid-field',
  'foreign-host',
  'too-many-requests',
  'server-error',
  'not-ready',
] as const satisfies readonly ErrorCode[];
