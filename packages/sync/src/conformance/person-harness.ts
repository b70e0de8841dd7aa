import type { PersonApplier, PersonDirectory, PersonKey } from '../person-ports.ts';
import type { SyncStoresHarness } from './harness.ts';

/** The stores of full runs and of single-user runs over one directory, where the two meet. */
export type PersonStoresHarness = SyncStoresHarness & {
  readonly people: PersonDirectory;
  readonly personApplier: PersonApplier;
  /** The connector under test with its settings as they are. */
  personKey(externalId: string): PersonKey;
  /** The connector is saved by somebody: keys given out before have old settings from now on. */
  changeSettings(): Promise<void>;
  /** A write by somebody else. */
  removeGroup(id: number): Promise<void>;
};

export type PersonHarnessFactory = () => Promise<PersonStoresHarness>;
