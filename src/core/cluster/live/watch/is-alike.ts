import type { KubeObject } from '../../../facts/kube-objects.ts';

/** Who wrote last, and when, is no news by itself: nodes write every few minutes. */
export function isAlike(before: KubeObject | undefined, after: KubeObject): boolean {
  return before !== undefined && withoutWriters(before) === withoutWriters(after);
}

function withoutWriters({ metadata, ...rest }: KubeObject): string {
  const { managedFields: _writers, generation: _generation, ...more } = metadata;
  return JSON.stringify([more, rest]);
}
