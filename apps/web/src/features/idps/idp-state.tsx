import type { Idp } from '@gatehouse/contracts/idp';
import { StatePill } from '../../components/ui/state-pill.tsx';

/** Draft, disabled, untested or ready. */
export function IdpStatePill({ idp: { state, testedAt } }: { idp: Pick<Idp, 'state' | 'testedAt'> }) {
  if (state === 'draft') return <StatePill state="over">Draft</StatePill>;
  if (state === 'disabled') return <StatePill state="off">Disabled</StatePill>;
  if (testedAt === null) return <StatePill state="warning">Untested</StatePill>;
  return <StatePill state="passed">Test passed</StatePill>;
}
