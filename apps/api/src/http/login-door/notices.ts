import { loginFailureWords } from '@gatehouse/contracts/login-words';
import type { UserPage } from './page-frame.ts';
import { noticePage } from './pages.ts';

export function nowherePage(now: number): UserPage {
  return noticePage({
    status: 404,
    title: 'There is nothing at this address',
    text: 'The link is old, or a part of it is missing. Start again from the application.',
    subject: 'Logging in',
    now,
  });
}

/** 403: something else than a person's browser going there. 405: another method than GET. */
export function onlyOpenedPage(status: 403 | 405, now: number): UserPage {
  return noticePage({
    status,
    title: 'Open this address yourself',
    text: 'A login begins when a person opens this address in a browser. Another page or a program that fetches it gets nothing.',
    subject: 'Logging in',
    now,
  });
}

/** A test's link that does not work, or not any more. */
export function spentLinkPage(outcome: string, now: number): UserPage {
  if (outcome === 'unknown') return nowherePage(now);
  const { title, text } = loginFailureWords[outcome === 'expired' ? 'link-expired' : 'link-used'].person;
  return noticePage({ status: 410, title, text, subject: 'Test of a login', now });
}

export function busyPage(now: number): UserPage {
  return noticePage({
    status: 429,
    title: 'Too many logins at once',
    text: 'Very many logins begin from your network at this moment. Wait a minute, then start again.',
    subject: 'Logging in',
    now,
  });
}
