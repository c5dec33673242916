import { parseAddress } from '../../../core/facts/ip.ts';
import type { Container, Pod, Service, Workload } from '../../../core/facts/kube-objects.ts';
import type { ObjectRef } from '../../../core/facts/object-ref.ts';
import { refOf } from '../references.ts';
import { addressesIn } from '../services.ts';
import type { Answering } from './products.ts';
import { rivalProducts } from './rival-products.ts';

/** Who may answer for an address that MetalLB gave, and what is known of the product. */
export interface RivalAnnouncer extends Answering {
  readonly name: string;
  /** A DaemonSet, a static Pod, or the Service on which only a note tells of it. */
  readonly about: ObjectRef;
  /** Where it is told to hold the very address. */
  readonly named?: { readonly path: string; readonly word: string };
  /** The node from which it says that it announces, where nothing of it was seen but this. */
  readonly noted?: string;
}

interface Agent {
  readonly about: ObjectRef;
  readonly containers: readonly Container[];
}

/** Who among these DaemonSets and static Pods may answer for addresses of this Service. */
export function rivalAnnouncers(
  service: Service,
  daemonSets: readonly Workload[],
  pods: readonly Pod[],
): readonly RivalAnnouncer[] {
  const agents = [
    ...daemonSets
      .filter(({ status }) => status.desired > 0)
      .map((each) => ({ about: refOf(each), containers: each.spec.template.containers })),
    ...pods
      .filter(isStatic)
      .map((each) => ({ about: refOf(each), containers: each.spec.containers })),
  ];
  return rivalProducts.flatMap(({ product, workloads, answers }): readonly RivalAnnouncer[] => {
    if (answers === undefined || answers.heeds?.(service) === false) {
      return [];
    }
    const own = agents.filter(({ about }) => workloads.test(about.name));
    return own.length === 0
      ? notedOn(service, product, answers)
      : own.flatMap((agent) => rivalIn(agent, service, { name: product, ...answers }));
  });
}

/** The kubelet makes them from a file; control planes have each their own. */
function isStatic({ metadata }: Pod): boolean {
  return metadata.ownerReferences.some(({ kind }) => kind === 'Node');
}

function rivalIn(
  { about, containers }: Agent,
  service: Service,
  product: Answering & { readonly name: string },
): readonly RivalAnnouncer[] {
  const named = wordNaming(service, containers);
  const rival = { ...product, about, ...(named !== undefined && { named }) };
  if (product.isOn?.(containers) !== false) {
    return [rival];
  }
  const { ownHow } = product;
  return named === undefined || ownHow === undefined ? [] : [{ ...rival, how: ownHow }];
}

function notedOn(service: Service, name: string, answers: Answering): readonly RivalAnnouncer[] {
  const { note } = answers;
  const noted =
    note === undefined
      ? undefined
      : new Map(Object.entries(service.metadata.annotations)).get(note);
  return noted === undefined ? [] : [{ name, about: refOf(service), noted, ...answers }];
}

/** What its containers are told that contains an address of the Service. */
function wordNaming(service: Service, containers: readonly Container[]): RivalAnnouncer['named'] {
  const addresses = new Set(addressesIn(service).flatMap((text) => parseAddress(text) ?? []));
  const words = containers.flatMap(({ command, args, env }) => [
    ...[...command, ...args].map((word) => ({ path: 'args', word })),
    ...Object.entries(env).map(([key, word]) => ({ path: `env ${key}`, word })),
  ]);
  return words.find(({ word }) =>
    word.split(/[^0-9a-fA-F.:]/).some((text) => {
      const address = parseAddress(text);
      return address !== undefined && addresses.has(address);
    }),
  );
}
