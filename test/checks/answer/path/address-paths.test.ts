import { describe, expect, test } from 'vitest';
import { aService } from '../../../builders/a-service.ts';
import { statusFrom } from '../../models/announcing/facts.ts';
import { askedOf, segment, waysIn } from '../traffic.ts';

const unseen = 'wire not-looked: nobody looked; --probe does, from a host of its segment';
const elsewhere = 'elsewhere good: nothing that is not MetalLB was found in the cluster';
const endsBefore = 'not-looked: not asked: the way ends before';

describe('the way of an address', () => {
  test('names who advertises, may announce, does, and what lies behind', () => {
    expect(waysIn(segment.with('serviceL2Statuses', statusFrom('n3')))).toEqual([
      [
        'advertised good: pool lan, by L2Advertisement all',
        'eligible good: 3 of 3 nodes may announce it: n3, n2, n1',
        'announced good: n3 is elected (then n2, n1); ServiceL2Status l2-n3 says that it announces',
        unseen,
        'data-path good: 2 of 2 endpoints ready, on n1, n2',
        elsewhere,
      ],
    ]);
  });

  test('says where nobody tells whether the elected node announces', () => {
    const [way] = waysIn(segment);
    expect(way?.[2]).toBe(
      'announced unknown: n3 is elected (then n2, n1); nothing says whether it announces',
    );
  });

  test('ends at the first link that breaks, and still tells what is certain behind it', () => {
    const [way] = waysIn(segment.with('l2Advertisements'));
    expect(way).toEqual([
      'advertised broken: no advertisement selects pool lan',
      `eligible ${endsBefore}`,
      `announced ${endsBefore}`,
      'wire not-looked: nobody looked',
      'data-path good: 2 of 2 endpoints ready, on n1, n2',
      elsewhere,
    ]);
  });

  test('is not known where the nodes are not', () => {
    const [way] = waysIn(segment.forbidding('nodes'));
    expect(way?.slice(0, 3)).toEqual([
      'advertised good: pool lan, by L2Advertisement all',
      'eligible unknown: cannot be said without nodes',
      'announced unknown: cannot be said without nodes',
    ]);
  });

  test('is told for each address by itself', () => {
    const two = aService('shop/checkout', { ip: ['10.4.11.3', '192.0.2.7'] });
    const { paths = [] } = askedOf(segment.with('services', two));
    expect(paths.map(({ address, pool }) => [address, pool])).toEqual([
      ['10.4.11.3', 'lan'],
      ['192.0.2.7', undefined],
    ]);
  });
});
