import { expect, test } from 'vitest';
import { ControllerCourse } from '../../../src/core/metallb/controller-course.ts';
import { everyCourse } from '../../../src/core/metallb/every-course.ts';
import { poolNamed, serviceNamed } from './objects.ts';
import { servicesIn } from './vector-replay.ts';

const settings = {
  version: 'v0.14.9',
  namespace: 'metallb-system',
  bgpType: 'native',
  apiServerDefaults: true,
} as const;

/** A Service goes, and two come that wait for its pool; all in one moment. */
function afterOneGoesAndTwoCome(choose: (count: number) => number): string {
  const course = new ControllerCourse({ ...settings, loadBalancerClass: undefined });
  course.world.put(poolNamed('lan', ['10.2.0.0/31']));
  course.world.put(serviceNamed('old'));
  course.restart(() => 0);
  const removes = [{ kind: 'Service', namespace: 'shop', name: 'old' }];
  course.apply({ removes, puts: [serviceNamed('first'), serviceNamed('second')] }, choose);
  const found = servicesIn(course) as Record<string, { ips?: string[] }>;
  return Object.entries(found)
    .map(([key, { ips = [] }]) => `${key} ${ips.join()}`)
    .join(', ');
}

test('the look at all, which a Service that went asks for, may come before those that were written with it', () => {
  const { results, isComplete } = everyCourse(afterOneGoesAndTwoCome, 100);
  expect(isComplete).toBe(true);
  expect(results[0]).toBe('shop/first 10.2.0.0, shop/second 10.2.0.1');
  expect(new Set(results)).toEqual(
    new Set([
      'shop/first 10.2.0.0, shop/second 10.2.0.1',
      'shop/first 10.2.0.1, shop/second 10.2.0.0',
    ]),
  );
});
