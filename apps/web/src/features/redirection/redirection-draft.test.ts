import type { Application, Redirection } from '@gatehouse/contracts/application';
import { expect, it } from 'vitest';
import { changedApplications, shownRedirection, withEdit } from './redirection-draft.ts';

const off: Redirection = { enabled: false, portal: false, idpId: null };
const jira = { id: 'jira', redirection: off } as Application;
const wiki = { id: 'wiki', redirection: { ...off, enabled: true } } as Application;

it('shows what is saved until it is switched', () => {
  expect(shownRedirection(wiki, {}).enabled).toBe(true);
  expect(shownRedirection(jira, withEdit(jira, {}, { enabled: true }))).toEqual({ ...off, enabled: true });
});

it('forgets a switch that was switched back', () => {
  const there = withEdit(jira, {}, { enabled: true });

  expect(withEdit(jira, there, { enabled: false })).toEqual({});
});

it('lists one change an application, and none that somebody else saved meanwhile', () => {
  const drafts = withEdit(wiki, withEdit(jira, {}, { enabled: true }), { enabled: false });

  expect(changedApplications([jira, wiki], drafts).map(({ application }) => application.id)).toEqual([
    'jira',
    'wiki',
  ]);
  expect(changedApplications([{ ...jira, redirection: { ...off, enabled: true } }], drafts)).toEqual([]);
});
