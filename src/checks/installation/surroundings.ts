import type { Check } from '../../core/diagnosis/check.ts';
import { configurationIsConverted } from './configuration-is-converted.ts';
import { configurationIsThere } from './configuration-is-there.ts';
import { controllerReachesTheAPIServer } from './controller-reaches-the-api-server.ts';
import { controllerSeesChanges } from './controller-sees-changes.ts';
import { frrComesUp } from './frr-comes-up.ts';
import { frrk8sComesUp } from './frr-k8s-comes-up.ts';
import { frrk8sIsWanted } from './frr-k8s-is-wanted.ts';
import { gitOpsCanApply } from './git-ops-can-apply.ts';
import { metricsAreWhereAsked } from './metrics-are-where-asked.ts';
import { noServiceIsHeld } from './no-service-is-held.ts';
import { nobodyElseWrites } from './nobody-else-writes.ts';
import { operatorHasItsOrder } from './operator-has-its-order.ts';
import { podsMayBeCreated } from './pods-may-be-created.ts';
import { probesGetThrough } from './probes-get-through.ts';
import { servicesMayBeMade } from './services-may-be-made.ts';
import { speakersAreScheduled } from './speakers-are-scheduled.ts';
import { speakersCoverTheNodes } from './speakers-cover-the-nodes.ts';
import { speakersFindTheirPorts } from './speakers-find-their-ports.ts';
import { speakersHaveTheirRights } from './speakers-have-their-rights.ts';
import { speakersHaveTheirSecret } from './speakers-have-their-secret.ts';
import { speakersReachTheAPIServer } from './speakers-reach-the-api-server.ts';
import { webhookAnswersChanges } from './webhook-answers-changes.ts';
import { webhookCertificateIsWhole } from './webhook-certificate-is-whole.ts';
import { webhookHasOneWriter } from './webhook-has-one-writer.ts';
import { webhookSecretIsThere } from './webhook-secret-is-there.ts';

/** What surrounds MetalLB: the API server, who may make pods, the webhook, GitOps, what an upgrade left behind. */
export const surroundingChecks: readonly Check[] = [
  operatorHasItsOrder,
  controllerReachesTheAPIServer,
  controllerSeesChanges,
  speakersReachTheAPIServer,
  podsMayBeCreated,
  servicesMayBeMade,
  probesGetThrough,
  speakersHaveTheirRights,
  speakersFindTheirPorts,
  speakersHaveTheirSecret,
  speakersAreScheduled,
  speakersCoverTheNodes,
  frrComesUp,
  frrk8sComesUp,
  webhookSecretIsThere,
  webhookCertificateIsWhole,
  webhookAnswersChanges,
  webhookHasOneWriter,
  gitOpsCanApply,
  configurationIsThere,
  configurationIsConverted,
  metricsAreWhereAsked,
  frrk8sIsWanted,
  noServiceIsHeld,
  nobodyElseWrites,
];
