import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { WhatIfReport } from '../../src/core/facts/what-if.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));
const exhausted = `${folder}pool-exhausted/sick`;

async function told(...wish: readonly string[]) {
  const args = ['shop/checkout', '--from', exhausted, ...wish, '-o', 'json'];
  const { stdout } = await runHere('what-if', args);
  const report = JSON.parse(stdout) as WhatIfReport;
  expect(faultsOfSchema('what-if.v1.schema.json', report)).toEqual([]);
  return report.forecast;
}

const standingOf = ({ pools }: WhatIfReport['forecast']) =>
  pools.map(({ name, says, free, addedRanges }) => [name, says, free, addedRanges]);

describe('the row of a pool', () => {
  test('shows what the Service gets once those before it are gone', async () => {
    const wish = ['--remove-pool', 'dmz', '--add-pool', 'lan=192.0.2.8/29', '--pool', 'lan'];
    const forecast = await told(...wish);
    expect(forecast.headline).toMatch(/^shop\/checkout would get 192\.0\.2\.8 from lan/);
    expect(standingOf(forecast)).toEqual([
      ['lan', 'has 192.0.2.8 (8 free)', '8', ['192.0.2.8/29']],
    ]);
  });

  test('shows what is left when those who move have been served first', async () => {
    const forecast = await told('--remove-pool', 'lan', '--add-pool', 'lan=10.9.0.0/28');
    expect(forecast.headline).toMatch(/^shop\/checkout would get 10\.9\.0\.10 from lan/);
    expect(standingOf(forecast)[1]).toEqual([
      'lan',
      'has 10.9.0.10 (6 free)',
      '6',
      ['10.9.0.0/28'],
    ]);
  });

  test('does not call a pool full that those who hold it have to leave', async () => {
    const wish = ['--remove-pool', 'dmz', '--add-pool', 'lan=192.0.2.8/31', '--pool', 'lan'];
    const { refusal, outcome, pools } = await told(...wish);
    expect([refusal, outcome]).toEqual([undefined, 'gets']);
    expect(pools.map(({ says }) => says)).toEqual(['has 192.0.2.8 (2 free)']);
  });

  test('marks no range as new that the webhook refuses', async () => {
    const { pools, headline } = await told('--add-pool', 'lan=10.4.11.0/24');
    expect(pools.map(({ isAdded, addedRanges }) => [isAdded, addedRanges])).toEqual([
      [false, []],
      [false, []],
    ]);
    expect(headline).toMatch(/^the change to pool lan would be refused, and /);
  });

  test('names all changes that are refused, and the removal that passes', async () => {
    const wish = ['--add-pool', 'lan=192.0.2.8/29', '--pool', 'lan'];
    const { pools, headline, notes } = await told('--remove-pool', 'dmz=192.0.2.8/29', ...wish);
    expect(pools.map(({ isAdded }) => isAdded)).toEqual([false, false]);
    expect(headline).toMatch(/^the changes to pools dmz and lan would be refused, and /);
    expect(notes).toContain(
      'a pool cannot be left without a range: with --remove-pool dmz it is deleted, and then everything passes',
    );
  });

  test('says which address a pool does not hold', async () => {
    const { pools } = await told('--pool', 'dmz', '--ip', '10.4.11.12');
    expect(pools[0]?.says).toBe('does not hold 10.4.11.12, which the Service asks for');
  });
});

describe('the note on the order', () => {
  test('names the pool and the refusal that differ', async () => {
    const { notes } = await told('--add-pool', 'a=10.9.0.0/28', '--add-pool', 'b=10.9.0.0/29');
    expect(notes).toContain(
      'the order matters: with pool b first, then pool a, pool a is refused instead, and shop/checkout gets 10.9.0.0 from b',
    );
  });
});

describe('the headline', () => {
  test('says that two addresses are of one family', async () => {
    const { headline } = await told('--ip', '192.0.2.10,192.0.2.11');
    expect(headline).toBe(
      'shop/checkout would stay without address: its request metallb.io/loadBalancerIPs "192.0.2.10,192.0.2.11" names two IPv4 addresses; two are taken only as one IPv4 and one IPv6',
    );
  });

  test('says that nobody announces the address', async () => {
    const { headline } = await told('--add-pool', 'fresh=10.9.0.0/30');
    expect(headline).toBe(
      'shop/checkout would get 10.9.0.0 from fresh, and nobody would announce it: no advertisement selects pool fresh',
    );
  });

  test('says that the new range holds the address of a node', async () => {
    const { headline } = await told('--add-pool', 'lan=10.4.0.8/29');
    expect(headline).toBe(
      'shop/checkout would get 10.4.0.8 from lan; but 10.4.0.11 of pool lan is the address of node worker-1 (and 1 more)',
    );
  });
});

describe('a pool to add', () => {
  test('is refused under a name that the API server does not take', async () => {
    const args = ['shop/checkout', '--from', exhausted, '--add-pool', 'Bad_Name=10.9.0.0/30'];
    const { code, stderr } = await runHere('what-if', args);
    expect(code).toBe(2);
    expect(stderr).toContain('--add-pool: no pool can be called "Bad_Name"');
  });
});

test('a mistyped Service is asked for again with the same wishes', async () => {
  const args = ['shop/nope', '--from', exhausted, '--pool', 'dmz', '--add-pool', 'a=10.9.0.0/30'];
  const { stderr } = await runHere('what-if', args);
  expect(stderr.replaceAll(/\s*\\\n\s*/g, ' ')).toContain(
    'triage what-if shop/checkout --pool dmz --add-pool a=10.9.0.0/30',
  );
});

describe('the commands', () => {
  test('begin with what mends MetalLB where that has to come first', async () => {
    const args = ['web/portal', '--from', `${folder}watch-stale/sick`, '-o', 'json'];
    const { forecast } = JSON.parse((await runHere('what-if', args)).stdout) as WhatIfReport;
    expect(forecast.commands).toEqual([
      'kubectl -n metallb-system rollout restart deployment/controller',
    ]);
  });

  test('stand below a warning where others lose their addresses', async () => {
    const { warning } = await told('--remove-pool', 'lan', '--add-pool', 'lan=10.9.0.0/28');
    expect(warning).toBe(
      '10 other Services lose the addresses they have, or may: an outage for them',
    );
    const args = ['shop/checkout', '--from', exhausted, '--remove-pool', 'lan'];
    const { stdout } = await runHere('what-if', [...args, '--add-pool', 'lan=10.9.0.0/28']);
    expect(stdout).toMatch(/^to do {3}CAREFUL: 10 other Services lose the addresses they have/m);
  });
});

describe('the text', () => {
  test('tells together those who may come to the same', async () => {
    const args = ['shop/checkout', '--from', exhausted, '--remove-pool', 'lan'];
    const { stdout } = await runHere('what-if', [...args, '--add-pool', 'lan=10.9.0.0/28']);
    expect(stdout.match(/10\.9\.0\.3/g)).toHaveLength(1);
    expect(stdout).toMatch(
      /would each get 10\.9\.0\.0, 10\.9\.0\.1,\s+10\.9\.0\.2, 10\.9\.0\.3 or one of 6 others from lan/,
    );
  });

  test('breaks ranges that are long under their column', async () => {
    const args = ['shop/checkout', '--from', exhausted];
    const { stdout } = await runHere('what-if', [
      ...args,
      '--add-pool',
      '2001:db8:0:1::/112,10.9.0.0/30',
    ]);
    expect(stdout).toMatch(
      /^ +>  new-pool  2001:db8:0:1::\/112 \(new\), +has 10\.9\.0\.0 \(4 free\)\n +10\.9\.0\.0\/30 \(new\)$/m,
    );
  });
});
