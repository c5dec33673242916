import { describe, expect, test } from 'vitest';
import { configurationOf } from '../../../../src/checks/models/configuration/configuration.ts';
import { diagnose } from '../../../../src/checks/diagnose.ts';
import type { Symptom } from '../../../../src/core/facts/finding.ts';
import { factsFrom, materialFrom } from '../../../../src/core/diagnosis/material.ts';
import { admissionOf } from '../../../../src/core/metallb/admission.ts';
import { ControllerCourse } from '../../../../src/core/metallb/controller-course.ts';
import { aPool, home } from '../../../builders/some-objects.ts';
import { segment } from '../../answer/traffic.ts';
import { serviceIn } from '../../case.ts';

const odd = aPool('odd', '10.9.0.1-2001:db8::1');

/** A cluster of this release in which a range goes from one family to the other. */
const mixedIn = (version: string) =>
  segment.withPool(odd).withInstallation({ controllerVersion: version, speakerVersion: version });

describe('a range from one family to the other', () => {
  test.each([
    ['v0.16.1', 'accepted'],
    ['v0.16.2', 'rejected'],
  ])('in %s leaves the configuration %s', (version, state) => {
    const material = materialFrom(mixedIn(version).build());
    const facts = factsFrom(material, ['ipAddressPools'], ['namespaces', 'communities']);
    expect(configurationOf(facts)?.state).toBe(state);
  });

  test.each([
    ['health', undefined],
    ['no-traffic', 'shop/checkout'],
  ] as const)('is what %s names first since v0.16.2', (symptom: Symptom, key) => {
    const snapshot = mixedIn('v0.16.2').build();
    const subject = key === undefined ? undefined : serviceIn(snapshot, key);
    const { outcome, rootCauses } = diagnose({ symptom, snapshot, subject });
    expect({ outcome, cause: rootCauses[0]?.cause, says: rootCauses[0]?.says }).toEqual({
      outcome: 'problem',
      cause: 'config-rejected',
      says: `MetalLB refuses its whole configuration because of IPAddressPool ${home}/odd`,
    });
  });

  test.each([
    ['v0.16.1', true],
    ['v0.16.2', false],
  ])('passes the webhook of %s: %s', (version, allowed) => {
    const settings = { namespace: home, bgpType: 'frr', version };
    expect(admissionOf({ pool: odd, stored: [], isCreate: true, settings })).toMatchObject({
      allowed,
    });
  });
});

describe('the controller as it goes on', () => {
  test.each([
    ['v0.16.1', 'reloaded'],
    ['v0.16.2', 'rejected'],
  ])('%s finds such a pool %s', (version, result) => {
    const settings = { namespace: home, bgpType: 'frr', version, loadBalancerClass: undefined };
    const course = new ControllerCourse(settings);
    const { configuration } = course.apply({ puts: [odd], removes: [] }, () => 0);
    expect(configuration?.result).toBe(result);
  });
});
