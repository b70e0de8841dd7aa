import { createMemoryPeople } from './memory-people.ts';
import { describePersonStores } from './person-conformance.ts';

describePersonStores('memory', async () => createMemoryPeople());
