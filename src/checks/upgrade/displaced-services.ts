import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import { ControllerCourse } from '../../core/metallb/controller-course.ts';
import { World } from '../../core/metallb/world.ts';
import { type AllocatorFacts, heldBy, servedIn } from '../bugs/material.ts';
import { keyOfService } from '../models/services.ts';

/** A Service that loses its address to another one while the new controller starts. */
export interface Displaced {
  readonly service: Service;
  /** What it comes to; empty for nothing. */
  readonly comesTo: readonly string[];
}

type StartFacts = Omit<AllocatorFacts, 'events'>;

/** Two ways to draw are enough to show who can be struck; they cannot show everybody. */
const draws: readonly ((count: number) => number)[] = [() => 0, (count) => count - 1];

/**
 * A starting controller looks at Services with two addresses before those with one. Whoever gives its addresses up
 * there is served anew at once, and may be given one that another Service has not claimed yet.
 */
export function displacedServices(facts: StartFacts, version: string): readonly Displaced[] {
  const found = new Map<string, Displaced>();
  for (const choose of draws) {
    const course = courseOver(facts, version);
    course.restart(choose);
    for (const service of servedIn(facts)) {
      const key = keyOfService(service);
      const after = course.world.service(key);
      const comesTo = after === undefined ? [] : heldBy(after);
      const isSame = heldBy(service).every((each) => comesTo.includes(each));
      if (heldBy(service).length > 0 && !isSame && !found.has(key)) {
        found.set(key, { service, comesTo });
      }
    }
  }
  return [...found.values()];
}

function courseOver(facts: StartFacts, version: string): ControllerCourse {
  const { installation } = facts;
  const settings = {
    version,
    namespace: installation?.namespace ?? '',
    loadBalancerClass: installation?.loadBalancerClass,
    bgpType: installation?.bgpType,
  };
  const world = new World([
    ...facts.ipAddressPools,
    ...itemsIfRead(facts.namespaces),
    ...itemsIfRead(facts.communities),
    ...facts.services,
  ]);
  return new ControllerCourse(settings, world);
}
