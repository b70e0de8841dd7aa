import type { PersonWords } from '@gatehouse/contracts/login-words/login-failure-entry';
import type { LoginUpdate } from '@gatehouse/contracts/tracker';
import { attribute, type Html, html } from './html.ts';
import { companyName, icon, type PageOwner, timeOf, type UserPage } from './page-frame.ts';

/** A test's link before it is used: who will see what, and what happens. */
export function testLoginPage(test: {
  owner: PageOwner;
  startedBy: string;
  idpName: string;
  /** As people call it: Okta. */
  idpWord: string;
  continueUrl: string;
  tracker: string;
  expiresAt: number;
}): UserPage {
  const { idpWord, startedBy } = test;
  const company = companyName(test.owner);
  return {
    status: 200,
    title: 'Test your login',
    subject: `Test of ${test.idpName}`,
    content: html`<h1>Test your login</h1>
<p>${startedBy} asked you to test logging in through ${idpWord}. It takes half a minute, logs you in nowhere and changes nothing.</p>
<h2>What ${startedBy} and the support team of ${company} will see</h2>
<ul class="seen">
<li>${icon('eye', 16)}<span>Whether it worked, and at which step it stopped</span></li>
<li>${icon('eye', 16)}<span>Your name, e-mail and what else ${idpWord} sends about you</span></li>
<li>${icon('eye', 16)}<span>What a real login would change in your account here</span></li>
<li>${icon('eye', 16)}<span>Your browser and the time</span></li>
<li>${icon('eyeOff', 16)}<span>Never your password: you type it at ${idpWord} only</span></li>
</ul>
<p class="acts"><a class="act first" href="${attribute(test.continueUrl)}">Continue to ${idpWord} ${icon('arrow', 16)}</a></p>
<p class="note">Nobody asked you for this? Close the window, and nothing happens.</p>`,
    footer: html`This test link works once, until ${timeOf(test.expiresAt)}. Tracker <code>${test.tracker}</code>`,
  };
}

type ShownPerson = {
  /** As the IdP names the person. */
  readonly label: string;
  readonly displayName: string;
  readonly username: string;
  readonly email: string;
  readonly groups: number;
};

/** A test that passed. Nobody is logged in. */
export function testPassedPage(test: {
  idpName: string;
  idpWord: string;
  startedBy: string | null;
  person: ShownPerson | null;
  label: string;
  update: LoginUpdate | null;
  tracker: string;
  now: number;
}): UserPage {
  const { person } = test;
  const rows =
    person === null
      ? [row(test.idpWord, html`${test.label}`), row('Account', html`none yet`)]
      : [
          row('Name', html`${person.displayName || person.label}`),
          row('User name', html`${person.username}`),
          row('E-mail', html`${person.email || '–'}`),
          row('Groups', html`${person.groups}`),
        ];
  return {
    status: 200,
    title: 'Your login works',
    subject: `Test of ${test.idpName}`,
    content: html`<div class="mark">${icon('tick', 24, 3)}</div>
<h1>Your login works</h1>
<p>You can close this window. You are not logged in anywhere because of this test.</p>
<dl class="facts">${rows}${row('Changes', ...updateWords(test.update, person === null))}</dl>
${test.startedBy === null ? null : html`<p class="note">${test.startedBy} sees this result too.</p>`}`,
    footer: html`Tracker <code>${test.tracker}</code>, ${timeOf(test.now)}`,
  };
}

/** A real login that is proven; the product itself is not told yet. */
export function signedInPage(login: {
  idpWord: string;
  person: ShownPerson;
  /** Null: removed meanwhile. */
  application: { readonly name: string; readonly url: string } | null;
  tracker: string;
  now: number;
}): UserPage {
  const { person, application, idpWord } = login;
  const name = person.displayName || person.label;
  const text =
    application === null
      ? html`You logged in through ${idpWord}. The application that you came from is not connected any more.`
      : html`You logged in through ${idpWord}. ${application.name} asks you for its own login: handing this one on is not built yet.`;
  return {
    status: 200,
    title: `You are signed in as ${name}`,
    subject: application === null ? 'Logging in' : `Logging in to ${application.name}`,
    content: html`<div class="mark">${icon('tick', 24, 3)}</div>
<h1>You are signed in as ${name}</h1>
<p>${text}</p>
<dl class="facts">${row('User name', html`${person.username}`)}${row('E-mail', html`${person.email || '–'}`)}</dl>
${
  application === null
    ? null
    : html`<p class="acts"><a class="act first" href="${attribute(application.url)}">Continue to ${application.name} ${icon('arrow', 16)}</a></p>`
}`,
    footer: html`Tracker <code>${login.tracker}</code>, ${timeOf(login.now)}`,
  };
}

/** A login or a test that ended badly: one sentence, the id to quote, and where to go. */
export function failurePage(failure: {
  owner: PageOwner;
  status: number;
  words: PersonWords;
  subject: string;
  /** To read out; null: the login is not known. */
  tracker: string | null;
  /** Of the log, where there is no tracker. */
  requestId: string | null;
  /** Begins the login anew; null: not from here. */
  tryAgainUrl: string | null;
  /** The local login page of the application. */
  localLogin: { readonly name: string; readonly url: string } | null;
  now: number;
}): UserPage {
  const { owner, words, tracker, tryAgainUrl, localLogin } = failure;
  const id = tracker ?? failure.requestId;
  const support = supportAct(owner, id, words.title);
  const again = tryAgainUrl === null ? null : act('Try again', tryAgainUrl, support === null);
  const acts = [support, again].filter((one) => one !== null);
  const local =
    localLogin === null
      ? null
      : html`<a href="${attribute(localLogin.url)}">Use a local ${localLogin.name} account</a>`;
  const footer = [
    html`${timeOf(failure.now)}`,
    owner.supportText === '' ? null : html`${owner.supportText}`,
    local,
  ];
  return {
    status: failure.status,
    title: words.title,
    subject: failure.subject,
    content: html`<h1>${words.title}</h1>
<p>${words.text}</p>
${id === null ? null : quote(id, tracker === null ? 'Request id' : 'Tracker id')}
${acts.length === 0 ? null : html`<p class="acts">${acts}</p>`}`,
    footer: html`${footer.filter((one) => one !== null).map((one) => html`<span>${one}</span>`)}`,
  };
}

/** Something to read and nothing to do: a link that is used up, an address that leads nowhere. */
export function noticePage(notice: {
  status: number;
  title: string;
  text: string;
  subject: string;
  now: number;
}): UserPage {
  return {
    status: notice.status,
    title: notice.title,
    subject: notice.subject,
    content: html`<h1>${notice.title}</h1>
<p>${notice.text}</p>`,
    footer: timeOf(notice.now),
  };
}

function row(term: string, ...descriptions: readonly Html[]): Html {
  return html`<div><dt>${term}</dt>${descriptions.map((one) => html`<dd>${one}</dd>`)}</div>`;
}

function quote(id: string, label: string): Html {
  return html`<div class="quote"><h2>${label}</h2>
<code>${id}</code>
<small>It shows the support team what happened, so you need not explain.</small></div>`;
}

function act(words: string, url: string, isFirst: boolean): Html {
  return html`<a class="act${isFirst ? ' first' : ''}" href="${attribute(url)}">${words}</a>`;
}

function supportAct({ supportAddress }: PageOwner, id: string | null, title: string): Html | null {
  if (supportAddress === '') return null;
  if (supportAddress.startsWith('https://')) return act('Open the support desk', supportAddress, true);
  const subject = encodeURIComponent(`Login problem${id === null ? '' : ` ${id}`}: ${title}`);
  return act(
    'E-mail the support team',
    `mailto:${encodeURIComponent(supportAddress).replace('%40', '@')}?subject=${subject}`,
    true,
  );
}

const operationWords = {
  none: 'would change this',
  create: 'would make an account',
  update: 'would bring the account up to date',
  enable: 'would enable the account',
  disable: 'would disable the account',
} as const satisfies Record<LoginUpdate['operation'], string>;

/** Changes that the page lists; the tracker has all. */
const changesShown = 12;

/** What a real login would have done, a line each. */
function updateWords(update: LoginUpdate | null, isNew: boolean): Html[] {
  const none = html`none, also in a real login`;
  if (update === null) return [none];
  const lines = [
    ...update.changes.map(
      (change) => html`${change.attribute}: ${change.before ?? 'nothing'} → ${change.after ?? 'nothing'}`,
    ),
    ...update.groupsAdded.map((group) => html`+ group ${group}`),
    ...update.groupsRemoved.map((group) => html`− group ${group}`),
  ];
  if (lines.length === 0 && update.operation === 'none') return [none];
  const operation = isNew && update.operation === 'none' ? 'create' : update.operation;
  const more = lines.length - changesShown;
  return [
    html`A real login ${operationWords[operation]}`,
    ...lines.slice(0, changesShown),
    ...(more > 0 ? [html`and ${more} more`] : []),
  ];
}
