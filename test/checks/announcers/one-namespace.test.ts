import { describe, expect, test } from 'vitest';
import { announcersStanding } from '../../../src/checks/announcers/announcers-standing.ts';
import { itemsIfRead } from '../../../src/core/facts/reading.ts';
import { aService } from '../../builders/a-service.ts';
import { aSlice } from '../../builders/some-objects.ts';
import { lan } from '../models/announcing/facts.ts';

const two = lan
  .withService(aService('web/front', { ip: '10.4.11.4' }))
  .withSlice(aSlice('web/front', [{ addresses: ['10.244.1.9'], nodeName: 'n1', ready: true }]));
const namespace = 'web';

describe('of one namespace', () => {
  test('the addresses are told and counted, and no node is said to announce nothing', () => {
    const standing = announcersStanding({ snapshot: two.build(), service: undefined, namespace });
    expect(standing.addresses.map(({ service }) => service)).toEqual(['web/front']);
    expect(standing.headline).toBe('1 address of 1 Service in namespace web: 1 announced');
    expect(standing.nodes.map(({ node, layer2 }) => [node, layer2])).toEqual([
      [standing.addresses[0]?.announcer, 1],
    ]);
  });

  test('without a Service there is nothing to announce', () => {
    const none = announcersStanding({ snapshot: two.build(), service: undefined, namespace: 'x' });
    expect(none.headline).toBe(
      'no Service of this MetalLB in namespace x has an address, so there is nothing to announce',
    );
  });

  test('Services of that namespace are enough, and those of another are not', () => {
    const snapshot = two.build();
    const there = itemsIfRead(snapshot.readings.services).filter(
      ({ metadata }) => metadata.namespace === namespace,
    );
    const confined = two.withReading('services', {
      state: 'read',
      items: there,
      within: namespace,
    });
    const asked = { snapshot: confined.build(), service: undefined };
    expect(announcersStanding({ ...asked, namespace }).unknowns).toEqual([]);
    expect(announcersStanding(asked).unknowns.map(({ fact }) => fact)).toEqual(['services']);
    expect(
      announcersStanding({ ...asked, namespace: 'shop' }).unknowns.map(({ fact }) => fact),
    ).toEqual(['services']);
  });
});
