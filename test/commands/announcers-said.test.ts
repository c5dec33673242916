import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { AnnouncersReport } from '../../src/core/facts/announcers-report.ts';
import { faultsOfSchema } from '../schemas/validate.ts';
import { runHere } from './in-process.ts';

const folder = fileURLToPath(new URL('../incidents/', import.meta.url));

async function asked(incident: string, ...args: readonly string[]) {
  const from = ['--from', `${folder}${incident}/sick`, '-o', 'json'];
  const { stdout, code } = await runHere('announcers', [...args, ...from]);
  const report = JSON.parse(stdout) as AnnouncersReport;
  expect(faultsOfSchema('announcers.v1.schema.json', report)).toEqual([]);
  expect(report.exitCode).toBe(code);
  return report;
}

describe('what speakers say', () => {
  test.each([
    [
      'withdrawn-by-the-elected',
      'shop/checkout',
      'worker-2 should announce it, and says that it ceased to (notOwner)',
    ],
    [
      'bgp-as-mismatch',
      'shop/api',
      'BGP: its session with router comes up and goes down again and again (2), ',
    ],
    [
      'bgp-merge-fails',
      'shop/checkout',
      'its speaker says that it failed to announce it: cannot merge advertisements with different local preferences: 100 != 200 (2)',
    ],
    [
      'interface-excluded',
      'shop/checkout',
      'worker-2 is elected, and its speaker leaves veth0 alone, the only interface to answer on',
    ],
    [
      'interface-missing',
      'shop/checkout',
      'worker-2 is elected, and has no interface eth1, the only interface to answer on',
    ],
  ])('of %s counts no more than what the rules say', async (incident, service, why) => {
    const all = await asked(incident);
    const one = await asked(incident, service);
    const [ofAll] = all.addresses.filter((each) => each.service === service);
    expect(ofAll).toMatchObject({ verdict: 'nobody' });
    expect(ofAll?.announcer).toBeUndefined();
    expect(ofAll?.advertisers.count).toBe(0);
    expect(ofAll?.why).toContain(why);
    expect(one.addresses).toEqual([ofAll]);
    expect([all.exitCode, one.exitCode]).toEqual([1, 1]);
    expect(one.headline).toContain('is announced by nobody');
    expect(all.headline).toContain('by nobody');
  });

  test('an address whose elected speaker ceased counts for no node', async () => {
    const { nodes, headline } = await asked('withdrawn-by-the-elected');
    expect(nodes.filter(({ layer2 }) => layer2 > 0)).toMatchObject([{ layer2: 1 }]);
    expect(headline).toBe('2 addresses of 2 Services: 1 announced, 1 by nobody');
  });

  test('is told of a prefix too that a speaker failed to announce', async () => {
    const { reasoning } = await asked('bgp-merge-fails', 'shop/checkout');
    expect(reasoning?.bgp.prefixes.map(({ lostBy }) => lostBy)).toEqual([
      'its speaker says that it failed to announce it',
    ]);
  });

  test('against the rules is counted as that', async () => {
    const { headline } = await asked('memberlist-split');
    expect(headline).toBe(
      '2 addresses of 2 Services: 2 announced, 2 of which speakers say otherwise',
    );
  });

  test('of all and of one Service is the same', async () => {
    for (const incident of ['two-announcers', 'announced-elsewhere', 'memberlist-split']) {
      const all = await asked(incident);
      const one = await asked(incident, 'shop/checkout');
      expect([
        incident,
        all.addresses.filter(({ service }) => service === 'shop/checkout'),
      ]).toEqual([incident, one.addresses]);
    }
  });
});

describe('a Service of another type', () => {
  test('is told of without a count of what nodes announce, and exits 0', async () => {
    const { headline, nodes, exitCode, next } = await asked('port-refused', 'default/kubernetes');
    expect([headline, exitCode, nodes]).toEqual([
      'default/kubernetes is of type ClusterIP; MetalLB announces only Services of type LoadBalancer',
      0,
      [],
    ]);
    expect(next).toEqual(['kubectl -n default describe service kubernetes']);
  });
});
