import { expect, test } from 'vitest';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aBGPAdvertisement, aPool, aSlice, home, named } from '../../builders/some-objects.ts';
import { serviceIn, verdictOf } from '../case.ts';

const key = 'shop/web';
const router = {
  kind: 'BGPPeer' as const,
  metadata: named('router-a', { namespace: home }),
  spec: {
    myASN: 64_500,
    peerASN: 64_501,
    peerAddress: '10.0.0.254',
    nodeSelectors: [],
    hasPassword: false,
  },
};

const line = (minute: string, values: Readonly<Record<string, string>>) =>
  JSON.stringify({ ts: `2026-03-14T03:${minute}:05Z`, op: 'reload-validate', ...values });
const failure = (minute: string) =>
  line(minute, { level: 'error', error: 'reload failure', cause: 'frr reload failed' });
const success = (minute: string) => line(minute, { level: 'info', success: 'reloaded config' });

/** FRR in the pods of the speakers of three nodes, each with what its speaker said. */
const saying = (...said: readonly (readonly string[])[]) => {
  const builder = said.reduce(
    (built, lines, index) => built.withLog(`speaker-n${index + 1}`, lines),
    aSnapshot()
      .withInstallation({ bgpType: 'frr' })
      .withPool(aPool('wan', '10.4.11.0/28'))
      .with('l2Advertisements')
      .with('bgpAdvertisements', aBGPAdvertisement('edge'))
      .with('bgpPeers', router)
      .with('services', aService(key, { ip: '10.4.11.2' }))
      .with('endpointSlices', aSlice(key, [{ addresses: ['10.244.0.5'], ready: true }])),
  );
  const verdict = verdictOf('MLB-B13', builder, serviceIn(builder.build(), key));
  return verdict.verdict === 'fail'
    ? verdict.findings.map(({ severity, says }) => `${severity}: ${says}`)
    : verdict.verdict;
};

test('a speaker tells that FRR does not take its configuration, and its last word counts', () => {
  const failing = [failure('10'), failure('11'), failure('12')];
  expect(saying(failing, failing, failing)).toEqual([
    'error: FRR does not take the configuration that the speakers write for it: n1, n2, n3',
  ]);
  expect(saying(failing, [failure('10'), success('12')], [])).toEqual([
    'warning: FRR does not take the configuration that the speakers write for it: n1',
  ]);
});

test('what was mended, or is long past, is no finding', () => {
  expect(saying([failure('11'), success('12')], [success('12')], [])).toBe('pass');
  expect(saying([failure('01')], [failure('02')], [])).toBe('pass');
});
