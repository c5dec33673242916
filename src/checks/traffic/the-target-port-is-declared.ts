import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Pod, Service, ServicePort } from '../../core/facts/kube-objects.ts';
import { itemsIfRead, type Reading } from '../../core/facts/reading.ts';
import type { WireLook } from '../../core/facts/wire.ts';
import { isReady } from '../models/programs/programs.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { podsBehind, stays } from '../models/traffic/backends.ts';
import { noSelector } from '../models/traffic/question.ts';
import {
  type DeclaredPort,
  declaredPorts,
  declaredText,
  portText,
  targetOf,
} from '../models/traffic/target-ports.ts';
import { notMetalLBs } from '../models/traffic/words.ts';
import { editService } from '../models/service-remedies.ts';

/** Containers need not declare what they serve; where they do, a port that none declares is mostly a mistake. */
export const theTargetPortIsDeclared = defineCheck({
  id: 'MLB-D05',
  asks: 'Do the containers declare the ports that the Service sends traffic to?',
  symptoms: ['no-traffic'],
  causes: ['target-port-undeclared'],
  link: 'data-path',
  basis: 'inferred',
  needs: [],
  helps: ['pods', 'wire'],
  enoughInNamespace: ['pods'],
  skipWhen: (facts, subject) => {
    const why = noSelector(facts, subject);
    if (why !== undefined || subject === undefined) {
      return why;
    }
    return podsBehind(subject, facts) === undefined
      ? 'the pods of its namespace were not read'
      : undefined;
  },
  run: (facts, service) => {
    if (service === undefined) {
      return [];
    }
    const pods = (podsBehind(service, facts) ?? []).filter((pod) => stays(pod) && isReady(pod));
    const declared = declaredPorts(pods);
    const silent = pods.some(({ spec }) =>
      spec.containers.every(({ ports }) => ports.length === 0),
    );
    const strange = service.spec.ports.filter((port) => isStrange(port, declared));
    return declared.length === 0 || silent || strange.length === 0
      ? []
      : strange.map((port) => finding(service, port, { pods, declared, wire: facts.wire }));
  },
});

/** A name that nobody has is told by MLB-D04. */
function isStrange(port: ServicePort, declared: readonly DeclaredPort[]): boolean {
  const target = targetOf(port);
  return (
    typeof target === 'number' &&
    !declared.some((each) => each.port === target && each.protocol === port.protocol)
  );
}

interface Scene {
  readonly pods: readonly Pod[];
  readonly declared: readonly DeclaredPort[];
  readonly wire: Reading<WireLook>;
}

function finding(service: Service, port: ServicePort, scene: Scene): Found {
  const { pods, declared } = scene;
  const about = refOf(service);
  const target = targetOf(port);
  const other = declared.find((each) => each.port === target);
  const refused = isRefused(service, port, scene.wire);
  const all = declared.map(declaredText).join(', ');
  const way = `port ${portText(port)} of ${keyOfService(service)} goes to ${target}/${port.protocol}`;
  return {
    cause: 'target-port-undeclared',
    severity: refused ? 'warning' : 'info',
    about,
    affects: [about],
    says:
      other === undefined
        ? `${way}, which no container behind it declares`
        : `${way}, and the containers declare ${target} for ${other.protocol}`,
    details: [
      `their containers declare ${all}`,
      refused
        ? 'the port was refused when it was tried: nothing listens where it leads to'
        : 'containers may serve ports that they do not declare, so this need not be a mistake',
      notMetalLBs,
    ],
    because: [
      seenField(about, `spec.ports[${port.port}].targetPort`, `${target}/${port.protocol}`),
      ...pods.slice(0, 1).map((pod) => seenField(refOf(pod), 'spec.containers[].ports', all)),
    ],
    doubts: [`a program behind it listens on ${target} without declaring it`],
    suggests: [
      editService(
        service,
        'if it is a mistake, set targetPort to the port that the program serves',
      ),
    ],
  };
}

/** True when somebody tried this port, and was told that nobody listens. */
function isRefused(service: Service, { port }: ServicePort, wire: Reading<WireLook>): boolean {
  const own = addressesIn(service);
  return itemsIfRead(wire).some(
    ({ address, ports }) =>
      own.includes(address) &&
      ports.some((each) => each.port === port && each.outcome === 'refused'),
  );
}
