import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { getNonce } from 'get-nonce';
import type { ReactNode } from 'react';
import { cssVariablesResolver } from './css-variables-resolver.ts';
import { theme } from './theme.ts';

const colorSchemeManager = localStorageColorSchemeManager({ key: 'gatehouse-colours' });

/** Theme, tokens and colour scheme (the system's until the person chooses one; the choice stays in this browser). */
export function ThemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      getStyleNonce={() => getNonce() ?? ''}
    >
      {children}
    </MantineProvider>
  );
}
