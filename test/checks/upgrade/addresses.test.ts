import { array, assert, constantFrom, option, property, record, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { previewUpgrade } from '../../../src/checks/upgrade/preview-upgrade.ts';
import type { IPAddressPool, Service } from '../../../src/core/facts/kube-objects.ts';
import { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import { aService } from '../../builders/a-service.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { aPool, home } from '../../builders/some-objects.ts';

const releases = ['v0.14.8', 'v0.14.9', 'v0.15.0', 'v0.15.3', 'v0.16.1'];
const priorityOnly = { priority: 3, namespaces: [], namespaceSelectors: [], serviceSelectors: [] };

const pools = uniqueArray(
  constantFrom(
    aPool('four', '192.0.2.0/30'),
    aPool('six', '2001:db8:6::/126'),
    aPool('both', ['198.51.100.0/30', '2001:db8:b::/126']),
    aPool('gold', '203.0.113.0/30', { serviceAllocation: priorityOnly }),
    aPool('manual', '192.0.2.64/30', { autoAssign: false }),
  ),
  { selector: ({ metadata }) => metadata.name, minLength: 1, maxLength: 3 },
);

const words = record({
  policy: constantFrom('SingleStack', 'PreferDualStack', 'RequireDualStack'),
  clusterIPs: constantFrom(['10.96.0.10'], ['fd00::10'], ['10.96.0.10', 'fd00::10']),
  pool: option(constantFrom('four', 'both', 'gold', 'manual'), { nil: undefined }),
  prefix: constantFrom('metallb.io/', 'metallb.universe.tf/'),
});

interface Words {
  readonly policy: string;
  readonly clusterIPs: readonly string[];
  readonly pool: string | undefined;
  readonly prefix: string;
}

function serviceOf({ policy, clusterIPs, pool, prefix }: Words, index: number): Service {
  const annotations = pool === undefined ? {} : { [`${prefix}address-pool`]: pool };
  return aService(`shop/web-${index}`, { policy, clusterIPs, annotations });
}

const first = () => 0;
const settings = (version: string) => ({
  version,
  namespace: home,
  loadBalancerClass: undefined,
  bgpType: undefined,
});

/** What the controllers of both releases, one after the other, really make of the same objects. */
function upgraded(objects: readonly (IPAddressPool | Service)[], from: string, to: string) {
  const old = new ControllerCourse(settings(from));
  const before = old.apply({ removes: [], puts: objects }, first);
  const world = old.world.copy();
  const next = new ControllerCourse(settings(to), world);
  const after = next.restart(first);
  return {
    settledBefore: before.settled,
    settledAfter: after.settled,
    services: old.world.services,
    after: (service: Service) => held(next.world.service(`shop/${service.metadata.name}`)),
  };
}

function held(service: Service | undefined): readonly string[] {
  return (service?.status.ingress ?? []).flatMap(({ ip }) => ip ?? []).toSorted();
}

/** With one cluster IP and a wish for two families v0.14.9 follows every lower address that is freed (#2723). */
function wanders({ spec }: Service): boolean {
  return spec.clusterIPs.length === 1 && spec.ipFamilyPolicy !== 'SingleStack';
}

/** The word for what happened to one Service. */
function happened(before: readonly string[], after: readonly string[]): string | undefined {
  const kept = before.filter((each) => after.includes(each));
  if (before.length === 0) {
    return after.length === 0 ? undefined : 'addresses-gained';
  }
  if (after.length === 0) {
    return 'addresses-lost';
  }
  if (kept.length === before.length) {
    return after.length > before.length ? 'second-addresses-gained' : undefined;
  }
  return kept.length > 0 ? 'second-addresses-lost' : 'addresses-moved';
}

function previewOf(
  services: readonly Service[],
  given: readonly IPAddressPool[],
  way: { from: string; to: string },
) {
  const { from, to } = way;
  const snapshot = aSnapshot()
    .withInstallation({ controllerVersion: from, speakerVersion: from })
    .withPool(...given)
    .withService(...services)
    .build();
  return previewUpgrade(snapshot, { to, from: undefined });
}

function foretold(changes: ReturnType<typeof previewOf>['changes'], service: Service) {
  return changes.find(
    ({ id, objects }) =>
      /^(?:second-)?addresses-/.test(id) &&
      objects.some(({ name }) => name === service.metadata.name),
  )?.id;
}

/** Where several pools can be drawn, what is foretold leaves as much open as chance does. */
function allowed(told: string | undefined): readonly (string | undefined)[] {
  switch (told) {
    case 'addresses-may-move':
      return [undefined, 'addresses-moved', 'second-addresses-lost', 'second-addresses-gained'];
    case 'addresses-moved':
      return ['addresses-moved', 'second-addresses-lost'];
    case 'addresses-unasked':
      return ['addresses-gained'];
    case undefined:
      return [undefined];
    case 'addresses-gained':
    case 'addresses-lost':
    case 'second-addresses-gained':
    case 'second-addresses-lost':
      return [told];
    default:
      return [];
  }
}

const way = record({ from: constantFrom(...releases), to: constantFrom(...releases) });

describe('addresses over a change of release', () => {
  test('of one Service are foretold as the controllers of both releases decide, restless ones as such', () => {
    const seen = new Set<string | undefined>();
    assert(
      property(pools, words, way, (given, one, { from, to }) => {
        const course = upgraded([...given, serviceOf(one, 0)], from, to);
        const [service] = course.services;
        if (!course.settledBefore || service === undefined) {
          return;
        }
        const preview = previewOf([service], given, { from, to });
        if (!course.settledAfter) {
          expect(preview.outcome).toBe('breaks');
          return;
        }
        const what = happened(held(service), course.after(service));
        const told = foretold(preview.changes, service);
        seen.add(told);
        expect([from, to, told, allowed(told).includes(what)]).toEqual([from, to, told, true]);
      }),
      { numRuns: 800, seed: 20260314 },
    );
    expect([...seen].map(String).toSorted()).toEqual(
      expect.arrayContaining(['addresses-gained', 'undefined']),
    );
  });

  test('of several Services: whoever is not named keeps what it holds', () => {
    const several = array(words, { minLength: 2, maxLength: 4 });
    const kept = { count: 0 };
    assert(
      property(pools, several, way, (given, each, { from, to }) => {
        const course = upgraded([...given, ...each.map(serviceOf)], from, to);
        if (from === to || !course.settledBefore || !course.settledAfter) {
          return;
        }
        const { changes } = previewOf(course.services, given, { from, to });
        const unnamed = course.services.filter(
          (service) =>
            held(service).length > 0 &&
            !wanders(service) &&
            foretold(changes, service) === undefined,
        );
        kept.count += unnamed.length;
        expect(unnamed.map(course.after)).toEqual(unnamed.map(held));
      }),
      { numRuns: 500, seed: 20260315 },
    );
    expect(kept.count).toBeGreaterThan(100);
  });
});
