import type { IPAddressPool } from '../facts/kube-objects.ts';
import type { ConfigurationProblem } from './configuration.ts';
import { loadConfiguration } from './load-configuration.ts';
import type { ControllerSettings } from './model-input.ts';

/** The validating webhook's word on one IPAddressPool. */
export type Admission =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      /** Any of these may be the one that is reported; the order pools are looked at in is not fixed. */
      readonly messages: readonly string[];
      readonly problems: readonly ConfigurationProblem[];
    };

/** What is known when a pool is written. */
export interface AdmissionRequest {
  readonly pool: IPAddressPool;
  /** All pools as they were before. */
  readonly stored: readonly IPAddressPool[];
  readonly isCreate: boolean;
  readonly settings: Pick<ControllerSettings, 'namespace' | 'bgpType' | 'version'>;
}

/**
 * Whether the webhook lets the pool pass. It parses every stored pool along with it, so one that is broken already
 * refuses them all; it reads neither namespaces nor communities.
 */
export function admissionOf({ pool, stored, isCreate, settings }: AdmissionRequest): Admission {
  const { namespace } = settings;
  if (isCreate && pool.metadata.namespace !== namespace) {
    const messages = [`resource must be created in ${namespace} namespace`];
    return { allowed: false, messages, problems: [] };
  }
  const others = stored.filter(
    ({ metadata }) =>
      metadata.namespace === namespace &&
      !(metadata.name === pool.metadata.name && metadata.namespace === pool.metadata.namespace),
  );
  const written = { ...pool, metadata: { ...pool.metadata, namespace } };
  const pools = [...others, written];
  const loaded = loadConfiguration({ ...settings, pools, communities: [], namespaces: [] });
  return loaded.state === 'accepted'
    ? { allowed: true }
    : {
        allowed: false,
        messages: loaded.problems.map(({ message }) => message),
        problems: loaded.problems,
      };
}
