import type { CodedReason } from './run.ts';
import type {
  ChangeReasonCode,
  GapCode,
  GuardReasonCode,
  RunReasonCode,
  SourceErrorCode,
  SuppressedCode,
} from './run-codes.ts';
import { changeWords } from './run-words/change-words.ts';
import { guardWords } from './run-words/guard-words.ts';
import { gapWords, runReasonWords, suppressedWords } from './run-words/run-reason-words.ts';
import { sourceReasonWords } from './run-words/source-reason-words.ts';
import { stepTable } from './run-words/step-words.ts';
import type { WordTable } from './run-words/word-table.ts';

/** Every code that `reasonWords` knows. */
export type ReasonCode =
  | ChangeReasonCode
  | GuardReasonCode
  | GapCode
  | SuppressedCode
  | RunReasonCode
  | SourceErrorCode;

const reasonTable: WordTable<ReasonCode> = {
  ...changeWords,
  ...guardWords,
  ...gapWords,
  ...suppressedWords,
  ...runReasonWords,
  ...sourceReasonWords,
};

/** A reason as one or two sentences for people. A code of a newer version shows itself; never throws. */
export function reasonWords(reason: CodedReason): string {
  return lookUp(reasonTable, reason.code)?.sentence(reason.facts) ?? reason.code;
}

/** A reason in a few words, for a filter, a column or a pill. */
export function reasonLabel(code: string): string {
  return lookUp(reasonTable, code)?.label ?? code;
}

/** An entry of a run's diary as sentences. A change of state carries the code of its reason among the facts. */
export function stepWords(step: CodedReason): string {
  const { code, facts } = step;
  const sentence = lookUp(stepTable, code)?.(facts);
  if (sentence === undefined) return reasonWords(step);
  const reason = code.startsWith('state-') ? facts.reason : undefined;
  if (typeof reason !== 'string') return sentence;
  const why = reasonWords({ code: reason, facts });
  // "Cancelled. Nothing was written." says its state by itself.
  return why.startsWith(sentence.split(/[ :.]/)[0] ?? '') ? why : `${sentence} ${why}`;
}

/** Only own keys: `constructor` is no code. */
function lookUp<T>(table: Readonly<Record<string, T>>, code: string): T | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
