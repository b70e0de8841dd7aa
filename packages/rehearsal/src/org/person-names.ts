import { faker as ar } from '@faker-js/faker/locale/ar';
import { faker as de } from '@faker-js/faker/locale/de';
import { faker as el } from '@faker-js/faker/locale/el';
import { faker as en } from '@faker-js/faker/locale/en';
import { faker as es } from '@faker-js/faker/locale/es';
import { faker as fr } from '@faker-js/faker/locale/fr';
import { faker as he } from '@faker-js/faker/locale/he';
import { faker as ja } from '@faker-js/faker/locale/ja';
import { faker as ko } from '@faker-js/faker/locale/ko';
import { faker as pl } from '@faker-js/faker/locale/pl';
import { faker as ru } from '@faker-js/faker/locale/ru';
import { faker as th } from '@faker-js/faker/locale/th';
import { faker as tr } from '@faker-js/faker/locale/tr';
import { faker as vi } from '@faker-js/faker/locale/vi';
import { faker as zh } from '@faker-js/faker/locale/zh_CN';
import type { Random } from './random.ts';

export type PersonName = { readonly firstName: string | null; readonly lastName: string | null };

type NamePool = { readonly first: readonly string[]; readonly last: readonly string[] };
type RawNames = Readonly<Record<string, readonly string[] | undefined>>;
type NameSource = { rawDefinitions: { person?: { first_name?: unknown; last_name?: unknown } } };

const HINDI: NamePool = {
  first: ['आरव', 'विवान', 'अनन्या', 'दीया', 'प्रिया', 'राहुल', 'संजय', 'मीरा', 'कविता', 'अर्जुन'],
  last: ['शर्मा', 'वर्मा', 'गुप्ता', 'सिंह', 'पटेल', 'मेहता', 'जोशी', 'अय्यर', 'चौधरी', 'दास'],
};

/** Share of each pool among ordinary people; the rest is English. */
const FOREIGN_POOLS: readonly (readonly [number, NamePool])[] = [
  [0.05, namePool(de)],
  [0.04, namePool(fr)],
  [0.04, namePool(es)],
  [0.03, namePool(pl)],
  [0.02, namePool(tr)],
  [0.02, namePool(vi)],
  [0.02, namePool(ru)],
  [0.015, namePool(el)],
  [0.01, namePool(ar)],
  [0.01, namePool(he)],
  [0.01, namePool(ja)],
  [0.01, namePool(zh)],
  [0.01, namePool(ko)],
  [0.01, namePool(th)],
  [0.005, HINDI],
];
const ENGLISH = namePool(en);

/** Namesakes, as every company has them: a handful of names shared by many, and a broad band shared by a few. */
const NAMESAKES: NamePool = {
  first: ['James', 'Mary', 'Robert', 'Maria', 'David'],
  last: ['Smith', 'Johnson', 'Brown', 'Garcia', 'Miller'],
};
const NAMESAKE_SHARE = 0.04;
const COMMON: NamePool = { first: every(ENGLISH.first, 100), last: every(ENGLISH.last, 120) };
const COMMON_SHARE = 0.2;

/** Names that broke somebody's import once. Each org has every one of them at least once. */
export const NASTY_NAMES: readonly PersonName[] = [
  { firstName: 'Jos\u00e9', lastName: 'Garc\u00eda' },
  { firstName: 'Jose\u0301', lastName: 'Garci\u0301a' },
  { firstName: '\u0130brahim', lastName: 'Y\u0131ld\u0131z' },
  { firstName: '\u0131\u015f\u0131k', lastName: 'I\u015f\u0131k' },
  { firstName: 'Gro\u00df', lastName: 'Stra\u00dfer' },
  { firstName: 'Nguy\u1ec5n', lastName: 'Th\u1ecb H\u1ed3ng Nhung' },
  { firstName: '\u0141ukasz', lastName: 'Wi\u015bniewski-Brz\u0119czyszczykiewicz' },
  { firstName: 'Ελένη', lastName: 'Παπαδοπούλου' },
  { firstName: 'Фёдор', lastName: 'Щербаков' },
  { firstName: 'محمد', lastName: 'الخوارزمي' },
  { firstName: 'יעקב', lastName: "ז'בוטינסקי" },
  { firstName: '葵', lastName: '山田' },
  { firstName: '민서', lastName: '김' },
  { firstName: 'กนกวรรณ', lastName: 'กีรติวัฒนานุศาสน์' },
  { firstName: 'अनन्या', lastName: 'चौधरी' },
  { firstName: 'Miles', lastName: "O'Brien" },
  { firstName: 'Miles', lastName: 'O\u2019Brien' },
  { firstName: 'Anne-Marie', lastName: 'Smith-Jones' },
  { firstName: 'Double  Space', lastName: 'van  der  Berg' },
  { firstName: ' Leading', lastName: ' Space' },
  { firstName: 'X', lastName: 'Y' },
  { firstName: 'A', lastName: 'B'.repeat(45) },
  { firstName: 'Wolfeschlegelsteinhausenbergerdorffwelchevoral', lastName: 'Sr' },
  { firstName: 'Null', lastName: 'Null' },
  { firstName: 'undefined', lastName: 'NaN' },
  { firstName: '<b>Bold</b>', lastName: '<script>alert(1)</script>' },
  { firstName: '=SUM(A1)', lastName: '@cmd|calc' },
  { firstName: '"Quoted"', lastName: 'Comma, Inc.' },
  { firstName: null, lastName: 'Mononym' },
  { firstName: 'Madonna', lastName: null },
  { firstName: '\u200bZero\u200b', lastName: 'Width\u00a0Space' },
  { firstName: '\u202eRtl', lastName: 'Override' },
];

/** An ordinary name: English for the most part, the rest from fifteen other languages. */
export function ordinaryName(random: Random): PersonName {
  const pool = pickPool(random);
  const firstName = random.pick(pool.first);
  const lastName =
    pool !== NAMESAKES && random.chance(0.04)
      ? `${random.pick(pool.last)}-${random.pick(pool.last)}`
      : random.pick(pool.last);
  return { firstName, lastName: lastName.slice(0, 50) };
}

/** A name reduced to the letters a mail system of the old days takes; empty for other scripts. */
export function asciiName(text: string | null): string {
  if (text === null) return '';
  return text
    .normalize('NFD')
    .replace(/ß/g, 'ss')
    .replace(/[łŁ]/g, 'l')
    .replace(/[đĐ]/g, 'd')
    .replace(/ı/g, 'i')
    .replace(/[^a-zA-Z0-9]/g, '')
    .toLowerCase()
    .slice(0, 20);
}

function pickPool(random: Random): NamePool {
  let at = random.next();
  if (at < NAMESAKE_SHARE) return NAMESAKES;
  at -= NAMESAKE_SHARE;
  if (at < COMMON_SHARE) return COMMON;
  at -= COMMON_SHARE;
  for (const [share, pool] of FOREIGN_POOLS) {
    if (at < share) return pool;
    at -= share;
  }
  return ENGLISH;
}

/** Flattens faker's lists (generic, female, male) and drops what Okta cannot hold: characters of four UTF-8 bytes. */
function namePool(source: NameSource): NamePool {
  const { first_name: first, last_name: last } = source.rawDefinitions.person ?? {};
  return { first: flatten(first), last: flatten(last) };
}

/** `count` values spread evenly over a list. */
function every(values: readonly string[], count: number): string[] {
  const step = Math.max(1, Math.floor(values.length / count));
  return values.filter((_, index) => index % step === 0).slice(0, count);
}

function flatten(raw: unknown): string[] {
  const lists = Object.values((raw ?? {}) as RawNames);
  const names = new Set(lists.flatMap((list) => list ?? []));
  return [...names].filter((name) => name.length <= 24 && !/[\u{10000}-\u{10ffff}]/u.test(name));
}
