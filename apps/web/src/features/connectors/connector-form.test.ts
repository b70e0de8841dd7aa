import { describe, expect, it } from 'vitest';
import {
  type ConnectorForm,
  type ConnectorFormAction,
  conflictingFields,
  connectorFormReducer,
  startForm,
  unsavedFields,
} from './connector-form.ts';
import { nextVersion, testConnector } from './test-connector.ts';

const mine = testConnector();
const theirs = nextVersion(mine, { domain: 'acme.oktapreview.com' });
const later = nextVersion(theirs, {}, 'Acme people');

function after(...actions: ConnectorFormAction[]): ConnectorForm {
  return actions.reduce(connectorFormReducer, startForm(mine));
}

const rename: ConnectorFormAction = { type: 'edited', patch: { name: 'Acme staff' } };
const move: ConnectorFormAction = { type: 'edited', patch: { domain: 'acme.okta-emea.com' } };
const arrival: ConnectorFormAction = { type: 'arrived', connector: theirs };

describe('a version that somebody else saved', () => {
  it('shows at once where nothing is unsaved', () => {
    const form = after(arrival);

    expect(form.values.domain).toBe('acme.oktapreview.com');
    expect(form.version).toBe(5);
    expect(form.theirs).toBeNull();
  });

  it('waits for a decision where something is unsaved', () => {
    const form = after(rename, arrival);

    expect(form.values).toMatchObject({ name: 'Acme staff', domain: 'acme.okta.com' });
    expect(form.version).toBe(4);
    expect(form.theirs).toBe(theirs);
  });

  it('is replaced by a still newer one, never by an older one', () => {
    expect(after(rename, arrival, { type: 'arrived', connector: later }).theirs).toBe(later);
    expect(after(rename, { type: 'arrived', connector: later }, arrival).theirs).toBe(later);
    expect(after(rename, { type: 'arrived', connector: mine }).theirs).toBeNull();
  });

  it('is noticed when only the name is new, which no version tells', () => {
    const renamed = { ...mine, name: 'Acme people' };

    expect(after({ type: 'arrived', connector: renamed }).values.name).toBe('Acme people');
    expect(after(move, { type: 'arrived', connector: renamed }).theirs).toBe(renamed);
  });

  it.each([
    ['nothing in common', [rename], []],
    ['the same field', [move], ['domain']],
    ['one of two', [rename, move], ['domain']],
  ])('conflicts in %s', (_case, edits, fields) => {
    expect(conflictingFields(after(...edits, arrival))).toEqual(fields);
  });

  it('takes own changes on top of it, so that only they are saved', () => {
    const form = after(rename, arrival, { type: 'mine-kept' });

    expect(form.values).toMatchObject({ name: 'Acme staff', domain: 'acme.oktapreview.com' });
    expect(unsavedFields(form)).toEqual(['name']);
    expect(form.version).toBe(5);
    expect(form.theirs).toBeNull();
  });

  it('can be loaded, and own changes brought back', () => {
    const loaded = after(move, arrival, { type: 'theirs-loaded' });
    const back = connectorFormReducer(loaded, { type: 'mine-brought-back' });

    expect(loaded.values.domain).toBe('acme.oktapreview.com');
    expect(unsavedFields(loaded)).toEqual([]);
    expect(back.values.domain).toBe('acme.okta-emea.com');
    expect(back.version).toBe(5);
    expect(back.setAside).toBeNull();
  });
});

describe('a save', () => {
  const sent = after(rename).values;
  const answer = nextVersion(mine, {}, 'Acme staff');

  it('becomes what is saved', () => {
    const form = after(rename, { type: 'saved', connector: answer, sent });

    expect(unsavedFields(form)).toEqual([]);
    expect(form.version).toBe(5);
  });

  it('keeps what was typed while it was on its way', () => {
    const typed: ConnectorFormAction = { type: 'edited', patch: { apiToken: '00new' } };
    const form = after(rename, typed, { type: 'saved', connector: answer, sent });

    expect(unsavedFields(form)).toEqual(['apiToken']);
    expect(form.values.apiToken).toBe('00new');
  });

  it('forgets the token that was sent', () => {
    const withToken = after({ type: 'edited', patch: { apiToken: '00secret' } });
    const form = connectorFormReducer(withToken, {
      type: 'saved',
      connector: nextVersion(mine, {}),
      sent: withToken.values,
    });

    expect(form.values.apiToken).toBeNull();
  });

  it('that is refused keeps everything and says why', () => {
    const form = after(rename, {
      type: 'refused',
      errors: { name: 'Another connector has this name.' },
      formError: undefined,
    });

    expect(form.values.name).toBe('Acme staff');
    expect(form.errors).toEqual({ name: 'Another connector has this name.' });
  });
});

describe('a sentence at a field', () => {
  const refused: ConnectorFormAction = {
    type: 'refused',
    errors: { name: 'Taken.', 'schedule.expression': 'Never runs.' },
    formError: 'Two fields need another value.',
  };

  it('goes when its own field is edited, and the others stay', () => {
    const form = after(refused, rename);

    expect(form.errors).toEqual({ 'schedule.expression': 'Never runs.' });
    expect(form.formError).toBeUndefined();
  });

  it('goes with all others on discard', () => {
    const form = after(rename, refused, { type: 'discarded' });

    expect(form.errors).toEqual({});
    expect(unsavedFields(form)).toEqual([]);
  });
});
