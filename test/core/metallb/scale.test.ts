import { describe, expect, test } from 'vitest';
import { addressAt } from '../../../src/core/facts/ip.ts';
import { answersOver, poolNamed, serviceNamed } from './objects.ts';

const network = 0x0a050000n;
const pools = [poolNamed('lan', ['10.5.0.0/16'])];
const addressNumber = (index: number) => addressAt('ipv4', network + BigInt(index));

/** No clock here: what would be quadratic at this size does not end within the time limit by far. */
describe('50,000 Services in one /16', { timeout: 120_000 }, () => {
  test('half of them waiting, are answered one by one', () => {
    const services = Array.from({ length: 50_000 }, (_, index) =>
      serviceNamed(`s${index}`, index < 25_000 ? { holds: [addressNumber(index)] } : {}),
    );
    const { answerFor, usages } = answersOver({ pools, services });
    const outcomes = services.map((service) => answerFor(service).outcome);
    expect(outcomes.filter((outcome) => outcome === 'holds')).toHaveLength(25_000);
    expect(outcomes.filter((outcome) => outcome === 'would-get')).toHaveLength(25_000);
    expect(usages[0]?.ipv4).toEqual({ usable: 65_536n, taken: 25_000n, free: 40_536n });
  });

  test('all with one sharing key and one port, are answered too', () => {
    const annotations = { 'metallb.io/allow-shared-ip': 'all' };
    const services = Array.from({ length: 50_000 }, (_, index) =>
      serviceNamed(`s${index}`, {
        annotations,
        ...(index < 25_000 ? { holds: [addressNumber(index)] } : {}),
      }),
    );
    const { answerFor } = answersOver({ pools, services });
    const last = services.map((service) => answerFor(service)).at(-1);
    expect(last).toMatchObject({ options: [{ addresses: [addressNumber(25_000)] }] });
  });
});
