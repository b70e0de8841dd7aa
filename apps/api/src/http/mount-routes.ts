import { type EndpointName, endpoints } from '@gatehouse/contracts/endpoints';
import type { Express } from 'express';
import { ApiError } from './errors.ts';
import type { Route, RouteFrame, RouteTable } from './route.ts';

const roles: ReadonlySet<string> = new Set(['public', 'support', 'admin']);

/**
 * The server does not start with a table that is wrong in a way the compiler cannot see.
 * @throws Error that lists what is wrong
 */
export function checkRoutes(table: Readonly<Record<string, Route>>): void {
  const problems: string[] = [];
  const seen = new Map<string, string>();
  for (const [name, expected] of Object.entries(endpoints)) {
    const route = table[name];
    if (!route) problems.push(`${name}: no handler`);
    else if (route.endpoint !== expected) problems.push(`${name}: handled as another endpoint`);
  }
  for (const [name, { endpoint }] of Object.entries(table)) {
    if (!roles.has(endpoint.role)) problems.push(`${name}: no role`);
    const address = `${endpoint.method} ${endpoint.path.replaceAll(/:\w+/g, ':')}`;
    if (seen.has(address)) problems.push(`${name}: same address as ${seen.get(address)}`);
    seen.set(address, name);
  }
  if (problems.length > 0) throw new Error(`The routes are not complete:\n  ${problems.join('\n  ')}`);
}

/** Mounts every route, and 405 with `Allow` for other methods on their paths. */
export function mountRoutes(app: Express, table: RouteTable, frame: RouteFrame): void {
  checkRoutes(table);
  const methodsByPath = new Map<string, Set<string>>();
  for (const name of Object.keys(table) as EndpointName[]) {
    const route: Route = table[name];
    const { method, path } = route.endpoint;
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    app[verb](path, (request, response) => route.serve({ request, response, frame }));
    methodsByPath.set(path, (methodsByPath.get(path) ?? new Set()).add(method));
  }
  for (const [path, methods] of methodsByPath) {
    const allow = [...methods, ...(methods.has('GET') ? ['HEAD'] : [])].join(', ');
    app.all(path, (request, response) => {
      response.set('allow', allow);
      throw new ApiError('method-not-allowed', `${request.method} is not possible here, only ${allow}.`);
    });
  }
}
