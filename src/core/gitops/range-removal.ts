import { parseAddress } from '../facts/ip.ts';
import type { IPAddressPool, Service } from '../facts/kube-objects.ts';
import { keyOf } from '../facts/object-ref.ts';
import type { ManifestProblem } from '../facts/validation.ts';
import { loadConfiguration } from '../metallb/load-configuration.ts';
import { indexPools } from '../metallb/pool-index.ts';
import { parseVersion } from '../metallb/versions.ts';
import { inputOf, type Surroundings } from './manifest-problems.ts';
import { refOf, type Manifest, type ManifestSet } from './manifest-set.ts';
import { someOf } from '../facts/in-words.ts';

/**
 * Addresses in use that the pools would no longer contain. Since v0.14.2 the controller takes such pools and the
 * addresses away; before, it refused the pools while one was in use.
 */
export function removedUnderServices(
  set: ManifestSet,
  around: Surroundings,
  services: readonly Service[],
): readonly ManifestProblem[] {
  const [first] = set.pools;
  if (first === undefined || around.cluster === undefined) {
    return [];
  }
  const before = indexOf(around.cluster.pools, around);
  const after = indexOf(inputOf(set, around, 'frr').pools, around);
  const held = services.flatMap((service) =>
    service.status.ingress.flatMap(({ ip }) => {
      const address = ip === undefined ? undefined : parseAddress(ip);
      const owner = address === undefined ? undefined : before.holding(address)[0];
      return address === undefined || owner === undefined || after.holding(address).length > 0
        ? []
        : [{ pool: owner.name, text: `${keyOf(service.metadata)} (${address})` }];
    }),
  );
  return [...Map.groupBy(held, ({ pool }) => pool)].map(([pool, losers]) => {
    const manifest = set.pools.find(({ object }) => object.metadata.name === pool) ?? first;
    return problemAt(
      manifest,
      losers.map(({ text }) => text),
      around.version,
    );
  });
}

const named = 5;

function problemAt(
  { object, document }: Manifest,
  losers: readonly string[],
  version: string,
): ManifestProblem {
  const isStrict = refusesRemoval(version);
  const who = someOf(losers.toSorted(), named);
  const then = isStrict
    ? `${version} refuses the new pools while they do`
    : 'they lose them as soon as this is loaded, and get others if there are any';
  return {
    severity: isStrict ? 'error' : 'warning',
    rule: 'range-in-use',
    object: refOf(object),
    place: document.placeOf(['spec', 'addresses']),
    other: undefined,
    message: `Services hold addresses that no pool would contain any more, ${who}: ${then}`,
    refusedBy: isStrict ? ['controller'] : [],
    waitsFor: undefined,
    advice: 'keep the range until these Services are moved to other addresses on purpose',
  };
}

function indexOf(pools: readonly IPAddressPool[], { namespace, version }: Surroundings) {
  const input = { pools, communities: [], namespaces: [], namespace, version, bgpType: 'frr' };
  return indexPools(loadConfiguration(input).pools);
}

function refusesRemoval(version: string): boolean {
  const [major = 0, minor = 99, patch = 0] = parseVersion(version) ?? [];
  return major === 0 && (minor < 14 || (minor === 14 && patch < 2));
}
