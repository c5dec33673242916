import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagnose } from '../../../src/checks/diagnose.ts';
import { macPlan, plainMac } from '../../../src/core/share/mac-plan.ts';
import { shareSnapshot } from '../../../src/core/share/share-snapshot.ts';
import { aLook, anAnswer, anAttempt, macs } from '../../builders/a-look.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPool, aSlice } from '../../builders/some-objects.ts';

test('every form of an Ethernet address is the same address', () => {
  const forms = ['52:54:00:AB:cd:ef', '52-54-00-ab-cd-ef', '5254.00ab.cdef'];
  expect([...new Set(forms.map(plainMac))]).toEqual(['52:54:00:ab:cd:ef']);
});

test('what an address says of its kind stays, and of its machine nothing', () => {
  const plan = macPlan(['00:1b:21:44:55:66', '52:54:00:12:34:56', '00:00:5e:00:01:33']);
  expect([...plan]).toEqual([
    ['00:00:5e:00:01:33', '00:00:5e:00:01:33'],
    ['00:1b:21:44:55:66', '02:00:00:00:00:02'],
    ['52:54:00:12:34:56', '52:54:00:00:00:03'],
  ]);
});

test('different addresses stay different', () => {
  const byte = fc.integer({ min: 0, max: 255 }).map((each) => each.toString(16).padStart(2, '0'));
  const mac = fc.array(byte, { minLength: 6, maxLength: 6 }).map((bytes) => bytes.join(':'));
  fc.assert(
    fc.property(fc.uniqueArray(mac, { maxLength: 40 }), (all) => {
      expect(new Set(macPlan(all).values()).size).toBe(all.length);
    }),
  );
});

test('a shared look leads to the same causes, and names no card', () => {
  const address = '10.4.11.10';
  const card = '52:54:00:12:34:56';
  const snapshot = aSnapshot()
    .withPool(aPool('lan', '10.4.11.10-10.4.11.19'))
    .withService(aService('shop/search', { ip: address }))
    .withSlice(aSlice('shop/search', [{ addresses: ['10.244.1.7'], nodeName: 'n1', ready: true }]))
    .withSnapshot({
      wire: [
        aLook(address, {
          answers: [anAnswer(card.toUpperCase())],
          ports: [anAttempt(80, 'refused')],
        }),
      ],
    })
    .build();
  const causesOf = (each: typeof snapshot) => {
    const { services } = each.readings;
    const [subject] = services.state === 'read' ? services.items : [];
    const { rootCauses } = diagnose({ symptom: 'no-traffic', snapshot: each, subject });
    const ofTheWire = rootCauses.filter(({ check }) => check.startsWith('MLB-W'));
    return ofTheWire.map(({ cause, severity, confidence }) => [severity, cause, confidence]);
  };
  const { snapshot: shared, names } = shareSnapshot(snapshot);
  expect(causesOf(shared)).toEqual(causesOf(snapshot));
  expect(causesOf(shared)).toContainEqual(['error', 'address-answered-by-stranger', 0.99]);
  const text = JSON.stringify(shared).toLowerCase();
  expect([card, macs.stranger, 'laptop'].filter((each) => text.includes(each))).toEqual([]);
  expect(text).not.toContain('10.4.11.10');
  expect([...names.values()]).toContain(card);
});
