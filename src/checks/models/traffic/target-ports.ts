import type { Pod, Service, ServicePort } from '../../../core/facts/kube-objects.ts';
import { editDistance } from '../allocation/near.ts';
import type { Backend } from './backends.ts';

/** `80/TCP`, with its name where it has one. */
export function portText({ name, port, protocol }: ServicePort): string {
  return name === undefined ? `${port}/${protocol}` : `${port}/${protocol} (${name})`;
}

/** What the Service sends a port to: a number, or the name that a container gives one. */
export function targetOf({ port, targetPort }: ServicePort): string | number {
  return targetPort === undefined || targetPort === '' ? port : targetPort;
}

/** The endpoints that kube-proxy finds for a port: by the port's name and protocol in their slice. */
export function backendsForPort(
  { name, protocol }: ServicePort,
  backends: readonly Backend[],
): readonly Backend[] {
  return backends.filter(({ slice }) =>
    slice.ports.some(
      (each) =>
        each.name === name && (each.protocol ?? 'TCP') === protocol && each.port !== undefined,
    ),
  );
}

/** Ports of the Service for which none of these endpoints stands. */
export function portsWithout(
  { spec }: Service,
  backends: readonly Backend[],
): readonly ServicePort[] {
  return spec.ports.filter((port) => backendsForPort(port, backends).length === 0);
}

/** A port that a container says it serves. */
export interface DeclaredPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
}

/** Every port that containers of these pods declare, each once. */
export function declaredPorts(pods: readonly Pod[]): readonly DeclaredPort[] {
  const ports = pods.flatMap(({ spec }) => spec.containers.flatMap((each) => each.ports));
  return [...new Map(ports.map((port) => [declaredText(port), port])).values()].toSorted(
    (a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : 1),
  );
}

/** `http (8080/TCP)`. */
export function declaredText({ name, port, protocol }: DeclaredPort): string {
  return name === undefined ? `${port}/${protocol}` : `${name} (${port}/${protocol})`;
}

/** The number that a target has in a pod, as the endpoints have it; undefined when a name is not found there. */
export function numberIn(pod: Pod, port: ServicePort): number | undefined {
  const target = targetOf(port);
  return typeof target === 'number'
    ? target
    : pod.spec.containers
        .flatMap(({ ports }) => ports)
        .find(({ name, protocol }) => name === target && protocol === port.protocol)?.port;
}

/** No port has a longer name; what a forged dump holds may. */
const longestName = 63;

/** The declared name that was probably meant. */
export function nearestDeclared(
  target: string,
  declared: readonly DeclaredPort[],
): DeclaredPort | undefined {
  return declared
    .flatMap((each) =>
      each.name === undefined || Math.max(each.name.length, target.length) > longestName
        ? []
        : [{ each, distance: editDistance(target.toLowerCase(), each.name.toLowerCase()) }],
    )
    .filter(({ each, distance }) => distance <= 2 || each.name?.includes(target) === true)
    .toSorted((a, b) => a.distance - b.distance)[0]?.each;
}
