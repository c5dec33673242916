import type { Service } from '../facts/kube-objects.ts';
import type { Installation, Snapshot } from '../facts/snapshot.ts';

/**
 * The snapshot as this Service sees it: the installation that serves its class comes first. Where none does, or the
 * question is about the whole cluster, the order stays as it was found.
 */
export function asSeenBy(snapshot: Snapshot, service: Service | undefined): Snapshot {
  const { installations } = snapshot;
  const chosen = installations.find(
    (each) => service !== undefined && classOf(each) === service.spec.loadBalancerClass,
  );
  return chosen === undefined ? snapshot : withFirst(snapshot, chosen);
}

/** The same snapshot with another installation in question. */
export function withFirst(snapshot: Snapshot, chosen: Installation): Snapshot {
  const others = snapshot.installations.filter((each) => each !== chosen);
  return { ...snapshot, installations: [chosen, ...others] };
}

/** Installations that serve Services which the one in question leaves alone, by their class. */
export function othersByClass({ installations }: Snapshot): readonly Installation[] {
  const [first] = installations;
  return installations.filter(
    (each) =>
      each !== first &&
      each.controller !== undefined &&
      first !== undefined &&
      classOf(each) !== classOf(first),
  );
}

/** The class an installation serves; undefined for Services without one. */
export function classOf({ loadBalancerClass }: Installation): string | undefined {
  return loadBalancerClass === '' ? undefined : loadBalancerClass;
}
