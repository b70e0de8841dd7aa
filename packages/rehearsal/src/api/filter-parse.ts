import { OktaError } from '../okta-error.ts';

export const OPERATORS = ['eq', 'sw', 'co', 'gt', 'ge', 'lt', 'le', 'pr'] as const;
export type Operator = (typeof OPERATORS)[number];

export type Comparison = {
  readonly kind: 'comparison';
  readonly attribute: string;
  readonly operator: Operator;
  readonly value: string;
};

export type Filter =
  | Comparison
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter };

/** `( ) "quoted \" text" word`; anything else is an error. */
const TOKEN = /\s*(?:([()])|"((?:[^"\\]|\\.)*)"|([^\s()"]+))/y;
const LONGEST_EXPRESSION = 4000;
const DEEPEST_NESTING = 20;

type Piece = { readonly text: string; readonly isQuoted: boolean };

/**
 * Parses the part of SCIM filters that Okta's lists take: comparisons joined by `and` (binds tighter)
 * and `or`, with parentheses; no `not`, no `ne`. Throws OktaError E0000031.
 */
export function parseFilter(expression: string): Filter {
  const pieces = splitPieces(expression);
  let at = 0;
  let depth = 0;

  function peekWord(): string | undefined {
    const piece = pieces[at];
    return piece && !piece.isQuoted ? piece.text.toLowerCase() : undefined;
  }

  function parseOr(): Filter {
    let left = parseAnd();
    while (peekWord() === 'or') {
      at += 1;
      left = { kind: 'or', left, right: parseAnd() };
    }
    return left;
  }

  function parseAnd(): Filter {
    let left = parseFactor();
    while (peekWord() === 'and') {
      at += 1;
      left = { kind: 'and', left, right: parseFactor() };
    }
    return left;
  }

  function parseFactor(): Filter {
    if (peekWord() !== '(') return parseComparison();
    depth += 1;
    if (depth > DEEPEST_NESTING) throw invalidCriteria();
    at += 1;
    const inner = parseOr();
    if (peekWord() !== ')') throw invalidCriteria();
    at += 1;
    depth -= 1;
    return inner;
  }

  function parseComparison(): Filter {
    const attribute = pieces[at];
    const operator = pieces[at + 1]?.text.toLowerCase();
    if (!attribute || attribute.isQuoted || !/^[\w.]+$/.test(attribute.text)) throw invalidCriteria();
    if (!isOperator(operator)) throw invalidCriteria();
    at += 2;
    if (operator === 'pr') return { kind: 'comparison', attribute: attribute.text, operator, value: '' };
    const value = pieces[at];
    if (!value || (!value.isQuoted && /^[()]$/.test(value.text))) throw invalidCriteria();
    at += 1;
    return { kind: 'comparison', attribute: attribute.text, operator, value: value.text };
  }

  const filter = parseOr();
  if (at !== pieces.length) throw invalidCriteria();
  return filter;
}

/** 400 E0000031: the expression is not one that the list takes. */
export function invalidCriteria(): OktaError {
  return new OktaError(400, 'E0000031', 'Invalid search criteria.');
}

/** All comparisons of a filter, for checking what a list allows. */
export function comparisonsOf(filter: Filter): Comparison[] {
  if (filter.kind === 'comparison') return [filter];
  return [...comparisonsOf(filter.left), ...comparisonsOf(filter.right)];
}

function splitPieces(expression: string): Piece[] {
  if (expression.length > LONGEST_EXPRESSION) throw invalidCriteria();
  const text = expression.trimEnd();
  const pieces: Piece[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw invalidCriteria();
    const [, bracket, quoted, word] = match;
    if (quoted !== undefined) pieces.push({ text: quoted.replace(/\\(.)/g, '$1'), isQuoted: true });
    else pieces.push({ text: bracket ?? word ?? '', isQuoted: false });
  }
  return pieces;
}

function isOperator(word: string | undefined): word is Operator {
  return OPERATORS.some((operator) => operator === word);
}
