import type { Benchmark, BenchRun, Figure } from './benchmark.ts';
import { BareFlow } from './support/bare-flow.ts';
import { EngineFlow } from './support/engine-flow.ts';
import { type LoginUpstream, startLoginUpstream } from './support/login-upstream.ts';
import { startBareLogin, startLoginGatehouse } from './support/relying-party.ts';
import { median } from './support/statistics.ts';
import { Visitor } from './support/visitor.ts';

const rounds = 5;
const loginsPerRound = 300;
/** People who log in at the same time. */
const atOnce = 16;

export const login: Benchmark = {
  name: 'login',
  about: 'logins a second, tracing on: through the engine alone, and through the process',
  async run(run) {
    const upstream = await startLoginUpstream();
    run.cleanUp.defer(upstream.close);
    return [await throughTheEngine(run, upstream), await throughTheProcess(run, upstream)];
  },
};

type OneLogin = () => Promise<unknown>;

async function throughTheEngine(run: BenchRun, upstream: LoginUpstream): Promise<Figure> {
  const engine = new EngineFlow(upstream);
  run.cleanUp.defer(engine.close);
  const bare = await BareFlow.discover(upstream, 'https://sso.acme.example/sso/callback/benchmark');
  const once = (flow: EngineFlow | BareFlow) => async () => {
    const { browser, location } = await flow.begin();
    const name = await flow.complete(browser, upstream.signIn(location));
    if (name === null) throw new Error('a login was refused');
  };
  run.note(`login: ${rounds} rounds through the engine and bare openid-client in turn, in this process`);
  return compare('login', once(engine), once(bare));
}

async function throughTheProcess(run: BenchRun, upstream: LoginUpstream): Promise<Figure> {
  const gatehouse = await startLoginGatehouse(run, upstream);
  const bare = await startBareLogin(run, upstream);
  const visitor = new Visitor();
  run.cleanUp.defer(() => visitor.close());
  run.note(`login-process: ${rounds} rounds through Gatehouse and a bare server in turn`);
  const figure = await compare(
    'login-process',
    () => visitor.logIn(gatehouse.startUrl, upstream),
    () => visitor.logIn(bare.startUrl, upstream),
  );
  await Promise.all([gatehouse.stop(), bare.stop()]);
  return figure;
}

/** In turn, after one round of each that does not count. */
async function compare(name: string, measured: OneLogin, bare: OneLogin): Promise<Figure> {
  await perSecond(measured);
  await perSecond(bare);
  const values: number[] = [];
  const limits: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    values.push(await perSecond(measured));
    limits.push(await perSecond(bare));
  }
  return { name, unit: '/s', value: median(values), limit: median(limits) };
}

async function perSecond(logIn: OneLogin): Promise<number> {
  let left = loginsPerRound;
  const startedAt = performance.now();
  const people = Array.from({ length: atOnce }, async () => {
    while (left > 0) {
      left -= 1;
      await logIn();
    }
  });
  await Promise.all(people);
  return loginsPerRound / ((performance.now() - startedAt) / 1000);
}
