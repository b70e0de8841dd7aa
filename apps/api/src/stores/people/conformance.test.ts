import { describePeopleStore } from '@gatehouse/login/conformance/people-conformance';
import { createPeopleHarness } from './testing.ts';

describePeopleStore('SQLite in memory', () => createPeopleHarness('memory'));
