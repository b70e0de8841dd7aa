import type { AttributeRule, AttributeSource, MappedAttribute } from './attribute-rules.ts';
import { standardRules } from './attribute-rules.ts';
import type { TraceStep } from './trace-step.ts';

/** The profile as the source sent it: any value may be missing, null, or no text at all. */
export type SourceProfile = Readonly<Record<string, unknown>>;

/** Absent values are empty strings. */
export type MappedUser = Readonly<Record<MappedAttribute, string>>;

export interface MappedValue {
  readonly attribute: MappedAttribute;
  readonly value: string;
  readonly trace: readonly TraceStep[];
}

export type MappingFailureCode =
  | 'username-missing'
  | 'attribute-too-long'
  | 'attribute-not-text'
  | 'attribute-control-character'
  | 'attribute-broken-text';

/** Why a person cannot be mapped. They become a failed row, and nothing of theirs is changed. */
export interface MappingFailure {
  readonly code: MappingFailureCode;
  readonly attribute: MappedAttribute;
  /** For people; never holds the value itself, only its length and place. */
  readonly detail: string;
}

export type MappingResult =
  | { readonly ok: true; readonly user: MappedUser; readonly values: readonly MappedValue[] }
  | { readonly ok: false; readonly failure: MappingFailure };

/**
 * Maps one profile, purely. Values are taken as they are: nothing is trimmed, cut or replaced, and what the
 * products could not store is a failure that says so.
 */
export function mapAttributes(
  profile: SourceProfile,
  rules: readonly AttributeRule[] = standardRules,
): MappingResult {
  const user: Record<MappedAttribute, string> = {
    username: '',
    email: '',
    firstName: '',
    lastName: '',
    displayName: '',
  };
  const values: MappedValue[] = [];
  for (const rule of rules) {
    const outcome = applyRule(profile, rule);
    if ('code' in outcome) return { ok: false, failure: outcome };
    user[rule.attribute] = outcome.value;
    values.push(outcome);
  }
  return { ok: true, user, values };
}

function applyRule(profile: SourceProfile, rule: AttributeRule): MappedValue | MappingFailure {
  const trace: TraceStep[] = [];
  let value = '';
  for (const source of rule.sources) {
    const step = takeStep(profile, source);
    if (step === undefined) {
      return fail(rule, 'attribute-not-text', `${sourceNames(source)} in the Okta profile is not text.`);
    }
    trace.push(step);
    if (step.value.trim() === '') continue;
    value = step.value;
    break;
  }
  return checkValue(rule, value) ?? { attribute: rule.attribute, value, trace };
}

/** Undefined when a profile value is a list or an object, which no single attribute can hold. */
function takeStep(profile: SourceProfile, source: AttributeSource): TraceStep | undefined {
  const names = typeof source.from === 'string' ? [source.from] : source.from;
  const texts = names.map((name) => readText(profile, name));
  if (texts.includes(undefined)) return undefined;
  const filled = texts.filter((text) => text !== undefined && text.trim() !== '');
  return { step: source.step, detail: names.join(','), value: filled.join(' ') };
}

function readText(profile: SourceProfile, name: string): string | undefined {
  const value = Object.hasOwn(profile, name) ? profile[name] : undefined;
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  // A custom attribute of Okta may be a number or a boolean; both have one way to be written.
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function checkValue(rule: AttributeRule, value: string): MappingFailure | undefined {
  const source = rule.sources.map(sourceNames).join(' or ');
  if (value === '' && rule.isRequired) {
    return fail(
      rule,
      'username-missing',
      `The Okta profile has no ${source}, which becomes the ${rule.label}.`,
    );
  }
  if (value.length > rule.limit) {
    const length = `${value.length} characters`;
    return fail(
      rule,
      'attribute-too-long',
      `The ${rule.label} has ${length}. The products store ${rule.limit}.`,
    );
  }
  const control = (rule.isSingleLine ? /\p{Cc}/u : /\0/).exec(value);
  if (control !== null) {
    const place = `at position ${control.index + 1}`;
    return fail(rule, 'attribute-control-character', `The ${rule.label} has a control character ${place}.`);
  }
  if (!value.isWellFormed()) {
    return fail(
      rule,
      'attribute-broken-text',
      `The ${rule.label} holds half a character, which cannot be stored.`,
    );
  }
  return undefined;
}

function sourceNames(source: AttributeSource): string {
  return typeof source.from === 'string'
    ? `profile.${source.from}`
    : source.from.map((name) => `profile.${name}`).join(' or ');
}

function fail(rule: AttributeRule, code: MappingFailureCode, detail: string): MappingFailure {
  return { code, attribute: rule.attribute, detail };
}
