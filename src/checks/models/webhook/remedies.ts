import { kubectl, shellWord } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Installation } from '../../../core/facts/snapshot.ts';
import { isOlder } from '../../../core/metallb/releases.ts';
import type { CallScene } from './telling.ts';

/** The Secret in which the controller keeps its certificate; it has another name before v0.14.4. */
export function certificateSecret({
  controllerVersion,
}: Pick<Installation, 'controllerVersion'>): string {
  const isOld = controllerVersion !== undefined && isOlder(controllerVersion, 'v0.14.4');
  return isOld ? 'webhook-server-cert' : 'metallb-webhook-cert';
}

/** Asks the webhook for its word on a pool, without making one. */
export function dryRun({ namespace }: Installation): Remedy {
  const pool = {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { generateName: 'dry-run-', namespace },
    spec: { addresses: ['192.0.2.1/32'] },
  };
  return {
    says: 'see whether it answers now (creates nothing)',
    command: `echo ${shellWord(JSON.stringify(pool))} | kubectl create --dry-run=server -f -`,
    mutates: false,
  };
}

/** Shows both sides of the trust: the CA the API server was given, and the one the controller signs with. */
export function compareAuthorities(installation: Installation): Remedy {
  const given = `kubectl get validatingwebhookconfiguration metallb-webhook-configuration -o jsonpath='{.webhooks[0].clientConfig.caBundle}'`;
  const own = `${kubectl`-n ${installation.namespace} get secret ${certificateSecret(installation)}`} -o jsonpath='{.data.ca\\.crt}'`;
  return {
    says: 'compare the CA of the webhook configuration with the one of the controller (a certificate, no key)',
    command: `[ "$(${given})" = "$(${own})" ] && echo same || echo different`,
    mutates: false,
  };
}

/**
 * Lets the controller make a new certificate and hand its CA to the API server. The Secret is emptied, not deleted:
 * the controller's pod mounts it, and most versions do not make one that is missing.
 */
export function renewCertificate(installation: Installation): Remedy {
  const { namespace } = installation;
  const handle = installation.controller?.name ?? 'controller';
  return {
    says: 'let the controller make a new certificate and hand out its CA; keep GitOps and Helm away from both',
    command: `${kubectl`-n ${namespace} patch secret ${certificateSecret(installation)} --type=merge -p ${'{"data":null}'}`} && ${kubectl`-n ${namespace} rollout restart ${`deployment/${handle}`}`}`,
    mutates: true,
  };
}

/** Tries the way to the pod itself. */
export function tryPod({ backends }: CallScene): Remedy {
  const address = backends.pods[0]?.status.podIP ?? 'POD-ADDRESS';
  const host = address.includes(':') ? `[${address}]` : address;
  return {
    says: 'try the way itself, on a control plane node: an answer of any kind means that it is open',
    command: `curl -kv --max-time 3 ${shellWord(`https://${host}:9443/`)}`,
    mutates: false,
  };
}
