import type { OutboundFetch } from '@gatehouse/contracts/outbound';
import { isUnreadable, type SourceGroup } from '@gatehouse/sync/source';
import type { CheckFinding, Step } from './check-list.ts';
import type { OktaClient } from './client.ts';
import { assertToken, readOwner } from './connector.ts';
import { readOutboundError, sourceError } from './errors.ts';
import { mapGroups } from './map.ts';
import type { OktaTiming } from './okta-timing.ts';
import { idOf, isFields } from './schema.ts';
import { countVisible, judgeVisible, type LastGoodRun, type Visible } from './visible.ts';

/** Public, and the same in every org (https://developer.okta.com/docs/api/openapi/okta-management/management/tag/OrgSettingMetadata/). */
const organizationPath = '/.well-known/okta-organization';

/** Less than this share of a bucket is worth a warning. */
const lowShare = 0.1;

type RateState = { readonly label: string; readonly limit: number; readonly used: number };

export type StepContext = {
  readonly origin: string;
  readonly token: string;
  readonly fetch: OutboundFetch;
  readonly timing: OktaTiming;
  readonly signal: AbortSignal;
  readonly client: OktaClient;
  readonly lastGood: LastGoodRun | null;
  /** What the client heard of rate limits, by bucket. */
  readonly limits: ReadonlyMap<string, RateState>;
};

/** What one step finds out for those after it. */
export type Found = {
  owner: { id: string; login: string } | null;
  /** A group to try the list of members with. */
  group: SourceGroup | null;
  visible: Visible | null;
};

/** The steps of the checklist in their order; `found` is filled on the way. */
export function connectionSteps(context: StepContext, found: Found): Step[] {
  return [
    { code: 'reaches-host', needs: [], isTimed: true, work: () => reachHost(context) },
    { code: 'answers-as-okta', needs: ['reaches-host'], isTimed: true, work: () => recogniseOkta(context) },
    {
      code: 'token-accepted',
      needs: ['answers-as-okta'],
      isTimed: true,
      work: () => acceptToken(context, found),
    },
    { code: 'may-list-users', needs: ['token-accepted'], isTimed: true, work: () => listUsers(context) },
    {
      code: 'may-list-groups',
      needs: ['token-accepted'],
      isTimed: true,
      work: () => listGroups(context, found),
    },
    {
      code: 'may-list-members',
      needs: ['may-list-groups'],
      isTimed: true,
      work: () => listMembers(context, found),
    },
    { code: 'rate-limit-left', needs: ['token-accepted'], isTimed: false, work: () => judgeLimits(context) },
    {
      code: 'token-sees',
      needs: ['may-list-users', 'may-list-groups'],
      isTimed: true,
      work: () => lookAround(context, found),
    },
  ];
}

/** Any answer counts, also a refused redirect: the next step says what answered. Sends no token. */
async function reachHost({ origin, fetch, timing, signal }: StepContext): Promise<CheckFinding> {
  const { host, protocol } = new URL(origin);
  try {
    await fetch({ url: `${origin}${organizationPath}`, timeoutMs: timing.requestTimeoutMs, signal });
  } catch (error) {
    const facts = { host, timeoutMs: timing.requestTimeoutMs };
    const failure = readOutboundError(error, facts).error;
    const isAnswer = failure.code === 'host-redirects' || failure.code === 'answer-too-large';
    if (!isAnswer) throw failure;
  }
  return passed(protocol === 'https:' ? `${host}, certificate trusted` : `${host}, without TLS`);
}

async function recogniseOkta({ client, origin }: StepContext): Promise<CheckFinding> {
  const answer = await client.get({
    address: () => organizationPath,
    bucket: 'other',
    shape: 'object',
    subject: {},
    isPublic: true,
  });
  const body = answer.kind === 'json' ? answer.body : null;
  const id = idOf(body);
  if (id === null || !isFields(body) || !isFields(body._links)) {
    throw sourceError('not-the-source', { host: new URL(origin).host, status: 200 });
  }
  return passed(`organization ${id}${engineOf(body.pipeline)}`);
}

function engineOf(pipeline: unknown): string {
  if (pipeline === 'idx') return ', Identity Engine';
  return pipeline === 'v1' ? ', Classic Engine' : '';
}

async function acceptToken({ client, token }: StepContext, found: Found): Promise<CheckFinding> {
  assertToken(token);
  found.owner = await readOwner(client);
  return passed(found.owner === null ? 'Okta does not say who made it' : `made by ${found.owner.login}`);
}

async function listUsers({ client }: StepContext): Promise<CheckFinding> {
  await client.get({
    address: () => '/api/v1/users?limit=1',
    bucket: '/api/v1/users',
    shape: 'list',
    subject: { collection: 'users' },
  });
  return passed(null);
}

async function listGroups({ client }: StepContext, found: Found): Promise<CheckFinding> {
  const answer = await client.get({
    address: () => '/api/v1/groups?limit=20&expand=stats',
    bucket: '/api/v1/groups',
    shape: 'list',
    subject: { collection: 'groups' },
  });
  const rows: readonly unknown[] = answer.kind === 'json' && Array.isArray(answer.body) ? answer.body : [];
  const groups = mapGroups(rows).rows.flatMap((row) => (isUnreadable(row) ? [] : [row]));
  const own = groups.filter((group) => group.selected);
  found.group = own.find((group) => group.memberCount !== 0) ?? own[0] ?? groups[0] ?? null;
  return passed(null);
}

async function listMembers({ client }: StepContext, { group }: Found): Promise<CheckFinding> {
  if (group === null) return { state: 'skipped', fact: 'there is no group to try it with' };
  const answer = await client.get({
    address: () => `/api/v1/groups/${group.externalId}/users?limit=1`,
    bucket: '/api/v1/groups',
    shape: 'list',
    subject: { collection: 'members' },
  });
  const vanished = answer.kind === 'missing' ? ', which was deleted a moment ago' : '';
  return passed(`tried with “${group.name}”${vanished}`);
}

async function judgeLimits({ limits }: StepContext): Promise<CheckFinding> {
  const states = [limits.get('/api/v1/users'), limits.get('/api/v1/groups')].flatMap((state) => state ?? []);
  if (states.length === 0) return passed('Okta does not say');
  const lines = states.map(({ label, limit, used }) => {
    return `${number(limit - used)} of ${number(limit)} calls a minute for ${label.toLowerCase()}`;
  });
  const fact = lines.join(', ');
  const isLow = states.some(({ limit, used }) => limit - used < limit * lowShare);
  if (!isLow) return passed(fact);
  return {
    state: 'warning',
    fact,
    problem: {
      code: 'rate-limit-low',
      saw: `Left in this minute: ${fact}.`,
      matters: 'A sync leaves a tenth free for logins, so it would wait. Waiting is not failing.',
      advice:
        'Test again in a minute. If it stays low, look in Okta under Reports → Rate limits for what else uses it up.',
      field: null,
    },
  };
}

async function lookAround(context: StepContext, found: Found): Promise<CheckFinding> {
  const seen = await countVisible(context);
  found.visible = {
    owner: found.owner?.login ?? null,
    organization: seen.organization,
    users: seen.users,
    usersAtLeast: seen.usersAtLeast,
    groups: seen.groups,
  };
  return judgeVisible(seen, { owner: found.owner?.login ?? null, lastGood: context.lastGood });
}

function passed(fact: string | null): CheckFinding {
  return { state: 'passed', fact };
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
