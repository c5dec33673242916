import type { Check } from '../../core/diagnosis/check.ts';
import { allSharersElectOneNode } from './all-sharers-elect-one-node.ts';
import { aLocalEndpointMayAnnounce } from './a-local-endpoint-may-announce.ts';
import { aNodeMayAnnounce } from './a-node-may-announce.ts';
import { anAdvertisementSelectsANode } from './an-advertisement-selects-a-node.ts';
import { anAdvertisementTakesIt } from './an-advertisement-takes-it.ts';
import { anEndpointCanServe } from './an-endpoint-can-serve.ts';
import { anEndpointStays } from './an-endpoint-stays.ts';
import { anInterfaceAnswers } from './an-interface-answers.ts';
import { ciliumLeavesItAlone } from './cilium-leaves-it-alone.ts';
import { electedNodesAreWell } from './elected-nodes-are-well.ts';
import { electedNodesHaveTheirInterfaces } from './elected-nodes-have-their-interfaces.ts';
import { everyAddressIsAnnounced } from './every-address-is-announced.ts';
import { itsConfigurationIsLoaded } from './its-configuration-is-loaded.ts';
import { itsPoolIsAnnounced } from './its-pool-is-announced.ts';
import { itsSpeakerMayListen } from './its-speaker-may-listen.ts';
import { layerTwoCanWorkHere } from './layer-two-can-work-here.ts';
import { noProxyAnswersBesides } from './no-proxy-answers-besides.ts';
import { noTwoNodesAnnounce } from './no-two-nodes-announce.ts';
import { nobodyElseAnnounces } from './nobody-else-announces.ts';
import { oneNodeAnnounces } from './one-node-announces.ts';
import { onlyTheAnnouncerAnswers } from './only-the-announcer-answers.ts';
import { sharersElectOneNode } from './sharers-elect-one-node.ts';
import { speakersWorkForIt } from './speakers-work-for-it.ts';
import { theAddressIsNoNodesOwn } from './the-address-is-no-nodes-own.ts';
import { theAddressIsInASubnet } from './the-address-is-in-a-subnet.ts';
import { theClassesAgree } from './the-classes-agree.ts';
import { theElectedNodeAnnounces } from './the-elected-node-announces.ts';
import { theElectedNodeIsWell } from './the-elected-node-is-well.ts';
import { theStatusCanBeAnnounced } from './the-status-can-be-announced.ts';

/** What keeps layer 2 from announcing an address, in the order in which a packet meets it. */
export const layer2Checks: readonly Check[] = [
  itsPoolIsAnnounced,
  anAdvertisementTakesIt,
  anAdvertisementSelectsANode,
  aNodeMayAnnounce,
  aLocalEndpointMayAnnounce,
  theStatusCanBeAnnounced,
  theClassesAgree,
  itsConfigurationIsLoaded,
  speakersWorkForIt,
  anEndpointCanServe,
  anEndpointStays,
  theElectedNodeIsWell,
  oneNodeAnnounces,
  sharersElectOneNode,
  theElectedNodeAnnounces,
  anInterfaceAnswers,
  itsSpeakerMayListen,
  onlyTheAnnouncerAnswers,
  theAddressIsInASubnet,
  theAddressIsNoNodesOwn,
  nobodyElseAnnounces,
  ciliumLeavesItAlone,
  layerTwoCanWorkHere,
  everyAddressIsAnnounced,
  noTwoNodesAnnounce,
  noProxyAnswersBesides,
  electedNodesHaveTheirInterfaces,
  electedNodesAreWell,
  allSharersElectOneNode,
];
