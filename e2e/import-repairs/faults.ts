import type { RehearsalControl } from '@gatehouse/rehearsal/control-client';
import type { Oddity } from '../fixtures/odd-provider.ts';
import type { ImportBench } from './import-bench.ts';

type LoginFault = Parameters<RehearsalControl['loginFaults']['set']>[0];

/** Okta does something wrong from now on. */
export function okta(fault: LoginFault) {
  return (bench: ImportBench) => bench.gatehouse.rehearsal.loginFaults.set(fault);
}

/** The other provider is odd from now on. */
export function provider(oddity: Oddity) {
  return async (bench: ImportBench) => bench.provider.become(oddity);
}

/** Whoever runs Okta or the provider has mended it. */
export function mended(bench: ImportBench): Promise<void> {
  return bench.clearFaults();
}
