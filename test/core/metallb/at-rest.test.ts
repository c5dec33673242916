import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keyOf } from '../../../src/core/facts/object-ref.ts';
import { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import { World } from '../../../src/core/metallb/world.ts';
import { dualStack, poolNamed, serviceNamed } from './objects.ts';

const pools = [
  [poolNamed('lan', ['10.0.0.0/30', 'fc00::/126'])],
  [poolNamed('lan', ['10.0.0.0/30', 'fc00::/126']), poolNamed('dmz', ['10.0.1.0/31'])],
  [poolNamed('lan', ['10.0.0.0/31'])],
  [poolNamed('lan', ['10.0.0.0/30'], { serviceAllocation: { namespaces: ['other'] } })],
];

const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ does: fc.constant('pools'), which: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('deletes'), which: fc.nat({ max: 7 }) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('writes'),
      which: fc.nat({ max: 7 }),
      port: fc.integer({ min: 1, max: 2 }),
      share: fc.constantFrom('', '', 'k'),
      asks: fc.constantFrom('', '', '10.0.0.1', '10.0.0.9'),
      pool: fc.constantFrom('', '', 'dmz'),
      spec: fc.constantFrom({}, {}, dualStack('PreferDualStack'), dualStack('RequireDualStack'), {
        ipFamilyPolicy: 'PreferDualStack',
      }),
    }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function perform(course: ControllerCourse, one: Step, choose: (count: number) => number): void {
  if ('port' in one) {
    const annotations = {
      ...(one.share === '' ? {} : { 'metallb.io/allow-shared-ip': one.share }),
      ...(one.asks === '' ? {} : { 'metallb.io/loadBalancerIPs': one.asks }),
      ...(one.pool === '' ? {} : { 'metallb.io/address-pool': one.pool }),
    };
    const spec = { ports: [{ protocol: 'TCP', port: one.port }], ...one.spec };
    const service = serviceNamed(`s${one.which}`, { annotations, spec });
    course.apply({ removes: [], puts: [service] }, choose);
  } else if (one.does === 'deletes') {
    const ref = { kind: 'Service', namespace: 'shop', name: `s${one.which}` };
    course.apply({ removes: [ref], puts: [] }, choose);
  } else {
    const wanted = pools[one.which] ?? [];
    const removes = ['lan', 'dmz']
      .filter((name) => wanted.every(({ metadata }) => metadata.name !== name))
      .map((name) => ({ kind: 'IPAddressPool', namespace: 'metallb-system', name }));
    course.apply({ removes, puts: wanted }, choose);
  }
}

test.each(['v0.14.9', 'v0.15.3', 'v0.16.1'])(
  'a Service at rest is left as it is by another look, whatever came before: %s',
  (version) => {
    const settings = {
      version,
      loadBalancerClass: undefined,
      bgpType: undefined,
      namespace: 'metallb-system',
    };
    let rested = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), fc.nat(), (steps, seed) => {
        let state = seed;
        const choose = (count: number) => {
          state = (state * 1103515245 + 12345) % 2147483648;
          return state % count;
        };
        const course = new ControllerCourse(settings, new World(pools[0]));
        course.restart(choose);
        steps.forEach((one) => perform(course, one, choose));
        const still = course.world.services
          .filter((service) => course.memory.isAtRest(keyOf(service.metadata), service))
          .map(({ metadata }) => keyOf(metadata));
        rested += still.length;
        // a copy does not know who is at rest, so it looks at everybody
        const { writes, events } = course.copy().reconsider(choose);
        expect(still.filter((key) => writes.has(key) || events.has(key))).toEqual([]);
      }),
      { numRuns: 250 },
    );
    expect(rested).toBeGreaterThan(100);
  },
);
