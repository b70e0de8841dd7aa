import type { ImportCheck } from '@gatehouse/contracts/idp';
import { type ImportCheckCode, importCheckCodes, importCheckLabels } from '@gatehouse/contracts/import-codes';
import { importProblemWords } from '@gatehouse/contracts/import-words/import-problem-words';
import type { Facts, Finding } from './import-context.ts';

/** The checklist of an import while it fills. */
export class ImportCheckList {
  readonly #checks = new Map<ImportCheckCode, ImportCheck>();
  readonly #onChange: (checks: readonly ImportCheck[]) => void;

  constructor(onChange: (checks: readonly ImportCheck[]) => void) {
    this.#onChange = onChange;
    for (const code of importCheckCodes) this.#checks.set(code, blankCheck(code, 'waiting'));
  }

  /** In the order of `importCheckCodes`. */
  get checks(): ImportCheck[] {
    return [...this.#checks.values()];
  }

  get outcome(): 'passed' | 'warning' | 'failed' {
    const states = new Set(this.checks.map((check) => check.state));
    if (states.has('failed')) return 'failed';
    return states.has('warning') ? 'warning' : 'passed';
  }

  isUsable(code: ImportCheckCode): boolean {
    const state = this.#checks.get(code)?.state;
    return state === 'passed' || state === 'warning';
  }

  start(code: ImportCheckCode): void {
    this.#set(blankCheck(code, 'running'));
  }

  skip(code: ImportCheckCode): void {
    this.#set(blankCheck(code, 'skipped'));
  }

  /** `facts`: what every sentence may name beside the problem's own. Unit of `tookMs`: milliseconds. */
  finish(code: ImportCheckCode, finding: Finding, { facts, tookMs }: { facts: Facts; tookMs: number }): void {
    const { state, fact, problem, raw, durationMs = tookMs } = finding;
    this.#set({
      ...blankCheck(code, state),
      fact,
      durationMs: durationMs === null ? null : Math.round(durationMs),
      problem:
        problem === null
          ? null
          : { code: problem.code, ...importProblemWords(problem.code, { ...facts, ...problem.facts }) },
      raw,
    });
  }

  #set(check: ImportCheck): void {
    this.#checks.set(check.code, check);
    this.#onChange(this.checks);
  }
}

function blankCheck(code: ImportCheckCode, state: ImportCheck['state']): ImportCheck {
  return {
    code,
    label: importCheckLabels[code],
    state,
    fact: null,
    durationMs: null,
    problem: null,
    raw: null,
  };
}
