import type { CSSVariablesResolver } from '@mantine/core';

/**
 * Points the library's colour variables at our tokens, in both schemes: the tokens themselves change with
 * the scheme, so one table serves both.
 */
const TOKENS: Record<string, string> = {
  '--mantine-color-body': 'var(--gh-page)',
  '--mantine-color-text': 'var(--gh-text)',
  '--mantine-color-bright': 'var(--gh-text)',
  '--mantine-color-dimmed': 'var(--gh-dim)',
  '--mantine-color-placeholder': 'var(--gh-faint)',
  '--mantine-color-error': 'var(--gh-red)',
  '--mantine-color-success': 'var(--gh-green)',
  '--mantine-color-anchor': 'var(--gh-accent)',
  '--mantine-color-default': 'var(--gh-raised)',
  '--mantine-color-default-hover': 'var(--gh-hover)',
  '--mantine-color-default-color': 'var(--gh-text)',
  '--mantine-color-default-border': 'var(--gh-line-2)',
  '--mantine-color-disabled': 'var(--gh-grey-soft)',
  '--mantine-color-disabled-color': 'var(--gh-dim)',
  '--mantine-color-disabled-border': 'var(--gh-line)',
  '--mantine-primary-color-filled': 'var(--gh-accent)',
  '--mantine-primary-color-filled-hover': 'var(--gh-accent)',
  '--mantine-primary-color-contrast': 'var(--gh-on-accent)',
  '--mantine-primary-color-light': 'var(--gh-accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--gh-accent-soft)',
  '--mantine-primary-color-light-color': 'var(--gh-accent)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: TOKENS,
  dark: TOKENS,
});
