import type { ImportField } from '../import-codes.ts';
import { type Facts, factText } from '../run-facts.ts';

/** A problem of *Import Metadata*, for people. */
export type ImportProblemWords = {
  /** What we saw. */
  readonly saw: string;
  /** Why it matters. */
  readonly matters: string;
  /** What to do. */
  readonly advice: string;
  /** Field that the fix belongs to. */
  readonly field: ImportField | null;
};

export type Entry = {
  readonly saw: (facts: Facts) => string;
  readonly matters: (facts: Facts) => string;
  readonly advice: (facts: Facts) => string;
  readonly field: (facts: Facts) => ImportField | null;
};

export type EntryTable<Code extends string> = Readonly<Record<Code, Entry>>;

/** An Okta org; else another OpenID Connect provider. */
export function isOkta(facts: Facts): boolean {
  return factText(facts, 'preset', 'okta') === 'okta';
}

/** At the start of a sentence. */
export function whoFirst(facts: Facts): string {
  return isOkta(facts) ? 'Okta' : 'The provider';
}

/** Inside a sentence. */
export function who(facts: Facts): string {
  return isOkta(facts) ? 'Okta' : 'the provider';
}

export function host(facts: Facts): string {
  return factText(facts, 'host', isOkta(facts) ? 'the Okta domain' : 'the host of the issuer');
}

/** At the start of a sentence. */
export function hostFirst(facts: Facts): string {
  const name = host(facts);
  return name.startsWith('the ') ? `T${name.slice(1)}` : name;
}

/** Where the address of the provider is entered: the issuer when there is one. */
export function addressField(facts: Facts): ImportField {
  return factText(facts, 'addressField', isOkta(facts) ? 'domain' : 'issuer') === 'issuer'
    ? 'issuer'
    : 'domain';
}

/** As the screen calls it. */
export function addressLabel(facts: Facts): string {
  return addressField(facts) === 'issuer' ? 'issuer URL' : 'Okta domain';
}

/** What was asked, as far as it is known. */
export function at(facts: Facts): string {
  const url = factText(facts, 'url');
  return url === '' ? '' : ` at ${url}`;
}

/** The answer's status and code, and its own words in quotes; or why there was none. */
export function answered(facts: Facts): string {
  const why = factText(facts, 'why');
  if (why !== '') return `gave no answer: ${why}`;
  const status = factText(facts, 'status');
  const code = factText(facts, 'error');
  const said = factText(facts, 'said').replace(/\.$/, '');
  const answer = [status, code].filter((part) => part !== '').join(' ');
  const words = said === '' ? '' : `“${said}”`;
  if (answer === '') return words === '' ? 'gave no reason' : `answered ${words}`;
  return words === '' ? `answered ${answer}` : `answered ${answer}: ${words}`;
}

/** Words that do not depend on the facts. */
export function always<Value>(value: Value): () => Value {
  return () => value;
}
