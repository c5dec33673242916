import type { FieldChange, ObjectChange } from '../../facts/difference.ts';
import type { Snapshot } from '../../facts/snapshot.ts';
import { fieldsOf, together, type Fields } from './fields.ts';

/** Versions, and what the API server serves: of the cluster as a whole. What one of the two does not know is no change. */
export function releaseChanges(old: Snapshot, fresh: Snapshot): readonly ObjectChange[] {
  const [before, after] = [releasesIn(old), releasesIn(fresh)];
  const versions = [...before.keys()]
    .filter((path) => after.has(path) && before.get(path) !== after.get(path))
    .map((path) => ({ path, before: before.get(path), after: after.get(path) }));
  const fields = [
    ...versions,
    ...servedChanges('API group', old.apiGroups, fresh.apiGroups),
    ...servedChanges('MetalLB kind', old.metallbResources, fresh.metallbResources),
  ];
  const about = { kind: 'Cluster', name: 'releases' };
  return fields.length === 0 ? [] : [{ kind: 'changed', about, reach: 'metallb', fields }];
}

function releasesIn({ versions, installations }: Snapshot): Fields {
  return together(
    fieldsOf('kubernetes', versions.kubernetes),
    ...installations.map((installation) => {
      const { namespace, controllerVersion, speakerVersion, bgpType, loadBalancerClass } =
        installation;
      const all = { controllerVersion, speakerVersion, bgpType, loadBalancerClass };
      return fieldsOf(`MetalLB in ${namespace}`, all);
    }),
  );
}

function servedChanges(
  what: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly FieldChange[] {
  if (before === undefined || after === undefined) {
    return [];
  }
  const [then, now] = [new Set(before), new Set(after)];
  const differing = [...new Set([...then, ...now])].filter(
    (name) => then.has(name) !== now.has(name),
  );
  return differing.toSorted().map((name) => ({
    path: `${what} ${name}`,
    before: then.has(name) ? 'served' : undefined,
    after: now.has(name) ? 'served' : undefined,
  }));
}
