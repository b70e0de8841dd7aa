import type { Benchmark } from './benchmark.ts';
import { type LoginUpstream, startLoginUpstream } from './support/login-upstream.ts';
import { type RelyingParty, startBareLogin, startLoginGatehouse } from './support/relying-party.ts';
import { median } from './support/statistics.ts';
import { Visitor } from './support/visitor.ts';

const logins = 200;
/** Not counted: caches fill, and code is compiled. */
const warmUp = 100;

export const loginAdded: Benchmark = {
  name: 'login-added',
  about: 'milliseconds of one login besides the answers of the upstream',
  async run(run) {
    const upstream = await startLoginUpstream();
    run.cleanUp.defer(upstream.close);
    const gatehouse = await startLoginGatehouse(run, upstream);
    const bare = await startBareLogin(run, upstream);
    run.note(`login-added: ${warmUp + logins} logins one after the other, of each`);
    const value = median(await addedMs(gatehouse, upstream));
    const limit = median(await addedMs(bare, upstream));
    await Promise.all([gatehouse.stop(), bare.stop()]);
    return [{ name: 'login-added', unit: 'ms', value, limit }];
  },
};

/** From both requests of a browser to their answers, less what the upstream took for its own. */
async function addedMs({ startUrl }: RelyingParty, upstream: LoginUpstream): Promise<readonly number[]> {
  const visitor = new Visitor();
  const added: number[] = [];
  for (let count = 0; count < warmUp + logins; count += 1) {
    upstream.takeAnswerMs();
    const startedAt = performance.now();
    await visitor.logIn(startUrl, upstream);
    const took = performance.now() - startedAt - upstream.takeAnswerMs();
    if (count >= warmUp) added.push(took);
  }
  visitor.close();
  return added;
}
