import { type Found } from '../../core/diagnosis/check.ts';
import type { Endpoint } from '../../core/facts/kube-objects.ts';
import { canServe } from '../../core/metallb/election/serving.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { gravityIn, type Layer2Scene } from '../models/layer2/scene.ts';
import { nodesText } from '../models/layer2/told.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { clusterPolicy, seeEndpoints } from '../models/service-remedies.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** With externalTrafficPolicy Local a node must both be allowed to announce and have an endpoint of its own. */
export const aLocalEndpointMayAnnounce = layer2Check({
  id: 'MLB-L05',
  asks: 'With policy Local: is an endpoint on a node that may announce?',
  causes: ['local-endpoints-elsewhere', 'endpoints-without-node'],
  link: 'eligible',
  skip: ({ service }) =>
    service.spec.externalTrafficPolicy === 'Local'
      ? undefined
      : 'its externalTrafficPolicy is not Local',
  run: (scene) => {
    if (!scene.serves || scene.ideal.candidates.length > 0) {
      return [];
    }
    if (scene.servingNodes.length === 0) {
      return [withoutNode(scene)];
    }
    // one that a label bars is told by MLB-L03
    const selected = selectedIn(scene);
    return scene.servingNodes.some((node) => selected.has(node)) || selected.size === 0
      ? []
      : [elsewhere(scene, [...selected].toSorted())];
  },
});

/** Nodes that an advertisement of the Service selects. */
function selectedIn({ ideal, announcing }: Layer2Scene): ReadonlySet<string> {
  return new Set(
    announcing.speakers.nodes
      .filter((node) => {
        const kind = ideal.obstacleOn(node)?.kind;
        return kind !== 'node-not-selected' && kind !== 'service-not-advertised';
      })
      .map(({ name }) => name),
  );
}

function servingEndpoints({ slices }: Layer2Scene): readonly Endpoint[] {
  return slices.flatMap(({ endpoints }) => endpoints).filter(canServe);
}

function withoutNode(scene: Layer2Scene): Found {
  const { service, slices } = scene;
  const about = refOf(service);
  const [slice] = slices;
  const where = slice === undefined ? about : refOf(slice);
  const count = servingEndpoints(scene).length;
  return {
    cause: 'endpoints-without-node',
    severity: gravityIn(scene),
    about,
    affects: [about],
    says: `with externalTrafficPolicy: Local nobody announces it, because its endpoints do not say on which node they are`,
    details: [
      `${count} endpoint${count === 1 ? '' : 's'} without nodeName, in ${slices.map(({ metadata }) => metadata.name).join(', ')}`,
      'Kubernetes fills nodeName in for pods that a selector finds; endpoints made by hand have none unless it is written',
    ],
    because: [seenField(where, 'endpoints[].nodeName', '(not set)')],
    suggests: [
      seeEndpoints(
        service,
        'write nodeName into the endpoints, if they are on nodes of this cluster',
      ),
      clusterPolicy(service),
    ],
  };
}

function elsewhere(scene: Layer2Scene, selected: readonly string[]): Found {
  const { service, servingNodes, slices, pools } = scene;
  const about = refOf(service);
  const [slice] = slices;
  const names = pools.flatMap(({ l2 }) => l2.map(({ name }) => `l2/${name}`)).toSorted();
  return {
    cause: 'local-endpoints-elsewhere',
    severity: gravityIn(scene),
    about,
    affects: [about],
    says: `its endpoints are on ${someOf(servingNodes)}, and only ${someOf(selected)} may announce it: with externalTrafficPolicy: Local nobody does`,
    details: [
      `endpoints that can serve: on ${nodesText(servingNodes)}`,
      `selected by ${someOf([...new Set(names)])}: ${nodesText(selected)}`,
    ],
    because: [
      seenField(about, 'spec.externalTrafficPolicy', 'Local'),
      ...(slice === undefined
        ? []
        : [seenField(refOf(slice), 'endpoints[].nodeName', servingNodes.join(', '))]),
    ],
    suggests: [
      {
        says: 'let the pods run on a node that announces, or let the advertisement select the nodes they run on',
        command: 'kubectl get nodes --show-labels',
        mutates: false,
      },
      clusterPolicy(service),
    ],
  };
}
