import { kubectl } from '../../../core/diagnosis/kubectl.ts';
import type { Remedy } from '../../../core/facts/finding.ts';
import type { Installation } from '../../../core/facts/snapshot.ts';
import { otherName } from './other-name.ts';
import { compareAuthorities, dryRun, renewCertificate, tryPod } from './remedies.ts';
import type { CallScene, CallTelling } from './telling.ts';
import { unreachable } from './unreachable.ts';

/** Tells which of the reasons behind the one headline it is, or which remain. */
export function tellCall(scene: CallScene): CallTelling {
  const { call, backends } = scene;
  if (backends.strangers.length > 0) {
    return misled(scene);
  }
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
    case 'tunnelled':
      return unanswered(scene, state);
    case 'other':
      return open(scene);
  }
}

/** Behind a pod that is not up nobody answers, and the way to it is not in question. */
function unanswered(scene: CallScene, state: 'down' | 'starting' | 'up'): CallTelling {
  if (state === 'down') {
    return withoutEndpoints(scene);
  }
  return scene.backends.isUp ? unreachable(scene) : starting(scene);
}

/** A selector that fits other pods, too, sends them some of the calls. */
function misled({ backends, asked }: CallScene): CallTelling {
  const { name = '', namespace = '' } = asked?.metadata ?? {};
  const others = backends.strangers.map(({ metadata }) => metadata.name).toSorted();
  return {
    cause: 'webhook-fails',
    says: `Service ${name} of MetalLB's webhook also leads to pods that are not MetalLB's, and a call that lands there fails`,
    details: [`its selector fits ${others.join(', ')}, too`],
    suggests: [
      {
        says: 'see what it selects; narrow the selector to the controller, or move the other pods to another namespace',
        command: kubectl`-n ${namespace} get service ${name} -o jsonpath='{.spec.selector}'`,
        mutates: false,
      },
      {
        says: 'see what stands behind it',
        command: kubectl`-n ${namespace} get endpointslices -l ${`kubernetes.io/service-name=${name}`}`,
        mutates: false,
      },
    ],
  };
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
  const why = backends.selectsNobody
    ? 'its selector fits no pod'
    : 'the controller was down or restarting';
  return {
    cause: 'webhook-without-endpoints',
    says: `no pod stood behind MetalLB's webhook (Service ${service}), so changes of MetalLB's objects were refused: ${why}`,
    details: [withoutEndpointsNow(backends)],
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

function withoutEndpointsNow({ isUp, selectsNobody }: CallScene['backends']): string {
  if (selectsNobody) {
    return 'the labels of the controller are others than the Service asks for: apply manifest or chart of one version whole';
  }
  return isUp
    ? 'a pod is ready now: apply or sync again, and find out why it restarted'
    : 'no pod is ready now either: get the controller up first';
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

function seePods({ namespace }: Installation): Remedy {
  return {
    says: `see how the controller's pod fares`,
    command: kubectl`-n ${namespace} get pods -o wide`,
    mutates: false,
  };
}
