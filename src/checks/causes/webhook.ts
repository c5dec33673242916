import type { Cause } from '../../core/diagnosis/cause.ts';

const looksLike =
  'kubectl apply of a pool ends with: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io". Addresses that are given out go on working.';

const notAllocation =
  'Not the reason for a pending Service, unless the refused change was to bring its pool: allocation does not pass through the webhook. Deleting the webhook configuration hides it and lets broken configuration in.';

/** The reasons behind one headline: "failed calling webhook". */
export const webhookCauses: readonly Cause[] = [
  {
    id: 'crd-conversion-missing',
    title: 'The definition of BGPPeers has no conversion webhook',
    stage: 'installation',
    law: 'The controller writes its CA into the webhook configuration and into the conversion stanza of the CRD bgppeers.metallb.io; without the stanza it never finishes.',
    looksLike:
      'Below v0.16 the controller never becomes ready; its log says "Unable to inject cert to webhook." again and again.',
    why: 'The CRDs were applied in part, by another tool, or are of another release.',
    howToBeSure:
      "kubectl get crd bgppeers.metallb.io -o jsonpath='{.spec.conversion}' prints nothing or None.",
    whatToDo: 'Apply the CRDs of the running version whole, then restart the controller.',
    whatItIsNot: 'Not a damaged Secret: then the log says "secret is not well-formed".',
    explains: [
      'controller-not-ready',
      'webhook-not-ready',
      'webhook-without-endpoints',
      'webhook-unreachable-risk',
      'waiting-for-retry',
    ],
  },
  {
    id: 'webhook-secret-missing',
    title: "The Secret of MetalLB's webhook is missing",
    stage: 'installation',
    law: "The controller's pod mounts the Secret of its webhook certificate; it fills the Secret, but manifest or chart has to make it.",
    looksLike:
      'The controller stays in ContainerCreating; the event FailedMount says that the Secret was not found. Every new Service is pending.',
    why: 'It was deleted (often as a cure for x509 errors), pruned by GitOps, or an upgrade across v0.14.4 left the old name webhook-server-cert behind.',
    howToBeSure:
      'kubectl describe pod of the controller, and kubectl get secrets in its namespace.',
    whatToDo: 'Create it, empty; the controller fills it. Put it back where it is declared.',
    whatItIsNot:
      'Not the memberlist Secret, which the controller makes by itself and only speakers mount.',
    explains: [
      'controller-not-ready',
      'webhook-not-ready',
      'webhook-without-endpoints',
      'webhook-fails',
      'memberlist-secret-missing',
      'waiting-for-retry',
    ],
  },
  {
    id: 'webhook-secret-damaged',
    title: "The Secret of MetalLB's webhook is incomplete",
    stage: 'installation',
    law: 'The controller keeps CA and certificate in one Secret with four keys, and hands the CA out only when all four are there.',
    looksLike:
      'Its log says "secret is not well-formed, cannot update webhook configurations"; sooner or later changes of pools are refused.',
    why: 'A Helm upgrade, a GitOps sync or a second installation put the empty Secret of the manifest over the filled one.',
    howToBeSure:
      'kubectl describe secret metallb-webhook-cert: fewer than ca.crt, ca.key, tls.crt and tls.key, or empty ones.',
    whatToDo:
      'Empty the Secret and restart the controller, which fills it anew; do not delete it, the pod mounts it. Take its data out of what GitOps compares.',
    whatItIsNot: notAllocation,
    explains: ['webhook-unreachable-risk', 'webhook-untrusted', 'webhook-not-ready'],
  },
  {
    id: 'webhook-untrusted',
    title: "The API server does not trust MetalLB's webhook",
    stage: 'installation',
    law: 'The API server believes a webhook only when its certificate was signed by the CA that stands in the webhook configuration.',
    looksLike:
      'Applying a pool ends with "x509: certificate signed by unknown authority"; the controller logs "TLS handshake error … bad certificate".',
    why: 'The caBundle is of an older Secret: GitOps or Helm put an old one back, the Secret was made anew, or the first sync was faster than the controller.',
    howToBeSure: 'The caBundle of the webhook configuration and ca.crt of the Secret differ.',
    whatToDo:
      'Empty the Secret and restart the controller, which writes both sides anew; let GitOps ignore caBundle.',
    whatItIsNot: notAllocation,
    explains: ['webhook-unreachable-risk', 'no-pool'],
  },
  {
    id: 'webhook-name-differs',
    title: "MetalLB's webhook is asked by a name that it does not have",
    stage: 'installation',
    law: 'The certificate is made for the name that --cert-service-name gives, and the API server calls the Service that the webhook configuration names: both must be the same, and exist.',
    looksLike:
      'Applying a pool ends with "x509: certificate is valid for …, not …" or "service … not found".',
    why: 'v0.14.4 renamed webhook-service to metallb-webhook-service; one part is of an older manifest, or a packager uses a name of his own.',
    howToBeSure:
      'Compare the Services of the namespace, clientConfig.service.name and the arguments of the controller.',
    whatToDo:
      'Apply manifest or chart of one version whole, and delete what an older one left behind.',
    whatItIsNot: notAllocation,
    explains: ['webhook-unreachable-risk', 'no-pool'],
  },
  {
    id: 'webhook-family-differs',
    title: 'The API server and the webhook Service speak different IP families',
    stage: 'installation',
    law: 'The API server calls a webhook by the address of its Service, and only by a family it speaks itself.',
    looksLike:
      'On a dual-stack or IPv6 cluster every change of a pool times out or finds no route.',
    why: 'The webhook Service is single-stack of the family that comes first in the cluster, the API server listens on the other (#2785).',
    howToBeSure: 'Compare ipFamilies of metallb-webhook-service and of default/kubernetes.',
    whatToDo: 'Set ipFamilyPolicy: PreferDualStack on the webhook Service.',
    whatItIsNot: 'Not a firewall, although it looks the same from outside.',
    explains: ['no-pool'],
  },
  {
    id: 'webhook-unreachable',
    title: "The API server cannot reach MetalLB's webhook",
    stage: 'installation',
    law: "The API server itself opens the connection: from the control plane's host to port 9443 of the controller's pod.",
    looksLike,
    why: 'A firewall between nodes, a control plane that is no part of the pod network (managed clusters, some CNIs), a network policy, or a proxy set for the API server without an exception for .svc. The words are "context deadline exceeded", "i/o timeout" or "no route to host".',
    howToBeSure:
      'On a control plane node: curl -kv https://POD-ADDRESS:9443/ hangs. From another pod it works.',
    whatToDo:
      'Open port 9443 from the control plane to the pods, or run the controller with host network there.',
    whatItIsNot: `Not a certificate: that is never reached. ${notAllocation}`,
    explains: ['no-pool'],
  },
  {
    id: 'webhook-not-ready',
    title: "MetalLB's webhook was called before it was up",
    stage: 'installation',
    law: 'Before the controller is ready it has no certificate and nobody listens on port 9443.',
    looksLike: `${looksLike} The words are "connection refused", seconds or minutes after an installation or a restart.`,
    why: 'Pools are applied together with MetalLB and not after it; or the controller does not become ready.',
    howToBeSure: 'The pod became Ready after the call, or is not Ready yet.',
    whatToDo:
      'Apply again once it is Ready; order the sync (waves, dependsOn, --wait). From v0.16 on Ready does not prove it: ask by a dry run.',
    whatItIsNot: 'Not a firewall, as long as nobody listens anyway.',
    explains: ['no-pool'],
  },
  {
    id: 'webhook-without-endpoints',
    title: "No pod stands behind MetalLB's webhook",
    stage: 'installation',
    law: 'A Service without ready pods has no endpoints, and the API server refuses the change at once.',
    looksLike: `${looksLike} The words are "no endpoints available for service".`,
    why: 'The controller restarts, is down, or the selector of the webhook Service fits no pod.',
    howToBeSure: 'kubectl get endpointslices of the webhook Service: empty.',
    whatToDo: 'Get the controller up and keep it up; then apply again.',
    whatItIsNot: 'Not a network problem: nothing was sent yet.',
    explains: ['no-pool'],
  },
  {
    id: 'webhook-fails',
    title: "The API server cannot call MetalLB's webhook, for a reason that is still open",
    stage: 'installation',
    law: 'With failurePolicy Fail, a webhook that cannot be called refuses every change it guards.',
    looksLike,
    why: 'Four reasons give the same headline: it is not up yet, the way is blocked, the CA does not fit, no pod stands behind it. What was recorded fits more than one.',
    howToBeSure:
      'Ask it: kubectl create --dry-run=server of a pool. The end of its error says which: refused, deadline, x509 or no endpoints.',
    whatToDo: 'Run the dry run, then follow the page of the reason it shows.',
    whatItIsNot: notAllocation,
    explains: ['no-pool'],
  },
  {
    id: 'webhook-certificate-contested',
    title: "GitOps and the controller both write the webhook's CA",
    stage: 'installation',
    law: 'The controller fills in caBundle by itself; a GitOps tool that compares every field sees drift.',
    looksLike: 'Argo CD shows OutOfSync for ever, or syncs every few minutes; all works.',
    why: 'caBundle of the webhook configuration and of the CRD bgppeers.metallb.io is not ignored (#1681, #2571).',
    howToBeSure: 'managedFields of the webhook configuration name both writers with fresh times.',
    whatToDo: 'Let GitOps ignore these two fields.',
    whatItIsNot:
      'Not an incident. Between two writes a change of a pool may be refused once; try again.',
    explains: [],
  },
];
