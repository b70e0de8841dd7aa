import type { RunStep } from '@gatehouse/contracts/run';
import { stepWords } from '@gatehouse/contracts/run-words';
import { formatExactTime } from '../../lib/format.ts';

const UTC_TIME = /T(\d\d:\d\d:\d\d)/;

/** The words of a diary entry; a moment in them is told in the zone of this browser, as the times beside it are. */
export function localStepWords(step: Pick<RunStep, 'code' | 'facts'>): string {
  const words = stepWords(step);
  const { until } = step.facts;
  const time = typeof until === 'string' ? UTC_TIME.exec(until)?.[1] : undefined;
  if (typeof until !== 'string' || time === undefined) return words;
  return words.replace(`${time} UTC`, formatExactTime(until));
}
