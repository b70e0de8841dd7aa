import type { CodedReason } from '@gatehouse/contracts/run';

/** 255: the width of the name column of Crowd's and Jira's group tables, in UTF-16 code units. */
const nameLimit = 255;

/** Why a group of this name cannot be stored in the products; null when it can. The name itself stays as it came. */
export function groupNameProblem(name: string): CodedReason | null {
  if (name.trim() === '') return { code: 'group-name-missing', facts: {} };
  if (name.length > nameLimit) {
    return { code: 'group-name-too-long', facts: { length: name.length, limit: nameLimit } };
  }
  const control = /\p{Cc}/u.exec(name);
  if (control !== null) {
    return { code: 'group-name-control-character', facts: { position: control.index + 1 } };
  }
  return name.isWellFormed() ? null : { code: 'group-name-broken-text', facts: {} };
}
