import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import type { UpgradeWeight } from '../../core/facts/upgrade.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** What happens to the address of a Service. */
export type AddressKind =
  | 'lost'
  | 'moved'
  | 'uncertain'
  | 'fewer'
  | 'second'
  | 'served'
  | 'unasked';

interface AddressGroup {
  readonly id: string;
  readonly weight: UpgradeWeight;
  readonly says: (names: readonly string[]) => string;
  readonly before: (services: readonly Service[]) => readonly Remedy[];
}

const remediesShown = 3;

/** How each of them is told. */
export const addressGroups: Readonly<Record<AddressKind, AddressGroup>> = {
  lost: {
    id: 'addresses-lost',
    weight: 'breaks',
    says: (names) => `${someOf(names)} ${names.length === 1 ? 'loses its' : 'lose their'} address`,
    before: singleStack,
  },
  moved: {
    id: 'addresses-moved',
    weight: 'breaks',
    says: (names) => `${someOf(names)} ${names.length === 1 ? 'gets' : 'get'} another address`,
    before: singleStack,
  },
  uncertain: {
    id: 'addresses-may-move',
    weight: 'breaks',
    says: (names) => `${someOf(names)} may get another address, as chance has it`,
    before: singleStack,
  },
  fewer: {
    id: 'second-addresses-lost',
    weight: 'breaks',
    says: (names) =>
      `${someOf(names)} ${names.length === 1 ? 'keeps' : 'keep'} one of two addresses`,
    before: () => [
      {
        says: 'see that nobody uses the address that goes, in DNS records and firewall rules too',
        mutates: false,
      },
    ],
  },
  second: {
    id: 'second-addresses-gained',
    weight: 'changes',
    says: (names) => `${someOf(names)} ${names.length === 1 ? 'gets' : 'get'} a second address`,
    before: singleStack,
  },
  served: {
    id: 'addresses-gained',
    weight: 'nice',
    says: (names) =>
      `${someOf(names)} ${names.length === 1 ? 'is' : 'are'} pending now and ${names.length === 1 ? 'gets' : 'get'} an address`,
    before: () => [],
  },
  unasked: {
    id: 'addresses-unasked',
    weight: 'changes',
    says: (names) =>
      `${someOf(names)} ${names.length === 1 ? 'is' : 'are'} pending now and ${names.length === 1 ? 'gets' : 'get'} an address, whatever it asks for`,
    before: () => [],
  },
};

/** One policy means the same under every release. */
function singleStack(services: readonly Service[]): readonly Remedy[] {
  return services
    .filter(
      ({ spec }) =>
        (spec.ipFamilyPolicy ?? 'SingleStack') !== 'SingleStack' && spec.clusterIPs.length === 1,
    )
    .slice(0, remediesShown)
    .map(({ metadata: { name, namespace = 'default' } }) => ({
      says: `make ${namespace}/${name} single-stack, which every release treats alike`,
      command: kubectl`-n ${namespace} patch service ${name} --type=merge -p ${'{"spec":{"ipFamilyPolicy":"SingleStack"}}'}`,
      mutates: true,
    }));
}
