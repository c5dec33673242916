import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/core/facts/report.ts';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));
const dual = ['edge/gateway', '--from', `${folder}endpoints-of-other-family/sick`];

async function asked(...args: readonly string[]) {
  const { stdout, code } = await runHere('no-traffic', [...args, '-o', 'json']);
  const { diagnosis } = JSON.parse(stdout) as Report;
  return {
    code,
    headline: diagnosis.headline,
    next: diagnosis.next,
    paths: diagnosis.paths?.map(({ address }) => address),
    causes: diagnosis.rootCauses.map(({ cause }) => cause),
  };
}

describe('no-traffic --address', () => {
  test('asks about that address alone: what breaks another is none of its business', async () => {
    expect(await asked(...dual, '--address', '10.4.0.200')).toEqual({
      code: 0,
      headline:
        'nothing in the cluster stops traffic to edge/gateway at 10.4.0.200; the wire was not looked at',
      next: [
        'triage no-traffic edge/gateway --address 10.4.0.200 --probe',
        'curl -v --connect-timeout 3 telnet://10.4.0.200:80',
      ],
      paths: ['10.4.0.200'],
      causes: [],
    });
  });

  test('and finds what breaks it, however it is spelled', async () => {
    const { code, paths, causes, headline } = await asked(...dual, '--address', 'FD00:4:0::200');
    expect([code, paths, causes]).toEqual([1, ['fd00:4::200'], ['endpoints-of-other-family']]);
    expect(headline).toContain('traffic to edge/gateway at fd00:4::200 fails');
  });

  test('what concerns the Service with all its addresses stays', async () => {
    const two = ['--from', `${folder}addresses-of-two-pools/sick`];
    const whole = await asked('shop/checkout', ...two);
    const one = await asked('shop/checkout', ...two, '--address', '10.4.11.11');
    expect(one.causes).toEqual(whole.causes);
    expect(one.causes).toEqual(['addresses-of-two-pools']);
  });

  test('an address that it does not have is refused, with those that it has', async () => {
    const { stderr, code } = await runHere('no-traffic', [...dual, '--address', '10.4.0.201']);
    expect(code).toBe(2);
    expect(stderr).toContain(
      'edge/gateway has no address 10.4.0.201, only 10.4.0.200 and fd00:4::200',
    );
    expect(stderr).toContain('triage no-traffic edge/gateway --address fd00:4::200');
  });

  test('a client of the other family is refused', async () => {
    const words = [...dual, '--address', '10.4.0.200', '--client', 'fd00::1'];
    const { stderr, code } = await runHere('no-traffic', words);
    expect(code).toBe(2);
    expect(stderr).toContain('--client fd00::1 cannot reach --address 10.4.0.200');
  });

  test('what is no address is refused', async () => {
    const { stderr, code } = await runHere('no-traffic', [...dual, '--address', '10.4.0']);
    expect([code, stderr.includes('--address 10.4.0 is no IP address')]).toEqual([2, true]);
  });
});
