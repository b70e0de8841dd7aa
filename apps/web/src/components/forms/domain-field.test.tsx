import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { DomainField } from './domain-field.tsx';

const paste = 'https://acme-admin.okta.com/admin/apps';

beforeAll(() => {
  // jsdom has none; the component library asks for the colour scheme.
  window.matchMedia = (query) =>
    ({
      matches: false,
      media: query,
      addEventListener() {},
      removeEventListener() {},
    }) as unknown as MediaQueryList;
});
afterEach(cleanup);

function Field({ keepsAuthorizationServer = false }) {
  const [value, setValue] = useState('');
  const [error, setError] = useState<string>();
  return (
    <MantineProvider>
      <DomainField
        value={value}
        error={error}
        onChange={setValue}
        onChecked={setError}
        keepsAuthorizationServer={keepsAuthorizationServer}
      />
    </MantineProvider>
  );
}

function typeAndLeave(text: string): HTMLInputElement {
  const input = screen.getByLabelText<HTMLInputElement>('Okta domain');
  fireEvent.change(input, { target: { value: text } });
  fireEvent.blur(input);
  return input;
}

it('keeps the domain of a paste and says what it removed', () => {
  render(<Field />);

  const input = typeAndLeave(paste);

  expect(input.value).toBe('acme.okta.com');
  expect(screen.getByText(/^Removed/).textContent).toBe('Removed https://, -admin and /admin/apps. Undo');
});

it.each([
  ['  ACME.OKTAPREVIEW.COM/ ', 'Removed / and spaces. Now in lower case. Undo'],
  ['acme.oktapreview.com ', 'Removed spaces. Undo'],
  ['Acme.oktapreview.com', 'Now in lower case. Undo'],
])('says of %j: %s', (typed, words) => {
  render(<Field />);

  const input = typeAndLeave(typed);

  expect(input.value).toBe('acme.oktapreview.com');
  expect(screen.getByRole('button', { name: 'Undo' }).parentElement?.textContent).toBe(words);
});

it('brings the paste back by Undo and leaves it alone until it is changed', () => {
  render(<Field />);
  const input = typeAndLeave(paste);

  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  fireEvent.blur(input);
  expect(input.value).toBe(paste);

  expect(typeAndLeave(`${paste}?x`).value).toBe('acme.okta.com');
});

it('says while typing how it is going to be read', () => {
  render(<Field />);

  const input = screen.getByLabelText('Okta domain');
  fireEvent.change(input, { target: { value: paste } });

  expect(screen.getByText('acme.okta.com').parentElement?.textContent).toBe('Read as acme.okta.com');
});

it('says at the field what cannot be a domain, and keeps it', () => {
  render(<Field />);

  const input = typeAndLeave('priya@acme.example');

  expect(input.value).toBe('priya@acme.example');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText(/This is an e-mail address/)).toBeDefined();
});

it.each([
  ['https://acme.okta.com/oauth2/default', true, 'https://acme.okta.com/oauth2/default'],
  ['https://acme.okta.com/oauth2/ausX/.well-known/openid-configuration', true, undefined],
  ['https://acme.okta.com/oauth2/v1/authorize', true, 'acme.okta.com'],
  ['https://acme.okta.com/oauth2/default', false, 'acme.okta.com'],
])(
  'leaves the path of an authorization server to the server where it is asked to: %s %s',
  (text, keeps, left) => {
    render(<Field keepsAuthorizationServer={keeps} />);

    expect(typeAndLeave(text).value).toBe(left ?? text);
  },
);
