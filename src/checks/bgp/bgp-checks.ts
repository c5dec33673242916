import type { Check } from '../../core/diagnosis/check.ts';
import { aPeerIsToHearOfIt } from './a-peer-is-to-hear-of-it.ts';
import { aPeerTakesTheFamily } from './a-peer-takes-the-family.ts';
import { anEndpointLetsItBeAdvertised } from './an-endpoint-lets-it-be-advertised.ts';
import { aServingEndpointIsTrusted } from './a-serving-endpoint-is-trusted.ts';
import { bfdIsAnswered } from './bfd-is-answered.ts';
import { equalPrefixesAgree } from './equal-prefixes-agree.ts';
import { everySessionIsUp } from './every-session-is-up.ts';
import { frrIsThere } from './frr-is-there.ts';
import { frrServesIt } from './frr-serves-it.ts';
import { frrTakesItsConfiguration } from './frr-takes-its-configuration.ts';
import { aSpeakerDialsARouter } from './a-speaker-dials-a-router.ts';
import { itsSpeakersAreConfigured } from './its-speakers-are-configured.ts';
import { itsSessionsAreUp } from './its-sessions-are-up.ts';
import { noOtherBGPIsInTheWay } from './no-other-bgp-is-in-the-way.ts';
import { noWayIsLeftOver } from './no-way-is-left-over.ts';
import { someNodeDialsAPeer } from './some-node-dials-a-peer.ts';
import { someNodeMayAdvertise } from './some-node-may-advertise.ts';
import { thePeersNamedExist } from './the-peers-named-exist.ts';
import { thePreferencesAgree } from './the-preferences-agree.ts';
import { thePrefixIsItsOwn } from './the-prefix-is-its-own.ts';
import { theServiceIsSelected } from './the-service-is-selected.ts';
import { theSpeakersSaySo } from './the-speakers-say-so.ts';
import { somethingSpeaksBGP } from './something-speaks-bgp.ts';

/** Every check on what keeps BGP from announcing an address, in the order in which they are asked. */
export const bgpChecks: readonly Check[] = [
  aPeerIsToHearOfIt,
  thePeersNamedExist,
  someNodeDialsAPeer,
  theServiceIsSelected,
  thePreferencesAgree,
  aPeerTakesTheFamily,
  someNodeMayAdvertise,
  aServingEndpointIsTrusted,
  anEndpointLetsItBeAdvertised,
  aSpeakerDialsARouter,
  frrIsThere,
  frrServesIt,
  itsSpeakersAreConfigured,
  frrTakesItsConfiguration,
  itsSessionsAreUp,
  bfdIsAnswered,
  equalPrefixesAgree,
  theSpeakersSaySo,
  thePrefixIsItsOwn,
  noOtherBGPIsInTheWay,
  noWayIsLeftOver,
  somethingSpeaksBGP,
  everySessionIsUp,
];
