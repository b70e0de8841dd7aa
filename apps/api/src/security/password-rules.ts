import { commonWords, slides } from './common-passwords.ts';

export const shortestPassword = 12;
export const longestPassword = 128;

export type PasswordProblemCode = 'too-short' | 'too-long' | 'repeated' | 'sequence' | 'common' | 'personal';

/** Why a password is refused, with words that say what to do instead. */
export type PasswordProblem = { code: PasswordProblemCode; message: string };

const messages: Record<PasswordProblemCode, string> = {
  'too-short': `Use at least ${shortestPassword} characters. Several unrelated words are easy to remember.`,
  'too-long': `Use at most ${longestPassword} characters.`,
  repeated: 'Do not repeat the same few characters. Use several unrelated words.',
  sequence: 'Do not follow the keyboard, the alphabet or the digits. Use several unrelated words.',
  common: 'This is made of words that are tried first. Add unrelated words of your own.',
  personal: 'This is mostly your e-mail address. Use several unrelated words.',
};

/** Letters that digits and signs stand for; of equal length, so that positions agree. */
const disguises: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** This many letters that are no common word make a password one's own. */
const ownLetters = 4;
/** A run along a slide counts from this length on. */
const shortestRun = 4;

/**
 * Judges a new password as NIST SP 800-63B asks: length counts, guessable ones are refused, no rules about
 * kinds of characters. Length is counted in code points.
 * @param context.email of the account, whose parts do not count as its own letters
 */
export function findPasswordProblem(
  password: string,
  context: { email?: string } = {},
): PasswordProblem | null {
  const code = problemCode(password, context.email ?? '');
  return code === null ? null : { code, message: messages[code] };
}

function problemCode(password: string, email: string): PasswordProblemCode | null {
  const characters = [...password.normalize('NFC')];
  if (characters.length < shortestPassword) return 'too-short';
  if (characters.length > longestPassword) return 'too-long';
  const lower = characters.map((character) => [...character.toLowerCase()][0] ?? character);
  if (isRepeated(lower)) return 'repeated';
  if (isSequence(lower)) return 'sequence';
  if (isMadeOf(lower, commonWords)) return 'common';
  if (isMadeOf(lower, [...commonWords, ...wordsOf(email)])) return 'personal';
  return null;
}

/** Four different characters at the most, or one short piece again and again. */
function isRepeated(characters: readonly string[]): boolean {
  if (new Set(characters).size <= 4) return true;
  const longestPiece = Math.min(6, Math.floor(characters.length / 2));
  for (let length = 1; length <= longestPiece; length += 1) {
    if (characters.every((character, index) => character === characters[index % length])) return true;
  }
  return false;
}

/** All but three characters, or three quarters of a long one, belong to runs along a slide. */
function isSequence(characters: readonly string[]): boolean {
  let inRuns = 0;
  let index = 0;
  while (index < characters.length) {
    const length = runLength(characters, index);
    if (length >= shortestRun) inRuns += length;
    index += length >= shortestRun ? length : 1;
  }
  return inRuns >= Math.max(characters.length - 3, characters.length * 0.75);
}

/** The longest piece of any slide that starts here. */
function runLength(characters: readonly string[], start: number): number {
  let longest = 0;
  for (const slide of bothWays) {
    for (
      let at = slide.indexOf(characters[start] ?? '');
      at !== -1;
      at = slide.indexOf(characters[start] ?? '', at + 1)
    ) {
      let length = 1;
      while (start + length < characters.length && slide[at + length] === characters[start + length])
        length += 1;
      longest = Math.max(longest, length);
    }
  }
  return longest;
}

const bothWays = slides.flatMap((slide) => [slide, [...slide].reverse().join('')]);

/** Whether hardly a letter is left once the words, plain or disguised, are taken out. */
function isMadeOf(characters: readonly string[], words: readonly string[]): boolean {
  const covered = characters.map(() => false);
  const disguised = characters.map((character) => disguises[character] ?? character);
  for (const text of [characters.join(''), disguised.join('')]) {
    // Characters outside the BMP would shift positions; such a password is nobody's first guess.
    if (text.length !== characters.length) return false;
    for (const word of words) cover(text, word, covered);
  }
  if (!covered.includes(true)) return false;
  const left = characters.filter((character, index) => covered[index] === false && /\p{L}/u.test(character));
  return left.length < ownLetters;
}

function cover(text: string, word: string, covered: boolean[]): void {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    covered.fill(true, at, at + word.length);
}

/** The parts of an address that are long enough to mean somebody. */
function wordsOf(email: string): string[] {
  return email
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length >= 3);
}
