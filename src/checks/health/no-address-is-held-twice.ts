import { defineCheck } from '../../core/diagnosis/check.ts';
import { type IpAddress, parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { type Claim, claimOf } from '../../core/metallb/claim.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { annotateCommand } from '../models/allocation/remedies.ts';
import { seenField } from '../models/seen.ts';

interface Sharer {
  readonly address: IpAddress;
  readonly service: Service;
  readonly claim: Claim;
}

/** An address belongs to one Service, or to several that share it by MetalLB's rules. */
export const noAddressIsHeldTwice = defineCheck({
  id: 'MLB-H04',
  asks: 'Is every address held by one Service only, or rightly shared?',
  symptoms: ['health', 'no-traffic'],
  causes: ['duplicate-address'],
  link: 'announced',
  needs: ['services'],
  helps: [],
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: ({ services, installation, takenAt }, subject) => {
    const behaviour = behaviourOf(installation?.controllerVersion);
    const holders = services
      .filter((service) => isServedBy(installation, service))
      .flatMap((service) =>
        addressesOf(service).map((address) => ({
          address,
          service,
          claim: claimOf(service, behaviour),
        })),
      );
    return [...Map.groupBy(holders, ({ address }) => address).values()]
      .filter((sharers) => sharers.length > 1 && !mayShare(sharers))
      .filter((sharers) => subject === undefined || sharers.some((each) => isOf(each, subject)))
      .map((sharers) => finding(sharers, takenAt));
  },
});

function isOf({ service }: Sharer, { metadata }: Service): boolean {
  return (
    service.metadata.name === metadata.name && service.metadata.namespace === metadata.namespace
  );
}

function addressesOf(service: Service): readonly IpAddress[] {
  return [
    ...new Set(
      service.status.ingress.flatMap(({ ip }) =>
        ip === undefined ? [] : (parseAddress(ip) ?? []),
      ),
    ),
  ];
}

/** One key that is not empty, one backend, and no port twice. */
function mayShare(sharers: readonly Sharer[]): boolean {
  const [first] = sharers;
  const ports = sharers.flatMap(({ claim }) => claim.ports);
  return (
    first !== undefined &&
    first.claim.sharingKey !== '' &&
    sharers.every(
      ({ claim }) =>
        claim.sharingKey === first.claim.sharingKey && claim.backendKey === first.claim.backendKey,
    ) &&
    new Set(ports).size === ports.length
  );
}

function finding(sharers: readonly Sharer[], now: string) {
  const byAge = sharers.toSorted((a, b) => createdAt(a.service) - createdAt(b.service));
  const youngest = byAge.at(-1);
  const keys = sharers.map(({ claim }) => claim.key).toSorted();
  const address = sharers[0]?.address ?? '';
  return {
    cause: 'duplicate-address',
    severity: 'error' as const,
    about: youngest === undefined ? { kind: 'Cluster', name: 'cluster' } : refOf(youngest.service),
    affects: byAge.map(({ service }) => refOf(service)),
    says: `${keys.join(' and ')} hold the same address ${address} without sharing it`,
    details: byAge.map(
      ({ claim }) =>
        `${claim.key}: ports ${claim.ports.join(', ')}, sharing key ${claim.sharingKey === '' ? '(none)' : claim.sharingKey}`,
    ),
    because: sharers.map(({ service }) =>
      seenField(refOf(service), 'status.loadBalancer.ingress', address),
    ),
    suggests:
      youngest === undefined
        ? []
        : [
            {
              says: `touch the younger one: MetalLB takes ${address} from it and gives it another`,
              command: annotateCommand(youngest.service, 'triage/woken-at', now),
              mutates: true,
            },
          ],
  };
}

function createdAt(service: Service): number {
  return Date.parse(service.metadata.creationTimestamp ?? '') || 0;
}
