import type { LogLine } from '../testimony/log-lines.ts';
import type { DeniedRight } from './denied-rights.ts';

/** Which reconciler of a speaker needs the lists of a kind before it says its first word (v0.14 to v0.16). */
const readers: readonly (readonly [controller: RegExp, resources: readonly string[]])[] = [
  [/^ServiceReconciler/, ['services', 'endpointslices']],
  [/^Layer2StatusReconciler/, ['servicel2statuses']],
  [/^ServiceBGPStatus/, ['servicebgpstatuses']],
  [/^ConfigurationStateReconciler/, ['configurationstates']],
  [/^NodeReconciler/, ['nodes']],
  [
    /^ConfigReconciler/,
    [
      'ipaddresspools',
      'l2advertisements',
      'bgpadvertisements',
      'bgppeers',
      'bfdprofiles',
      'communities',
      'namespaces',
    ],
  ],
];

/**
 * True when a speaker that waited for this list has it now: what needs the list has begun since. One that lost the
 * right while it ran goes on with what it knows, so its work proves nothing.
 */
export function isGivenBack(
  { line, verb, resource }: DeniedRight,
  all: readonly LogLine[],
): boolean {
  const own = all.filter(({ pod, container, previous }) => {
    return pod === line.pod && container === line.container && !previous;
  });
  const works = (each: LogLine) => isWorkOn(resource, each);
  if (verb !== 'list' && verb !== 'watch') {
    return false;
  }
  if (line.previous) {
    return own.some(works);
  }
  const at = own.indexOf(line);
  const before = own.slice(0, at);
  return before.some(isStart) && !before.some(works) && own.slice(at).some(works);
}

function isWorkOn(resource: string, { values }: LogLine): boolean {
  const controller = values.get('controller') ?? '';
  return (
    values.has('start reconcile') &&
    readers.some(([name, resources]) => name.test(controller) && resources.includes(resource))
  );
}

function isStart({ values }: LogLine): boolean {
  return values.get('msg') === 'Starting Manager';
}
