import type { Pod } from '../../../core/facts/kube-objects.ts';

/** `app=web, tier=front`. */
export function labelsText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .toSorted()
    .join(', ');
}

/** `web-1 on worker-1`. */
export function podText({ metadata, spec }: Pod): string {
  return spec.nodeName === undefined ? metadata.name : `${metadata.name} on ${spec.nodeName}`;
}

/** Whose fault it is, where it is not MetalLB's. */
export const notMetalLBs =
  'MetalLB has no part in this: it is for whoever runs the application behind the Service';
