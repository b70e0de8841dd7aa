import { defaultOktaTiming } from '../../packages/connectors/src/okta/okta-timing.ts';
import { groupsPage, membersPage, usersPage } from '../../packages/connectors/src/okta/read-collections.ts';

type Org = { readonly url: string; readonly token: string };
type BareGroup = {
  readonly id: string;
  readonly type: string;
  readonly _embedded: { stats: { usersCount: number } };
};

/** Most pages of each list that a warm-up asks for. */
const warmUpPages = 20;

/**
 * Seconds that Node's own `fetch` and `JSON.parse` need for the pages that a sync reads, as many at a time as it does,
 * and nothing else: no checks, no pacing, no rows.
 */
export async function bareRead(org: Org): Promise<number> {
  const startedAt = performance.now();
  await readOrg(org, Number.POSITIVE_INFINITY);
  return (performance.now() - startedAt) / 1000;
}

/** Lets the rehearsal's code and ours get hot. */
export async function warmUp(org: Org): Promise<void> {
  await readOrg(org, warmUpPages);
}

async function readOrg(org: Org, mostPages: number): Promise<void> {
  await Promise.all([readUsers(org, mostPages), readGroupsAndMembers(org, mostPages)]);
}

async function readUsers(org: Org, mostPages: number): Promise<void> {
  for await (const _page of pagesOf(org, `/api/v1/users?limit=${usersPage}`, mostPages));
}

async function readGroupsAndMembers(org: Org, mostPages: number): Promise<void> {
  const ids: string[] = [];
  for await (const page of pagesOf(org, `/api/v1/groups?expand=stats&limit=${groupsPage}`, mostPages)) {
    for (const group of page as BareGroup[]) {
      if (group.type !== 'BUILT_IN' && group._embedded.stats.usersCount > 0) ids.push(group.id);
    }
  }
  const queue = ids.slice(0, mostPages).values();
  const workers = Array.from({ length: defaultOktaTiming.membersInFlight }, async () => {
    for (const id of queue) {
      for await (const _page of pagesOf(org, `/api/v1/groups/${id}/users?limit=${membersPage}`, mostPages));
    }
  });
  await Promise.all(workers);
}

async function* pagesOf({ url, token }: Org, path: string, mostPages: number): AsyncGenerator<unknown[]> {
  let next: string | undefined = url + path;
  for (let count = 0; next !== undefined && count < mostPages; count += 1) {
    const response: Response = await fetch(next, {
      headers: {
        accept: 'application/json',
        authorization: `SSWS ${token}`,
        'content-type':
          'application/json; okta-response="omitCredentials,omitCredentialsLinks,omitTransitioningToStatus"',
      },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${next} answered ${response.status}: ${text}`);
    yield JSON.parse(text) as unknown[];
    next = /<([^>]+)>\s*;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
}
