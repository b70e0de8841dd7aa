/** What the products and their proxies call the page to return to, in the order in which they are believed. */
const returnParameters = ['os_destination', 'next', 'destination', 'return'] as const;

/** What the start of a login was asked for. Nothing of it is trusted. */
export type StartQuery = {
  /** Null: not given, or given twice. */
  readonly returnValue: string | null;
  readonly isPortal: boolean;
  /** The person is logged in and may not see the page: asking the same account again would go round in circles. */
  readonly isPermissionViolation: boolean;
};

export function readStartQuery(rawQuery: string): StartQuery {
  const parameters = new URLSearchParams(rawQuery);
  const violation = one(parameters, 'pv') ?? one(parameters, 'permissionViolation');
  return {
    returnValue:
      returnParameters.map((name) => one(parameters, name)).find((value) => value !== null) ?? null,
    isPortal: one(parameters, 'portal') === '1',
    isPermissionViolation: violation === 'true',
  };
}

function one(parameters: URLSearchParams, name: string): string | null {
  const [value, second] = parameters.getAll(name);
  return value === undefined || value === '' || second !== undefined ? null : value;
}
