import type { KubeEvent } from '../../../core/facts/kube-objects.ts';

const good = new Set(['succeeded', 'success', 'successfully']);
const bad = new Set(['not', 'failed', 'without']);

/** True when whoever applies things says here that it went well: `ReconciliationSucceeded`, `Sync operation succeeded`. */
export function tellsOfSuccess({ type, reason, message }: KubeEvent): boolean {
  const words = `${reason} ${message}`.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
  const said = words.map((word) => word.toLowerCase());
  return (
    type === 'Normal' && said.some((word) => good.has(word)) && !said.some((word) => bad.has(word))
  );
}
