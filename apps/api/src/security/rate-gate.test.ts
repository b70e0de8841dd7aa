import { describe, expect, test } from 'vitest';
import { addressKey, createRateGate, type RateGateOptions } from './rate-gate.ts';

function gateAt(options: Partial<RateGateOptions> = {}) {
  const clock = { ms: 1_000_000 };
  const gate = createRateGate({ now: () => clock.ms, ...options });
  const attempt = (account = 'anna', address = '203.0.113.1') => gate.enter({ account, address });
  return { gate, clock, attempt };
}

describe('addressKey', () => {
  test.each([
    ['203.0.113.1', '203.0.113.1', true],
    ['203.0.113.1', '203.0.113.2', false],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:ffff::1', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::ffff:203.0.113.1', '203.0.113.1', true],
    ['::ffff:203.0.113.1', '::ffff:203.0.113.2', false],
  ])('%s and %s count as one: %s', (left, right, expected) => {
    expect(addressKey(left) === addressKey(right)).toBe(expected);
  });
});

describe('an account', () => {
  test('has five free tries, then waits that double up to a minute, and is never locked', () => {
    const { attempt, clock } = gateAt();
    for (let free = 0; free < 5; free += 1) expect(attempt()).toEqual({ isAdmitted: true });
    const waits: number[] = [];

    for (let round = 0; round < 10; round += 1) {
      const admission = attempt();
      if (admission.isAdmitted) throw new Error('admitted too early');
      waits.push(admission.retryAfterMs);
      clock.ms += admission.retryAfterMs;
      expect(attempt()).toEqual({ isAdmitted: true });
    }

    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60].map((seconds) => seconds * 1_000));
  });

  test('tries that are turned away do not make the wait longer', () => {
    const { attempt, clock } = gateAt();
    for (let free = 0; free < 5; free += 1) attempt();
    for (let more = 0; more < 100; more += 1) attempt();

    clock.ms += 999;
    expect(attempt()).toEqual({ isAdmitted: false, retryAfterMs: 1 });
    clock.ms += 1;
    expect(attempt()).toEqual({ isAdmitted: true });
  });

  test('tries sent at once count before any is answered', () => {
    const { attempt } = gateAt();
    const admissions = Array.from({ length: 50 }, () => attempt());

    expect(admissions.filter(({ isAdmitted }) => isAdmitted)).toHaveLength(5);
  });

  test('is slowed down from whatever address, while another account is not', () => {
    const { attempt } = gateAt();
    for (let free = 0; free < 5; free += 1) attempt('anna', `203.0.113.${free}`);

    expect(attempt('anna', '198.51.100.1').isAdmitted).toBe(false);
    expect(attempt('bert', '198.51.100.1').isAdmitted).toBe(true);
  });

  test('starts anew after a success, and after an hour of quiet', () => {
    const { gate, attempt, clock } = gateAt();
    for (let free = 0; free < 5; free += 1) attempt();
    gate.succeeded({ account: 'anna', address: '203.0.113.9' });
    for (let free = 0; free < 5; free += 1) expect(attempt().isAdmitted).toBe(true);
    expect(attempt().isAdmitted).toBe(false);

    clock.ms += 60 * 60_000;
    for (let free = 0; free < 5; free += 1) expect(attempt().isAdmitted).toBe(true);
  });

  test('is not kept from its owner by a stranger', () => {
    const { gate, attempt } = gateAt({ burst: 8 });
    gate.succeeded({ account: 'anna', address: '192.0.2.1' });
    for (let stranger = 0; stranger < 50; stranger += 1) attempt('anna', '203.0.113.1');
    for (let account = 0; account < 50; account += 1) attempt(`user ${account}`, '203.0.113.1');

    expect(attempt('anna', '203.0.113.1').isAdmitted).toBe(false);
    expect(attempt('new', '203.0.113.1').isAdmitted).toBe(false);
    expect(attempt('anna', '192.0.2.1').isAdmitted).toBe(true);
  });

  test('a known place has its own limit', () => {
    const { gate, attempt } = gateAt();
    gate.succeeded({ account: 'anna', address: '192.0.2.1' });
    for (let free = 0; free < 5; free += 1) attempt('anna', '192.0.2.1');

    expect(attempt('anna', '192.0.2.1').isAdmitted).toBe(false);
  });
});

describe('all strangers together', () => {
  test('share a budget that refills steadily', () => {
    const { attempt, clock } = gateAt({ burst: 10, refillPerSecond: 2 });
    for (let account = 0; account < 10; account += 1) expect(attempt(`a${account}`).isAdmitted).toBe(true);

    expect(attempt('next')).toEqual({ isAdmitted: false, retryAfterMs: 500 });
    clock.ms += 500;
    expect(attempt('next')).toEqual({ isAdmitted: true });
    expect(attempt('after').isAdmitted).toBe(false);
    clock.ms += 3_600_000;
    const admitted = Array.from({ length: 50 }, (_, index) => attempt(`b${index}`)).filter(
      ({ isAdmitted }) => isAdmitted,
    );
    expect(admitted).toHaveLength(10);
  });

  test('a success gives its share back', () => {
    const { gate, attempt } = gateAt({ burst: 1 });

    for (let account = 0; account < 20; account += 1) {
      expect(attempt(`a${account}`).isAdmitted).toBe(true);
      gate.succeeded({ account: `a${account}`, address: '203.0.113.1' });
    }
  });
});

test('memory is bounded', () => {
  const { gate, attempt } = gateAt({ burst: 1_000_000, maxKeys: 100 });
  for (let account = 0; account < 5_000; account += 1) {
    attempt(`account ${account}`);
    gate.succeeded({ account: `place ${account}`, address: '203.0.113.1' });
  }

  expect(gate.size()).toBe(200);
});
