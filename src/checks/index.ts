import type { Check } from '../core/diagnosis/check.ts';
import { metallbIsAlone } from './allocation/metallb-is-alone.ts';
import { metallbSaidWhy } from './allocation/metallb-said-why.ts';
import { metallbWasWoken } from './allocation/metallb-was-woken.ts';
import { theRequestWasFollowed } from './allocation/the-request-was-followed.ts';
import { onePoolHasBothFamilies } from './allocation/one-pool-has-both-families.ts';
import { oneRequestOnly } from './allocation/one-request-only.ts';
import { poolsMayBeWritten } from './allocation/pools-may-be-written.ts';
import { somePoolHasAddresses } from './allocation/some-pool-has-addresses.ts';
import { somePoolHasRoom } from './allocation/some-pool-has-room.ts';
import { somePoolHasTheFamily } from './allocation/some-pool-has-the-family.ts';
import { somePoolIsAutomatic } from './allocation/some-pool-is-automatic.ts';
import { somePoolIsForTheService } from './allocation/some-pool-is-for-the-service.ts';
import { theAnnotationIsKnown } from './allocation/the-annotation-is-known.ts';
import { theClassIsServed } from './allocation/the-class-is-served.ts';
import { theClusterIPsSuffice } from './allocation/the-cluster-ips-suffice.ts';
import { thePolicyFitsTheClusterIPs } from './allocation/the-policy-fits-the-cluster-ips.ts';
import { theRequestCanBeRead } from './allocation/the-request-can-be-read.ts';
import { theRequestIsRead } from './allocation/the-request-is-read.ts';
import { theRequestedAddressIsFree } from './allocation/the-requested-address-is-free.ts';
import { theRequestedAddressIsInAPool } from './allocation/the-requested-address-is-in-a-pool.ts';
import { theRequestedAddressIsUsable } from './allocation/the-requested-address-is-usable.ts';
import { theRequestedFamilyFits } from './allocation/the-requested-family-fits.ts';
import { theRequestedPoolExists } from './allocation/the-requested-pool-exists.ts';
import { theRequestedPoolHasRoom } from './allocation/the-requested-pool-has-room.ts';
import { theRequestedPoolIsForTheService } from './allocation/the-requested-pool-is-for-the-service.ts';
import { theRequestsAgree } from './allocation/the-requests-agree.ts';
import { theRequestsAreSpelledRight } from './allocation/the-requests-are-spelled-right.ts';
import { thereIsAClusterIP } from './allocation/there-is-a-cluster-ip.ts';
import { thereIsAPool } from './allocation/there-is-a-pool.ts';
import { theSharedPortIsFree } from './allocation/the-shared-port-is-free.ts';
import { theSharingBackendsAgree } from './allocation/the-sharing-backends-agree.ts';
import { theSharingKeyIsRead } from './allocation/the-sharing-key-is-read.ts';
import { theSharingKeysAgree } from './allocation/the-sharing-keys-agree.ts';
import { bgpChecks } from './bgp/bgp-checks.ts';
import { addressesStayPut } from './health/addresses-stay-put.ts';
import { annotationsAreCurrent } from './health/annotations-are-current.ts';
import { controllersDoNotOverlap } from './health/controllers-do-not-overlap.ts';
import { everyAddressIsInAPool } from './health/every-address-is-in-a-pool.ts';
import { everyAdvertisementSelectsSomething } from './health/every-advertisement-selects-something.ts';
import { everyPinningNamesSomebody } from './health/every-pinning-names-somebody.ts';
import { everyPoolHasAddresses } from './health/every-pool-has-addresses.ts';
import { everyPoolIsAdvertised } from './health/every-pool-is-advertised.ts';
import { externalIPsAreNotOurs } from './health/external-ips-are-not-ours.ts';
import { itsPoolIsAdvertised } from './health/its-pool-is-advertised.ts';
import { layerTwoFindsItsNodes } from './health/layer-two-finds-its-nodes.ts';
import { noAddressChangedLately } from './health/no-address-changed-lately.ts';
import { noAddressIsFiltered } from './health/no-address-is-filtered.ts';
import { noAddressIsHeldTwice } from './health/no-address-is-held-twice.ts';
import { noStaleFlagLingers } from './health/no-stale-flag-lingers.ts';
import { noStatusIsLeftBehind } from './health/no-status-is-left-behind.ts';
import { pinnedPoolsDoNotSpill } from './health/pinned-pools-do-not-spill.ts';
import { poolChangesMovedNobody } from './health/pool-changes-moved-nobody.ts';
import { poolsHaveRoom } from './health/pools-have-room.ts';
import { noNodeAddressIsInAPool, poolsKeepClearOfTheCluster } from './health/pools-keep-clear.ts';
import { restartsKeptAddresses } from './health/restarts-kept-addresses.ts';
import { configurationIsCurrent } from './installation/configuration-is-current.ts';
import { configurationIsAccepted } from './installation/configuration-is-accepted.ts';
import { controllerExists } from './installation/controller-exists.ts';
import { controllerHasItsRights } from './installation/controller-has-its-rights.ts';
import { controllerImageIsPulled } from './installation/controller-image-is-pulled.ts';
import { controllerIsReady } from './installation/controller-is-ready.ts';
import { controllerIsScheduled } from './installation/controller-is-scheduled.ts';
import { controllerKeepsRunning } from './installation/controller-keeps-running.ts';
import { crdsFit } from './installation/crds-fit.ts';
import { metallbIsInstalled } from './installation/metallb-is-installed.ts';
import { noAddressIsStranded } from './installation/no-address-is-stranded.ts';
import { oneController } from './installation/one-controller.ts';
import { programsAcceptConfiguration } from './installation/programs-accept-configuration.ts';
import { speakerImageIsPulled } from './installation/speaker-image-is-pulled.ts';
import { speakersAcceptConfiguration } from './installation/speakers-accept-configuration.ts';
import { speakersAreReady } from './installation/speakers-are-ready.ts';
import { speakersExist } from './installation/speakers-exist.ts';
import { speakersKeepRunning } from './installation/speakers-keep-running.ts';
import { speakersSayValid } from './installation/speakers-say-valid.ts';
import { surroundingChecks } from './installation/surroundings.ts';
import { statusIsWritten } from './installation/status-is-written.ts';
import { versionsAgree } from './installation/versions-agree.ts';
import { webhookCanAnswer } from './installation/webhook-can-answer.ts';
import { layer2Checks } from './layer2/layer2-checks.ts';
import { trafficChecks } from './traffic/traffic-checks.ts';
import { wireChecks } from './wire/wire-checks.ts';

/** Every check, in the order in which they are asked and listed: MetalLB itself first, then its decisions. */
export const checks: readonly Check[] = [
  metallbIsInstalled,
  controllerExists,
  controllerIsScheduled,
  controllerImageIsPulled,
  controllerKeepsRunning,
  controllerIsReady,
  controllerHasItsRights,
  oneController,
  configurationIsAccepted,
  programsAcceptConfiguration,
  speakersAcceptConfiguration,
  speakersSayValid,
  configurationIsCurrent,
  noAddressIsStranded,
  statusIsWritten,
  speakersExist,
  speakersKeepRunning,
  speakersAreReady,
  speakerImageIsPulled,
  versionsAgree,
  crdsFit,
  webhookCanAnswer,
  ...surroundingChecks,
  theClassIsServed,
  somePoolHasRoom,
  somePoolHasAddresses,
  somePoolIsAutomatic,
  somePoolIsForTheService,
  thereIsAPool,
  somePoolHasTheFamily,
  onePoolHasBothFamilies,
  theClusterIPsSuffice,
  thereIsAClusterIP,
  thePolicyFitsTheClusterIPs,
  oneRequestOnly,
  theRequestCanBeRead,
  theAnnotationIsKnown,
  theRequestIsRead,
  theRequestsAreSpelledRight,
  theRequestedFamilyFits,
  theRequestedAddressIsInAPool,
  theRequestedAddressIsUsable,
  theRequestedPoolIsForTheService,
  theRequestedAddressIsFree,
  theSharingKeysAgree,
  theSharingKeyIsRead,
  theSharingBackendsAgree,
  theSharedPortIsFree,
  theRequestsAgree,
  theRequestedPoolExists,
  theRequestedPoolHasRoom,
  metallbIsAlone,
  metallbWasWoken,
  theRequestWasFollowed,
  metallbSaidWhy,
  poolsMayBeWritten,
  everyPoolIsAdvertised,
  itsPoolIsAdvertised,
  layerTwoFindsItsNodes,
  everyAdvertisementSelectsSomething,
  everyAddressIsInAPool,
  noAddressIsHeldTwice,
  poolsHaveRoom,
  everyPoolHasAddresses,
  everyPinningNamesSomebody,
  pinnedPoolsDoNotSpill,
  noAddressIsFiltered,
  addressesStayPut,
  poolChangesMovedNobody,
  restartsKeptAddresses,
  noStatusIsLeftBehind,
  externalIPsAreNotOurs,
  annotationsAreCurrent,
  noStaleFlagLingers,
  noAddressChangedLately,
  controllersDoNotOverlap,
  noNodeAddressIsInAPool,
  poolsKeepClearOfTheCluster,
  ...layer2Checks,
  ...bgpChecks,
  ...wireChecks,
  ...trafficChecks,
];
