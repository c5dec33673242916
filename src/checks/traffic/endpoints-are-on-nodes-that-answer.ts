import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Node, Service } from '../../core/facts/kube-objects.ts';
import { agoText } from '../models/ages.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';
import { type Backend, servingOf } from '../models/traffic/backends.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { noServedAddress } from '../models/one-service.ts';

/** Until Kubernetes gives a silent node up, its pods pass for ready, and traffic still goes there. */
export const endpointsAreOnNodesThatAnswer = defineCheck({
  id: 'MLB-D12',
  asks: 'Are the endpoints of the Service on nodes that are ready?',
  symptoms: ['no-traffic'],
  causes: ['endpoints-on-unready-nodes'],
  link: 'data-path',
  needs: ['endpointSlices', 'nodes'],
  helps: [],
  enoughInNamespace: ['endpointSlices'],
  skipWhen: noServedAddress,
  run: (facts, service) => {
    const serving = service === undefined ? [] : servingOf(service, facts);
    const unready = facts.nodes.filter(isUnready);
    const struck = serving.filter(({ endpoint }) =>
      unready.some(({ metadata }) => metadata.name === endpoint.nodeName),
    );
    return service === undefined || struck.length === 0
      ? []
      : [finding({ service, serving, struck, unready }, facts.takenAt)];
  },
});

/** A node that says nothing of its readiness is no kubelet's. */
function isUnready({ status }: Node): boolean {
  return status.conditions.some(({ type, status: is }) => type === 'Ready' && is !== 'True');
}

interface Scene {
  readonly service: Service;
  readonly serving: readonly Backend[];
  readonly struck: readonly Backend[];
  readonly unready: readonly Node[];
}

function finding({ service, serving, struck, unready }: Scene, now: string): Found {
  const about = refOf(service);
  const places = new Set(struck.map(({ endpoint }) => endpoint.nodeName));
  const nodes = unready.filter(({ metadata }) => places.has(metadata.name));
  const names = nodes.map(({ metadata }) => metadata.name).toSorted();
  const isAll = struck.length === serving.length;
  const [first = ''] = names;
  return {
    cause: 'endpoints-on-unready-nodes',
    severity: isAll ? 'error' : 'warning',
    about,
    affects: [about],
    says: `${shareText(struck.length, serving.length)} of ${keyOfService(service)} ${struck.length === 1 ? 'is' : 'are'} on ${someOf(names)}, which ${names.length === 1 ? 'is' : 'are'} not ready`,
    details: [
      ...nodes.slice(0, 4).map((node) => nodeLine(node, now)),
      isAll
        ? 'nothing else can take the traffic until the pods are made elsewhere, five minutes after the node fell silent (tolerationSeconds: 300); MetalLB moving the address does not help'
        : 'until Kubernetes gives the node up, about that share of the connections hangs',
    ],
    because: nodes
      .slice(0, 4)
      .map((node) =>
        seenField(refOf(node), 'status.conditions[Ready]', readyOf(node)?.status ?? ''),
      ),
    doubts: ['only the kubelet is silent there, and the pods go on serving'],
    suggests: [
      {
        says: 'see what is wrong with the node',
        command: kubectl`describe node ${first}`,
        mutates: false,
      },
    ],
  };
}

function shareText(struck: number, all: number): string {
  if (all === 1) {
    return 'the only endpoint';
  }
  return struck === all ? `all ${all} endpoints` : `${struck} of ${all} endpoints`;
}

function readyOf({ status }: Node) {
  return status.conditions.find(({ type }) => type === 'Ready');
}

function nodeLine(node: Node, now: string): string {
  const ready = readyOf(node);
  const words = [ready?.reason, ready?.message].filter((part) => part !== undefined).join(': ');
  const since = agoText(ready?.lastTransitionTime, now);
  return `${node.metadata.name} ${since === '' ? 'is not ready' : `ceased to be ready${since}`}${words === '' ? '' : `: ${words}`}`;
}
