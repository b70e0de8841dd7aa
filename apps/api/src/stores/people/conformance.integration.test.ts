import { describePeopleStore } from '@gatehouse/login/conformance/people-conformance';
import { createPeopleHarness } from './testing.ts';

describePeopleStore('a SQLite file', () => createPeopleHarness('file'));
