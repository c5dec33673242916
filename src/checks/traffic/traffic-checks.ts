import type { Check } from '../../core/diagnosis/check.ts';
import { aPodIsChosen } from './a-pod-is-chosen.ts';
import { aPodIsReady } from './a-pod-is-ready.ts';
import { answersFindTheirWayBack } from './answers-find-their-way-back.ts';
import { eachFamilyHasEndpoints } from './each-family-has-endpoints.ts';
import { endpointsAreOnNodesThatAnswer } from './endpoints-are-on-nodes-that-answer.ts';
import { endpointsFollowThePods } from './endpoints-follow-the-pods.ts';
import { everyAddressHasAnEndpoint } from './every-address-has-an-endpoint.ts';
import { everyPortHasAnEndpoint } from './every-port-has-an-endpoint.ts';
import { handMadeEndpointsServe } from './hand-made-endpoints-serve.ts';
import { itWasTriedFromOutside } from './it-was-tried-from-outside.ts';
import { kubeProxyIsAtWork } from './kube-proxy-is-at-work.ts';
import { kubeProxyMindsTheService } from './kube-proxy-minds-the-service.ts';
import { kubeProxyWritesItsRules } from './kube-proxy-writes-its-rules.ts';
import { networkPoliciesLetItIn } from './network-policies-let-it-in.ts';
import { noNodeSaysItDrops } from './no-node-says-it-drops.ts';
import { nobodyClaimsItByExternalIPs } from './nobody-claims-it-by-external-ips.ts';
import { nodesKeepApart } from './nodes-keep-apart.ts';
import { onlyReadyPodsArePublished } from './only-ready-pods-are-published.ts';
import { pluginPoliciesLetItIn } from './plugin-policies-let-it-in.ts';
import { sourceRangesLetClientsIn } from './source-ranges-let-clients-in.ts';
import { theNetworkPluginIsAtWork } from './the-network-plugin-is-at-work.ts';
import { theTargetPortIsDeclared } from './the-target-port-is-declared.ts';

/** Every check on what lies behind an announced address, in the order in which they are asked. */
export const trafficChecks: readonly Check[] = [
  aPodIsChosen,
  aPodIsReady,
  endpointsFollowThePods,
  everyPortHasAnEndpoint,
  theTargetPortIsDeclared,
  eachFamilyHasEndpoints,
  handMadeEndpointsServe,
  networkPoliciesLetItIn,
  pluginPoliciesLetItIn,
  sourceRangesLetClientsIn,
  kubeProxyIsAtWork,
  theNetworkPluginIsAtWork,
  nodesKeepApart,
  kubeProxyMindsTheService,
  kubeProxyWritesItsRules,
  endpointsAreOnNodesThatAnswer,
  onlyReadyPodsArePublished,
  nobodyClaimsItByExternalIPs,
  answersFindTheirWayBack,
  itWasTriedFromOutside,
  noNodeSaysItDrops,
  everyAddressHasAnEndpoint,
];
