import type { Check } from '../core/diagnosis/check.ts';
import { conclude, type Conclusion, uniqueMissing } from '../core/diagnosis/conclude.ts';
import { asSeenBy, othersByClass, withFirst } from '../core/diagnosis/installation-for.ts';
import { judge, type Judgement } from '../core/diagnosis/judge.ts';
import { type Material, materialFrom } from '../core/diagnosis/material.ts';
import { inPathOrder } from '../core/diagnosis/path-order.ts';
import { silencedAmong, suppress, type Suppression } from '../core/diagnosis/suppress.ts';
import type { Diagnosis, SuppressedCause, Symptom } from '../core/facts/finding.ts';
import type { IpAddress } from '../core/facts/ip.ts';
import type { Service } from '../core/facts/kube-objects.ts';
import type { ObjectRef } from '../core/facts/object-ref.ts';
import { itemsIfRead } from '../core/facts/reading.ts';
import type { Snapshot } from '../core/facts/snapshot.ts';
import { metallbIsAlone } from './allocation/metallb-is-alone.ts';
import { type Ways, waysOf } from './answer/path/address-paths.ts';
import { beyondTheCluster } from './answer/beyond-the-cluster.ts';
import { healthAnswer, type HealthScene } from './answer/health-answer.ts';
import { inAddressPools } from './answer/in-address-pools.ts';
import { inConfigMap } from './answer/in-a-config-map.ts';
import { withKeepers } from './answer/kept-in-git.ts';
import { withMending } from './answer/mended-alone.ts';
import { hasAWay, noTrafficAnswer } from './answer/no-traffic-answer.ts';
import { causesAt, seenAt, wayTo } from './answer/one-address.ts';
import { pendingAnswer } from './answer/pending-answer.ts';
import { poolsInUse } from './answer/pools-in-use.ts';
import { scopeOf } from './answer/scope.ts';
import { unseenWire } from './answer/unseen-wire.ts';
import { withBugs } from './answer/with-bugs.ts';
import { withoutSuppressions } from './answer/without-suppressions.ts';
import { matchBugs } from './bugs/match-bugs.ts';
import { theRequestWasFollowed } from './allocation/the-request-was-followed.ts';
import { theRequestsAreSpelledRight } from './allocation/the-requests-are-spelled-right.ts';
import { addressesStayPut } from './health/addresses-stay-put.ts';
import { everyAddressIsInAPool } from './health/every-address-is-in-a-pool.ts';
import { externalIPsAreNotOurs } from './health/external-ips-are-not-ours.ts';
import { itsPoolIsAdvertised } from './health/its-pool-is-advertised.ts';
import { noStatusIsLeftBehind } from './health/no-status-is-left-behind.ts';
import { poolChangesMovedNobody } from './health/pool-changes-moved-nobody.ts';
import { noServiceIsHeld } from './installation/no-service-is-held.ts';
import { servicesMayBeMade } from './installation/services-may-be-made.ts';
import { causes } from './causes.ts';
import { checks as allChecks } from './index.ts';
import { type LeftOut, leftOutOf } from './not-asked.ts';
import { judgedElsewhere } from './other-installations.ts';
import { refOf } from './models/references.ts';
import { isPending, wantsAddress } from './models/services.ts';

/** One question to one snapshot. */
export interface DiagnosisQuestion {
  readonly symptom: Symptom;
  readonly snapshot: Snapshot;
  /** The Service in question; undefined for the whole cluster, or when Services could not be read. */
  readonly subject: Service | undefined;
  /** The checks to ask, when not all of them. */
  readonly checks?: readonly Check[] | undefined;
  /** True when these checks are the whole matter, and what else is wrong is another's: an alert about one thing. */
  readonly isNarrow?: boolean | undefined;
  /** The one address that is asked about, where traffic is; undefined for all that the Service has. */
  readonly address?: IpAddress | undefined;
  /** Who cannot reach the Service, where traffic is asked about; undefined when nobody in particular. */
  readonly client?: IpAddress | undefined;
  /** Findings that somebody answers for. */
  readonly suppressions?: readonly Suppression[] | undefined;
}

/** Answers a question from what was recorded, and from nothing else. */
export function diagnose(question: DiagnosisQuestion): Diagnosis {
  const { symptom, subject } = question;
  const snapshot = asSeenBy(question.snapshot, subject);
  const material = materialFrom(snapshot, question.client);
  const own = checksFor(question).map((check) => judge(check, material, subject));
  const leftOut = leftOutOf(symptom, question.checks);
  const found = concluded(withOthers(own, snapshot, symptom), snapshot, leftOut);
  const { ways, ...whole } = withWays(found, question, material);
  const isHealth = symptom === 'health';
  const mended = isHealth ? whole : withMending(whole, { snapshot, material, subject });
  const { suppressed, ...conclusion } = withoutSuppressed(mended, question);
  const pools = poolsInUse(material);
  const isPart = leftOut.checks.length > 0;
  const notAsked = question.isNarrow === true ? [] : leftOut.checks;
  const { knownBugs, evidence, repeated } = matchBugs({
    materials: [material, ...(isHealth ? otherMaterials(snapshot) : [])],
    subject,
    rootCauses: conclusion.rootCauses,
    silenced: silencedAmong(whole.rootCauses, suppressed),
    isPartial: isPart,
  });
  const scene = { snapshot, pools, found: whole.rootCauses, isPartial: isPart, notAsked };
  const heard = { ...conclusion, suppressed, notAsked };
  const answer = withBugs(plainAnswer(question, heard, { ...scene, material, ways }), knownBugs);
  return {
    symptom,
    subject: subject === undefined ? undefined : refOf(subject),
    ...answer,
    ...conclusion,
    evidence: sorted({ ...conclusion.evidence, ...evidence }),
    ...(notAsked.length === 0 ? {} : { notAsked }),
    knownBugs,
    suppressed: suppressed.map((each) => withRepeated(each, repeated)),
    ...withoutSuppressions(answer.outcome, suppressed),
    scope: scopeIn({ ...conclusion, ...answer }, { isHealth, isPart, snapshot }),
    pools,
    ...(ways === undefined ? {} : { paths: ways.paths }),
    ...beyondTheCluster({ service: subject, ways, material, found: mended.rootCauses }),
  };
}

/** The answer in the words of the question. */
function plainAnswer(
  { symptom, subject, address }: DiagnosisQuestion,
  heard: Conclusion & Pick<Diagnosis, 'suppressed' | 'notAsked'>,
  scene: HealthScene & { readonly material: Material; readonly ways: Ways | undefined },
): Pick<Diagnosis, 'outcome' | 'headline' | 'next'> {
  switch (symptom) {
    case 'health':
      return healthAnswer(heard, scene);
    case 'pending':
      return pendingAnswer(heard, subject, scene.snapshot);
    case 'no-traffic':
      return noTrafficAnswer(heard, {
        service: seenAt(address, subject),
        address,
        ways: scene.ways,
        material: scene.material,
      });
  }
}

/** For whoever asks about traffic: the causes as a packet meets them, and the way of each address. */
function withWays(
  found: Conclusion,
  { symptom, subject, snapshot, address }: DiagnosisQuestion,
  material: Material,
): Conclusion & { readonly ways: Ways | undefined } {
  if (symptom !== 'no-traffic' || !hasAWay(subject, material.background.installation)) {
    return { ...found, ways: undefined };
  }
  const rootCauses = inPathOrder(causesAt(address, found.rootCauses), allChecks);
  const { verdicts } = found;
  const untaken = (snapshot.untakenLooks ?? []).map((reason) => unseenWire(reason, subject));
  const scene = { service: subject, material, checks: allChecks, verdicts, rootCauses };
  const drawn = wayTo(address, waysOf(scene));
  const ways = { ...drawn, missing: [...drawn.missing, ...untaken] };
  return {
    ...found,
    rootCauses,
    unknowns: uniqueMissing([...found.unknowns, ...ways.missing]),
    ways,
  };
}

/** Of a part of the checks only a problem says how far it reaches. */
function scopeIn(
  { rootCauses, outcome }: Pick<Diagnosis, 'rootCauses' | 'outcome'>,
  asked: { readonly isHealth: boolean; readonly isPart: boolean; readonly snapshot: Snapshot },
): Diagnosis['scope'] {
  const isSettled = outcome !== 'unknown' && (outcome === 'problem' || !asked.isPart);
  return asked.isHealth && isSettled ? scopeOf(rootCauses, pendingIn(asked.snapshot)) : undefined;
}

function concluded(
  judgements: readonly Judgement[],
  { readings, installations }: Snapshot,
  { causes: notAsked }: LeftOut,
): Conclusion {
  const conclusion = conclude(judgements, causes, notAsked);
  const kept = withKeepers(inConfigMap(conclusion, installations[0]), readings);
  return inAddressPools(kept, readings);
}

function sorted(evidence: Diagnosis['evidence']): Diagnosis['evidence'] {
  return Object.fromEntries(Object.entries(evidence).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function otherMaterials(snapshot: Snapshot): readonly Material[] {
  return othersByClass(snapshot).map((other) => materialFrom(withFirst(snapshot, other)));
}

function withoutSuppressed(
  conclusion: Conclusion,
  { suppressions = [], snapshot }: DiagnosisQuestion,
): Conclusion & Pick<Diagnosis, 'suppressed'> {
  const left = suppress(conclusion.rootCauses, suppressions, snapshot.takenAt);
  const cited = new Set(left.rootCauses.flatMap(({ because }) => because));
  const evidence = Object.entries(conclusion.evidence).filter(([id]) => cited.has(id));
  return { ...conclusion, ...left, evidence: Object.fromEntries(evidence) };
}

/** Where one cause is silenced on several objects, each names the bugs: any of them may be renewed alone. */
function withRepeated(
  each: SuppressedCause,
  repeated: readonly { readonly bug: string; readonly cause: string }[],
): SuppressedCause {
  const knownBugs = repeated.flatMap(({ bug, cause }) => (cause === each.cause ? bug : []));
  return knownBugs.length === 0 ? each : { ...each, knownBugs };
}

/** Health looks at every installation; a Service concerns only the one that serves it. */
function withOthers(
  own: readonly Judgement[],
  snapshot: Snapshot,
  symptom: Symptom,
): readonly Judgement[] {
  return symptom === 'health' ? judgedElsewhere(own, snapshot) : own;
}

function pendingIn({ readings }: Snapshot): readonly ObjectRef[] {
  return itemsIfRead(readings.services).filter(isPending).map(refOf);
}

const ofHolders = [
  metallbIsAlone.id,
  everyAddressIsInAPool.id,
  theRequestWasFollowed.id,
  itsPoolIsAdvertised.id,
  theRequestsAreSpelledRight.id,
  addressesStayPut.id,
  poolChangesMovedNobody.id,
  noStatusIsLeftBehind.id,
  externalIPsAreNotOurs.id,
];

/** A Service that gets no address from MetalLB is on its way out, or may not become what it is meant to be. */
const ofTheRest = [noServiceIsHeld.id, servicesMayBeMade.id];

/** A Service that has its address is only asked whether somebody else gave it, and whether it is announced. */
function checksFor({ symptom, subject, checks, snapshot }: DiagnosisQuestion): readonly Check[] {
  const chosen = (checks ?? allChecks).filter((check) => check.symptoms.includes(symptom));
  if (symptom === 'no-traffic') {
    const [installation] = asSeenBy(snapshot, subject).installations;
    return subject === undefined || hasAWay(subject, installation) ? chosen : [];
  }
  if (symptom === 'health' || subject === undefined || isPending(subject)) {
    return chosen.filter((check) => check.id !== itsPoolIsAdvertised.id);
  }
  return chosen.filter((check) =>
    (wantsAddress(subject) ? ofHolders : ofTheRest).includes(check.id),
  );
}
