/**
 * One step on the way to a value. `detail` is what the step worked with and `value` what it left behind, so
 * a list of steps can be stored and shown without the rules that made it. A transformation adds a kind here
 * and its words in `describeTrace`, which does not compile without them.
 */
export interface TraceStep {
  readonly step: TraceStepKind;
  /** `read`: a profile attribute. `combine`: several, with commas between. */
  readonly detail: string;
  readonly value: string;
}

export type TraceStepKind = 'read' | 'combine';

/** Where a value starts; all later steps change it. */
const sourceWords: Readonly<Record<TraceStepKind, (detail: string) => string>> = {
  read: (detail) => `from profile.${detail}`,
  combine: (detail) => `combines ${detail.split(',').join(' and ')}`,
};

/**
 * The rule that made a value, in the words of the review: "from profile.email", "combines firstName and
 * lastName". Sources that were tried and found blank are left out unless all of them were.
 */
export function describeTrace(trace: readonly TraceStep[]): string {
  const source = trace.find((step) => step.value.trim() !== '');
  if (source !== undefined) return sourceWords[source.step](source.detail);
  const tried = trace.flatMap((step) => step.detail.split(',')).map((name) => `profile.${name}`);
  const names = [...new Set(tried)];
  if (names.length === 0) return 'no source';
  return names.length === 1
    ? `${names[0]} is empty`
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are empty`;
}
