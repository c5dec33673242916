import type { CauseId, Remedy } from '../../../core/facts/finding.ts';
import { kubectl, shellWord } from '../../../core/diagnosis/kubectl.ts';
import type { Service } from '../../../core/facts/kube-objects.ts';
import type { Installation } from '../../../core/facts/snapshot.ts';
import type { Backends } from './backends.ts';
import type { FailedCall } from './calls.ts';
import { compareAuthorities, dryRun, renewCertificate } from './remedies.ts';

/** All that decides which of the reasons it is. */
export interface CallScene {
  readonly call: FailedCall;
  readonly backends: Backends;
  readonly installation: Installation;
  readonly services: readonly Service[];
}

/** One of the reasons behind "failed calling webhook", and what to do about it. */
export interface CallTelling {
  readonly cause: CauseId;
  readonly says: string;
  readonly details: readonly string[];
  readonly suggests: readonly Remedy[];
}

/** Tells which of the reasons behind the one headline it is, or which remain. */
export function tellCall(scene: CallScene): CallTelling {
  const { call, backends } = scene;
  const state = backends.stateAt(call.at);
  switch (call.failure) {
    case 'untrusted':
    case 'expired':
      return untrusted(scene);
    case 'other-name':
    case 'no-service':
      return otherName(scene);
    case 'no-endpoints':
      return withoutEndpoints(scene);
    case 'refused':
      return state === 'up' ? open(scene) : starting(scene);
    case 'unanswered':
    case 'proxied':
      return state === 'down' ? withoutEndpoints(scene) : unreachable(scene);
    case 'other':
      return open(scene);
  }
}

function starting({ backends, installation }: CallScene): CallTelling {
  return {
    cause: 'webhook-not-ready',
    says: `MetalLB's webhook was called before it was up, so changes of MetalLB's objects were refused`,
    details: [
      backends.isUp
        ? 'it has come up since: apply or sync again'
        : 'its pod is not ready: see why, it answers only then',
    ],
    suggests: [dryRun(installation), seePods(installation)],
  };
}

function withoutEndpoints({ backends, installation, call }: CallScene): CallTelling {
  const service = call.service?.name ?? 'metallb-webhook-service';
  return {
    cause: 'webhook-without-endpoints',
    says: `no pod stood behind MetalLB's webhook (Service ${service}), so changes of MetalLB's objects were refused: the controller was down or restarting`,
    details: [
      backends.isUp
        ? 'a pod is ready now: apply or sync again, and find out why it restarted'
        : 'no pod is ready now either: get the controller up first',
    ],
    suggests: [
      backends.isUp ? dryRun(installation) : seePods(installation),
      {
        says: 'see what stands behind the webhook',
        command: kubectl`-n ${installation.namespace} get endpointslices -l ${`kubernetes.io/service-name=${service}`}`,
        mutates: false,
      },
    ],
  };
}

function unreachable(scene: CallScene): CallTelling {
  const { call, installation } = scene;
  const differ = familiesDiffer(scene);
  if (differ !== undefined) {
    return differ;
  }
  const viaProxy = call.failure === 'proxied';
  return {
    cause: 'webhook-unreachable',
    says: viaProxy
      ? `the API server calls MetalLB's webhook through a proxy, which cannot reach it`
      : `the API server cannot reach MetalLB's webhook, although its pod runs: the way from the control plane to the pods is blocked`,
    details: viaProxy
      ? ['HTTPS_PROXY is set for the API server: NO_PROXY must hold .svc and the Service addresses']
      : [
          'the control plane must reach port 9443 of the pod: firewall of the nodes, CNI without the control plane, a network policy',
        ],
    suggests: [tryPod(scene), dryRun(installation), seePolicies(installation)],
  };
}

/** Only one of several reasons; which one, a command tells. */
function open(scene: CallScene): CallTelling {
  const { installation, call } = scene;
  const remain =
    call.failure === 'refused'
      ? [
          'it may be: the program does not serve port 9443 although it is Ready (certificate not made; see its log)',
          'or: a firewall or network policy that rejects instead of dropping',
        ]
      : ['the words of the API server fit none of the known reasons'];
  return {
    cause: 'webhook-fails',
    says: `the API server cannot call MetalLB's webhook, and the reason is not certain yet`,
    details: remain,
    suggests: [dryRun(installation), tryPod(scene), compareAuthorities(installation)],
  };
}

function untrusted({ installation, call }: CallScene): CallTelling {
  return {
    cause: 'webhook-untrusted',
    says:
      call.failure === 'expired'
        ? `the certificate of MetalLB's webhook has expired, so changes of MetalLB's objects are refused`
        : `the API server does not trust MetalLB's webhook, so changes of MetalLB's objects are refused: the CA it was given is not the one that signed the certificate`,
    details:
      call.failure === 'expired'
        ? ['the controller renews it by itself as long as it may write the Secret']
        : [
            'the caBundle of the webhook configuration and the CA in the Secret differ: GitOps put an old one back, or the Secret was replaced',
          ],
    suggests: [compareAuthorities(installation), renewCertificate(installation)],
  };
}

function otherName({ installation, call }: CallScene): CallTelling {
  const name = call.service?.name ?? 'the Service';
  const isGone = call.failure === 'no-service';
  return {
    cause: 'webhook-name-differs',
    says: isGone
      ? `the webhook configuration asks a Service that does not exist, so changes of MetalLB's objects are refused`
      : `the certificate of MetalLB's webhook is for another name than ${name}, so changes of MetalLB's objects are refused`,
    details: [
      'the Service is called metallb-webhook-service since v0.14.4 and was webhook-service before; --cert-service-name of the controller must be the same name',
    ],
    suggests: [
      {
        says: 'compare the three names: the Services, what the webhook configuration asks, what the controller is started with',
        command: `${kubectl`-n ${installation.namespace} get services`}; kubectl get validatingwebhookconfiguration metallb-webhook-configuration -o jsonpath='{.webhooks[*].clientConfig.service.name}'`,
        mutates: false,
      },
      {
        says: 'apply manifest or chart of one version whole; a webhook configuration left over from another one is to be deleted',
        command:
          'kubectl get validatingwebhookconfigurations -o custom-columns=NAME:.metadata.name,SERVICE:.webhooks[0].clientConfig.service.name | grep -i -e metallb -e webhook-service',
        mutates: false,
      },
    ],
  };
}

/** The API server only calls by its own family; the Service `kubernetes` shows which that is. */
function familiesDiffer({ call, services, installation }: CallScene): CallTelling | undefined {
  const asked = services.find(
    ({ metadata }) =>
      metadata.name === (call.service?.name ?? 'metallb-webhook-service') &&
      metadata.namespace === (call.service?.namespace ?? installation.namespace),
  );
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

function tryPod({ backends }: CallScene): Remedy {
  const address = backends.pods[0]?.status.podIP ?? 'POD-ADDRESS';
  const host = address.includes(':') ? `[${address}]` : address;
  return {
    says: 'try the way itself, on a control plane node: an answer of any kind means that it is open',
    command: `curl -kv --max-time 3 ${shellWord(`https://${host}:9443/`)}`,
    mutates: false,
  };
}

function seePolicies({ namespace }: Installation): Remedy {
  return {
    says: 'see whether a network policy guards the controller',
    command: kubectl`-n ${namespace} get networkpolicies -o yaml`,
    mutates: false,
  };
}

function seePods({ namespace }: Installation): Remedy {
  return {
    says: `see how the controller's pod fares`,
    command: kubectl`-n ${namespace} get pods -o wide`,
    mutates: false,
  };
}
