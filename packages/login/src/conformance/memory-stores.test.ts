import { MemoryPeople } from './memory-people.ts';
import { MemoryTransactions } from './memory-transactions.ts';
import { describePeopleStore } from './people-conformance.ts';
import { describeLoginTransactionStore } from './transactions-conformance.ts';

describeLoginTransactionStore('memory', async () => ({
  transactions: new MemoryTransactions(),
  idpId: 1,
  otherIdpId: 2,
  trackerId: 1,
  close: async () => {},
}));

describePeopleStore('memory', async () => {
  const people = new MemoryPeople();
  return {
    people,
    directoryId: 1,
    otherDirectoryId: 2,
    connectorId: 11,
    otherConnectorId: 12,
    addUser: async (seed) => people.add(seed),
    touchUser: async (id) => people.change(id, { firstName: 'touched' }),
    removeUser: async (id) => people.remove(id),
    events: async (directoryId) => people.events(directoryId),
    close: async () => {},
  };
});
