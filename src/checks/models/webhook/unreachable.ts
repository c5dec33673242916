import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Installation } from '../../../core/facts/snapshot.ts';
import type { CallFailure } from './calls.ts';
import { dryRun, tryPod } from './remedies.ts';
import type { CallScene, CallTelling } from './telling.ts';

/** Nobody answered on the way from the API server to the pod. */
export function unreachable(scene: CallScene): CallTelling {
  const { call, installation } = scene;
  const differ = familiesDiffer(scene);
  if (differ !== undefined) {
    return differ;
  }
  return {
    cause: 'webhook-unreachable',
    ...wayOf(call.failure),
    suggests:
      call.failure === 'tunnelled'
        ? [seePolicies(installation), dryRun(installation)]
        : [tryPod(scene), dryRun(installation), seePolicies(installation)],
  };
}

/** Which way the call took, and what is in it. */
function wayOf(failure: CallFailure): Pick<CallTelling, 'says' | 'details'> {
  if (failure === 'proxied') {
    return {
      says: `the API server calls MetalLB's webhook through a proxy, which cannot reach it`,
      details: [
        'HTTPS_PROXY is set for the API server: NO_PROXY must hold .svc and the Service addresses',
      ],
    };
  }
  if (failure === 'tunnelled') {
    return {
      says: `the API server calls MetalLB's webhook through the tunnel to a node (k3s, RKE2), and from there the pod does not answer`,
      details: [
        'that is no HTTP proxy of yours: a network policy or firewall shuts port 9443 of the pod, or the tunnel to its node is down (egress-selector-mode of the server)',
      ],
    };
  }
  return {
    says: `the API server cannot reach MetalLB's webhook, although its pod runs: the way from the control plane to the pods is blocked`,
    details: [
      'the control plane must reach port 9443 of the pod: firewall of the nodes, CNI without the control plane, a network policy',
    ],
  };
}

/** The API server only calls by its own family; the Service `kubernetes` shows which that is. */
function familiesDiffer({ asked, services, installation }: CallScene): CallTelling | undefined {
  const own = services.find(
    ({ metadata }) => metadata.name === 'kubernetes' && metadata.namespace === 'default',
  )?.spec.ipFamilies[0];
  const families = asked?.spec.ipFamilies ?? [];
  if (own === undefined || families.length === 0 || families.includes(own)) {
    return undefined;
  }
  const { name = '', namespace = '' } = asked?.metadata ?? {};
  const patch = JSON.stringify({ spec: { ipFamilyPolicy: 'PreferDualStack' } });
  return {
    cause: 'webhook-family-differs',
    says: `the API server speaks ${own}, and the Service of MetalLB's webhook only ${families.join(' and ')}`,
    details: [`${namespace}/${name} has ipFamilies ${families.join(', ')}`],
    suggests: [
      {
        says: 'give the Service both families (and write it into the manifest it comes from)',
        command: kubectl`-n ${namespace} patch service ${name} --type=merge -p ${patch}`,
        mutates: true,
      },
      dryRun(installation),
    ],
  };
}

function seePolicies({ namespace }: Installation): Remedy {
  return {
    says: 'see whether a network policy guards the controller',
    command: kubectl`-n ${namespace} get networkpolicies -o yaml`,
    mutates: false,
  };
}
