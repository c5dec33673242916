import type { Evidence } from '../../../core/facts/evidence.ts';
import type { ConfigMap, Node, Workload } from '../../../core/facts/kube-objects.ts';
import type { ObjectRef } from '../../../core/facts/object-ref.ts';
import { itemsIfRead, namespacesRead, type Reading } from '../../../core/facts/reading.ts';
import { refOf } from '../references.ts';
import { seenField } from '../seen.ts';
import { linuxNodes } from '../traffic/service-proxies.ts';
import { isUnstrict, proxyModeIn } from '../wire/proxy-mode.ts';

/** A kube-proxy that leaves answering to nobody: where it works that way, and who says so. */
export interface UnstrictProxy {
  readonly about: ObjectRef;
  /** The nodes it is so on; empty means all. */
  readonly nodes: readonly string[];
  readonly because: readonly Evidence[];
}

/** What the objects tell of the mode that kube-proxy works in. */
interface ProxySigns {
  readonly configMaps: Reading<ConfigMap>;
  readonly daemonSets: readonly Workload[];
  readonly nodes: readonly Node[];
}

/** Where kube-proxy works with IPVS and without strictARP; undefined when nothing says that it does. */
export function unstrictProxyIn(signs: ProxySigns): UnstrictProxy | undefined {
  if (linuxNodes(signs.nodes).length === 1) {
    // the only node that could answer besides is the one that shall
    return undefined;
  }
  return byArguments(proxyWorkload(signs)) ?? byFile(signs) ?? byNodes(signs.nodes);
}

/** True when it is known without the ConfigMap of kube-proxy how it works: arguments say so, or no such file is used. */
export function needsNoFile({ daemonSets, nodes }: Omit<ProxySigns, 'configMaps'>): boolean {
  const workload = proxyWorkload({ daemonSets });
  if (workload !== undefined) {
    return wordsOf(workload).some((word) => word.startsWith('--proxy-mode'));
  }
  const showsOthers = daemonSets.some(
    ({ metadata }) =>
      metadata.namespace === 'kube-system' || /^(?:cilium|ovnkube)/.test(metadata.name),
  );
  return showsOthers || (nodes.length > 0 && nodes.every(isBuiltIn));
}

/** True when the ConfigMaps of kube-proxy's namespace are known, whatever of MetalLB's. */
export function areProxysRead(configMaps: Reading<ConfigMap>): boolean {
  return (
    configMaps.state === 'read' && namespacesRead(configMaps)?.includes('kube-system') === true
  );
}

function proxyWorkload({ daemonSets }: Pick<ProxySigns, 'daemonSets'>): Workload | undefined {
  return daemonSets.find(({ metadata }) => isProxy(metadata));
}

/** k3s and RKE2 run it by themselves, from arguments that the node has in an annotation. */
function isBuiltIn({ status }: Node): boolean {
  return /\+(?:k3s|rke2)/.test(status.kubeletVersion ?? '');
}

function wordsOf({ spec }: Workload): readonly string[] {
  return spec.template.containers.flatMap(({ command, args }) => [...command, ...args]);
}

function byArguments(workload: Workload | undefined): UnstrictProxy | undefined {
  const words = workload === undefined ? [] : wordsOf(workload);
  return workload === undefined || !areUnstrict(words.join(' '))
    ? undefined
    : {
        about: refOf(workload),
        nodes: [],
        because: [seenField(refOf(workload), 'args', words.filter(isOfMode).join(' '))],
      };
}

function byFile({ configMaps }: ProxySigns): UnstrictProxy | undefined {
  const file = itemsIfRead(configMaps).find(({ metadata }) => isProxy(metadata));
  return file === undefined || !isUnstrict(proxyModeIn(configMaps))
    ? undefined
    : {
        about: refOf(file),
        nodes: [],
        because: [
          seenField(refOf(file), 'config.conf mode', 'ipvs'),
          seenField(refOf(file), 'config.conf ipvs.strictARP', 'false'),
        ],
      };
}

const nodeNotes = ['k3s.io/node-args', 'rke2.io/node-args'] as const;

function byNodes(nodes: readonly Node[]): UnstrictProxy | undefined {
  const told = nodes.flatMap((node) => {
    const notes = new Map(Object.entries(node.metadata.annotations));
    return nodeNotes.flatMap((note) => {
      const text = notes.get(note) ?? '';
      return areUnstrict(text) ? [{ about: refOf(node), note, text }] : [];
    });
  });
  const [first] = told;
  return first === undefined
    ? undefined
    : {
        about: first.about,
        nodes: [...new Set(told.map(({ about }) => about.name))].toSorted(),
        because: told
          .slice(0, shown)
          .map(({ about, note, text }) => seenField(about, `metadata.annotations[${note}]`, text)),
      };
}

const shown = 3;

/** A flag without a value is true. */
function areUnstrict(words: string): boolean {
  return (
    /\bproxy-mode[= ]ipvs\b/.test(words) &&
    !/\bipvs-strict-arp(?:=true\b|=1\b|(?![=\w-]))/.test(words)
  );
}

function isOfMode(word: string): boolean {
  return word.includes('proxy-mode') || word.includes('ipvs');
}

/** True for the DaemonSet and the ConfigMap that kubeadm makes for kube-proxy. */
export function isProxy({ namespace, name }: ConfigMap['metadata']): boolean {
  return namespace === 'kube-system' && name === 'kube-proxy';
}
