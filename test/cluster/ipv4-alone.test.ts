import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLab } from '../testbed/lab.ts';
import type { Lab } from '../testbed/lab.ts';
import { ask, causesOf } from './causes/answer.ts';
import { l2Advertisement, loadBalancer, namespace, pool, yamlOf } from './causes/manifest.ts';
import { untilReacted, untilServed } from './causes/reactions.ts';
import { failedFor } from './causes/situation.ts';

const prefersBoth = { spec: { ipFamilyPolicy: 'PreferDualStack' } };

/** What a pool of both families does to a Service that prefers both and has one cluster IP. */
const unrest = { 'v0.14.9': 'address-moves', 'v0.16.1': 'second-address-flaps' } as const;

describe.each(['v0.14.9', 'v0.16.1'] as const)('a cluster of IPv4 alone with %s', (version) => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab({ metallb: version, nodes: 1, serviceRanges: ['10.96.0.0/12'] });
    await lab.apply(
      yamlOf([
        namespace('lone'),
        pool('both', ['10.28.0.4/30', '2001:db8:28::/124']),
        pool('six', '2001:db8:29::/124', { autoAssign: false }),
        l2Advertisement('everything'),
        loadBalancer('lone/web'),
        loadBalancer('lone/six', { asks: { 'address-pool': 'six' } }),
      ]),
    );
    await untilServed(lab, ['lone/web']);
  });

  afterAll(() => lab?.stop());

  test('gives a Service of one family its address', async () => {
    const answer = await ask(lab, ['pending', 'lone/web']);
    expect({ code: answer.code, causes: causesOf(answer) }, answer.text).toEqual({
      code: 0,
      causes: [],
    });
  });

  test('has nothing for it in a pool of the other family', async () => {
    const why =
      version === 'v0.14.9'
        ? 'no available IPs in pool six for ipv4 IPFamily'
        : '["<nil>"] is not allowed in config';
    const subject = 'lone/six';
    const cause = 'no-pool-of-family';
    const situation = { name: subject, subject, cause, says: [] } as const;
    await untilReacted(lab, { ...situation, event: failedFor(subject, why) }, version);
    const answer = await ask(lab, ['pending', subject]);
    expect({ code: answer.code, top: causesOf(answer)[0] }, answer.text).toEqual({
      code: 1,
      top: cause,
    });
  });

  test('is told that a Service which prefers both families finds no rest', async () => {
    await lab.apply(yamlOf([loadBalancer('lone/restless', prefersBoth)]));
    await untilServed(lab, ['lone/restless']);
    const answer = await ask(lab, ['health']);
    expect(causesOf(answer), answer.text).toContain(unrest[version]);
  });
});
