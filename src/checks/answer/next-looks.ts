import { shellWord } from '../../core/diagnosis/kubectl.ts';
import type { IpAddress } from '../../core/facts/ip.ts';
import type { Node, Service } from '../../core/facts/kube-objects.ts';
import type { AddressPath } from '../../core/facts/path.ts';
import type { WireLook } from '../../core/facts/wire.ts';
import { addressesIn } from '../models/services.ts';
import { askedAgain } from './asked-again.ts';
import { nodeToLookFrom } from './node-to-look-from.ts';

/** What stands behind the words of an answer that names no fault. */
export interface Unbroken {
  readonly service: Service;
  readonly address: IpAddress | undefined;
  readonly client: IpAddress | undefined;
  readonly paths: readonly AddressPath[];
  /** `traffic to shop/web`. */
  readonly traffic: string;
  readonly hasLooked: boolean;
  readonly looks: readonly WireLook[];
  readonly nodes: readonly Node[];
}

/** Where to look when the cluster has nothing more to tell: from where the client is. */
export function nextLooks(scene: Unbroken): readonly string[] {
  const { service, paths, looks, nodes } = scene;
  const question = askedAgain(scene);
  const [address = ''] = addressesIn(service);
  const tcp = service.spec.ports.find(({ protocol }) => protocol === 'TCP');
  const unseen = paths.find((path) => path.by.includes('layer2') && !hasAnswer(path));
  return [
    ...(unseen === undefined ? [] : lookAgain(question, unseen, { looks, nodes })),
    ...(tcp === undefined
      ? []
      : [`curl -v --connect-timeout 3 ${shellWord(`telnet://${hostText(address)}:${tcp.port}`)}`]),
  ];
}

/** Sudo forgets where triage is, and where the kubeconfig is. */
const asRoot = 'sudo --preserve-env=HOME,KUBECONFIG env "PATH=$PATH"';

/** The same look shows the same: with the right that was missing, or from another node, it shows more. */
function lookAgain(
  question: string,
  path: AddressPath,
  seen: Pick<Unbroken, 'looks' | 'nodes'>,
): readonly string[] {
  if (seen.looks.some(({ method }) => method === 'neighbours')) {
    return [`${asRoot} triage no-traffic ${question} --probe`];
  }
  const node = nodeToLookFrom(path, seen);
  if (seen.looks.length > 0) {
    return node === undefined
      ? []
      : [`triage no-traffic ${question} --from-node ${shellWord(node)}`];
  }
  return [`triage no-traffic ${question} --probe`];
}

function hasAnswer({ steps }: AddressPath): boolean {
  return steps.some(({ question, answer }) => question === 'wire' && answer === 'good');
}

function hostText(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
