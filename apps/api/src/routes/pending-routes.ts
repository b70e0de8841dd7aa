import { type EndpointName, endpoints } from '@gatehouse/contracts/endpoints';
import { ApiError } from '../http/errors.ts';
import { implement, type Route, type RouteTable } from '../http/route.ts';

/** Placeholder while the other routes are written; every use of it is to be replaced. */
export function pendingRoutes(done: Partial<RouteTable>): RouteTable {
  const table: Record<string, Route> = { ...done };
  for (const name of Object.keys(endpoints) as EndpointName[]) {
    table[name] ??= implement(endpoints[name], async () => {
      throw new ApiError('not-ready', 'This is being built.');
    });
  }
  return table as RouteTable;
}
