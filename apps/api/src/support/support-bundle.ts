import { eventWords, failedEvent, trackerSentence } from '@gatehouse/contracts/login-words';
import {
  type SupportBundle,
  type Tracker,
  type TrackerEvent,
  trackerSchema,
} from '@gatehouse/contracts/tracker';
import { publicNameOf, type TraceRedactor } from '../logging/redact-traces.ts';
import { type BundleConfiguration, type BundleSources, bundleConfiguration } from './bundle-configuration.ts';
import { countRemoved, type Removed } from './count-removed.ts';
import { readmeOf } from './readme.ts';

export type BundleInput = {
  readonly tracker: Tracker;
  readonly sources: BundleSources;
  /** Passes over everything once more: a secret may be known now that was not when it was traced. */
  readonly redactor: TraceRedactor;
  /** E-mail address or https URL of the support desk; empty: none is named. */
  readonly supportAddress: string;
};

/** The parts of a tracker that leave the house: the link of a test stays. */
const bundledTrackerSchema = trackerSchema.omit({ testUrl: true });

/**
 * What *Contact Support* shows and sends, byte for byte. Pure: the same tracker and configuration make the same files.
 * Nothing is ever attached to the message by itself.
 */
export function makeSupportBundle({
  tracker,
  sources,
  redactor,
  supportAddress,
}: BundleInput): SupportBundle {
  const shown = redactTracker(bundledTrackerSchema.parse(tracker), redactor);
  const configuration = redactor.value(bundleConfiguration(sources)) as BundleConfiguration;
  const removed = countRemoved([shown, configuration], withheldFrom(tracker, sources));
  const files = [
    file(`tracker-${tracker.id}.json`, readableJson(shown)),
    file('configuration.json', readableJson(configuration)),
  ];
  const readme = readmeOf({ tracker: shown, removed, fileNames: files.map(({ name }) => name) });
  return {
    files: [...files, file('readme.txt', readme)],
    removed,
    message:
      supportAddress === ''
        ? null
        : messageOf(shown, { to: supportAddress, publicUrl: sources.server.publicUrl }),
  };
}

export type BundledTracker = Omit<Tracker, 'testUrl'>;

function redactTracker({ events, ...rest }: BundledTracker, redactor: TraceRedactor): BundledTracker {
  const others = redactor.value(rest) as typeof rest;
  return { ...others, events: events.map((event) => redactEvent(event, redactor)) };
}

function redactEvent(event: TrackerEvent, redactor: TraceRedactor): TrackerEvent {
  const name = publicNameOf(event.step);
  return {
    ...event,
    fact: redactor.text(event.fact),
    expected: event.expected === null ? null : redactor.text(event.expected, name),
    seen: event.seen === null ? null : redactor.text(event.seen, name),
    facts: redactor.value(event.facts) as TrackerEvent['facts'],
  };
}

/** What is there and was not even looked at. */
function withheldFrom(tracker: Tracker, { idp, connector }: BundleSources): Removed[] {
  return [
    { kind: 'client secret', count: idp.clientSecretSet ? 1 : 0 },
    { kind: 'API token', count: connector?.apiTokenSet ? 1 : 0 },
    { kind: 'test link', count: tracker.testUrl === null ? 0 : 1 },
  ];
}

function file(name: string, content: string): SupportBundle['files'][number] {
  return { name, bytes: Buffer.byteLength(content), content };
}

/** JSON for people: characters that nobody would see stand as escapes. */
function readableJson(value: unknown): string {
  const json = JSON.stringify(value, null, 2).replace(/[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => {
      const unit = character.charCodeAt(index).toString(16).padStart(4, '0');
      return `\\u${unit}`;
    }).join(''),
  );
  return `${json}\n`;
}

function messageOf(
  tracker: BundledTracker,
  { to, publicUrl }: { to: string; publicUrl: string },
): SupportBundle['message'] {
  const failed = failedEvent(tracker);
  const advice = failed === null ? undefined : eventWords(failed)?.advice;
  const lines = [
    trackerSentence(tracker),
    ...(advice === undefined ? [] : [`What to do: ${advice}`]),
    '',
    `Tracker: ${tracker.id} (${tracker.kind === 'test' ? 'a test' : 'a login'})`,
    `Identity provider: ${tracker.idp.name}`,
    ...(tracker.application === null ? [] : [`Application: ${tracker.application.name}`]),
    ...(tracker.person === null ? [] : [`Person: ${tracker.person}`]),
    `Started: ${tracker.startedAt ?? tracker.createdAt}`,
    `Page: ${publicUrl}/support/trackers/${tracker.id}`,
    '',
    'Please attach the support bundle that you downloaded.',
  ];
  return {
    to,
    kind: to.startsWith('https://') ? 'link' : 'email',
    subject: `Login tracker ${tracker.id}: ${tracker.state}${tracker.failure ? `, ${tracker.failure.code}` : ''}`,
    body: lines.join('\n'),
  };
}
