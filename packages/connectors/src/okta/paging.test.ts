import { describe, expect, it } from 'vitest';
import { OktaClient } from './client.ts';
import { defaultOktaTiming } from './okta-timing.ts';
import { RatePacer } from './pacing.ts';
import { type ListRequest, PageSize, readPages } from './paging.ts';
import { type FakeAnswer, fakeFetch, frozenClock, recordingObserver } from './test-support.ts';

const list: ListRequest = {
  path: '/api/v1/groups',
  query: { expand: 'stats' },
  limit: 200,
  bucket: '/api/v1/groups',
  collection: 'groups',
};

function pageWith(link: string | null, rows: unknown[] = [{ id: '00g1' }]): FakeAnswer {
  const self = '<https://acme.okta.com/api/v1/groups?limit=200>; rel="self"';
  return { body: rows, headers: { link: link === null ? self : `${self}, <${link}>; rel="next"` } };
}

async function walk(answers: readonly FakeAnswer[], request = list) {
  const clock = frozenClock();
  const server = fakeFetch((_path, nth) => answers[nth - 1] ?? pageWith(null));
  const client = new OktaClient({
    origin: 'https://acme.okta.com',
    token: '00secret',
    fetch: server.fetch,
    timing: defaultOktaTiming,
    now: clock.now,
    random: () => 0.5,
    sleep: clock.sleep,
    pacer: new RatePacer(),
    observer: recordingObserver().observer,
    signal: new AbortController().signal,
    patient: true,
  });
  const pages: boolean[] = [];
  let missing = 0;
  const onMissing = () => {
    missing += 1;
  };
  let error: unknown = null;
  try {
    for await (const page of readPages(client, request, { timing: defaultOktaTiming, onMissing })) {
      pages.push(page.isLast);
    }
  } catch (thrown) {
    error = thrown;
  }
  return { pages, error, missing, paths: server.paths() };
}

describe('readPages', () => {
  it('gives up on a list that has only empty pages and never ends', async () => {
    const answers = Array.from({ length: 500 }, (_, page) =>
      pageWith(`https://acme.okta.com/api/v1/groups?after=00g${page}&limit=200&expand=stats`, []),
    );

    const { error, pages } = await walk(answers);

    expect(error).toMatchObject({ code: 'list-endless', facts: { collection: 'groups', page: 51 } });
    expect(pages).toHaveLength(50);
  });

  it('follows next to the last page', async () => {
    const { pages, paths } = await walk([
      pageWith('https://acme.okta.com/api/v1/groups?after=00gA&limit=200&expand=stats'),
      pageWith('https://acme.okta.com/api/v1/groups?after=00gB&limit=200&expand=stats', []),
      pageWith(null),
    ]);

    expect(pages).toEqual([false, false, true]);
    expect(paths).toEqual([
      '/api/v1/groups?expand=stats&limit=200',
      '/api/v1/groups?after=00gA&limit=200&expand=stats',
      '/api/v1/groups?after=00gB&limit=200&expand=stats',
    ]);
  });

  it.each([
    ['a sibling host', 'https://acme-admin.okta.com/api/v1/groups?after=x&limit=200'],
    ['a foreign host', 'https://evil.example/api/v1/groups?after=x&limit=200'],
    ['a link without host', '/api/v1/groups?after=x&limit=200'],
  ])('stays on the configured origin when next names %s', async (_name, link) => {
    const { paths, error } = await walk([pageWith(link), pageWith(null)]);

    expect(error).toBeNull();
    expect(paths).toEqual(['/api/v1/groups?expand=stats&limit=200', '/api/v1/groups?after=x&limit=200']);
  });

  it.each([
    ['another path', 'https://acme.okta.com/api/v1/users?after=x'],
    ['a path that climbs', 'https://acme.okta.com/api/v1/groups/../apps?after=x'],
    ['no address', 'https://'],
  ])('refuses next with %s', async (_name, link) => {
    const { error, paths } = await walk([pageWith(link)]);

    expect(error).toMatchObject({ code: 'cursor-foreign', facts: { collection: 'groups', page: 1 } });
    expect(paths).toHaveLength(1);
  });

  it.each([
    ['again at once', ['after=a', 'after=a']],
    ['later', ['after=a', 'after=b', 'after=a']],
    ['with another limit', ['after=a&limit=200', 'after=a&limit=100']],
    ['as a link without cursor', ['limit=200', 'limit=100']],
  ])('refuses a cursor that comes %s', async (_name, queries) => {
    const answers = queries.map((query) => pageWith(`https://acme.okta.com/api/v1/groups?${query}`));

    const { error } = await walk(answers);

    expect(error).toMatchObject({ code: 'cursor-repeated', facts: { page: queries.length } });
  });

  it('halves the page on each retry and keeps the smaller size', async () => {
    const next = 'https://acme.okta.com/api/v1/groups?after=a&limit=200';
    const { paths } = await walk([pageWith(next), 'timed-out', 'timed-out', pageWith(null)]);

    expect(paths.map((path) => new URLSearchParams(path.split('?')[1]).get('limit'))).toEqual([
      '200',
      '200',
      '100',
      '50',
    ]);
  });

  it('ends where Okta says that there is no such thing', async () => {
    const { pages, missing, error } = await walk([{ status: 404, body: { errorCode: 'E0000007' } }]);

    expect({ pages, missing, error }).toEqual({ pages: [], missing: 1, error: null });
  });

  it('stops after as many pages as asked for, and says that there are more', async () => {
    const answers = ['a', 'b', 'c'].map((after) =>
      pageWith(`https://acme.okta.com/api/v1/groups?after=${after}`),
    );

    const { pages, paths } = await walk(answers, { ...list, maxPages: 2 });

    expect(pages).toEqual([false, false]);
    expect(paths).toHaveLength(2);
  });
});

describe('PageSize', () => {
  it('goes down by halves to 20', () => {
    const size = new PageSize(200, 3);

    const steps = [size.shrink(), size.shrink(), size.shrink(), size.shrink(), size.shrink()];

    expect(steps.map((step) => step?.to ?? null)).toEqual([100, 50, 25, 20, null]);
  });

  it('doubles after a while without failure, up to where it began', () => {
    const size = new PageSize(200, 3);
    size.shrink();
    size.shrink();
    const seen: number[] = [];

    for (let page = 0; page < 8; page += 1) {
      size.grow();
      seen.push(size.limit);
    }

    expect(seen).toEqual([50, 50, 100, 100, 100, 200, 200, 200]);
  });
});
