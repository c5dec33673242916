import type { Conclusion } from '../../core/diagnosis/conclude.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Diagnosis, RootCause, SuppressedCause } from '../../core/facts/finding.ts';
import { familyOf, type IpAddress, parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Installation } from '../../core/facts/snapshot.ts';
import type { AddressPath } from '../../core/facts/path.ts';
import type { Material } from '../../core/diagnosis/material.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { addressesIn, isPending, keyOfService, wantsAddress } from '../models/services.ts';
import { notAskedText } from '../not-asked.ts';
import { nextLooks, type Unbroken } from './next-looks.ts';
import { noWayToAsk } from './no-way-to-ask.ts';
import type { Ways } from './path/address-paths.ts';
import { waysToKnow } from './ways-to-know.ts';

type Answer = Pick<Diagnosis, 'outcome' | 'headline' | 'next'>;
type Heard = Conclusion & Pick<Diagnosis, 'suppressed' | 'notAsked'>;

/** What the answer is about. */
export interface TrafficScene {
  readonly service: Service | undefined;
  /** The one address that is asked about, and the only one that the Service is seen with; undefined for all. */
  readonly address?: IpAddress | undefined;
  /** Undefined where there is no way to be asked about. */
  readonly ways: Ways | undefined;
  readonly material: Material;
}

/** True where there is a way to be asked about: an address that MetalLB gave, or should announce. */
export function hasAWay(
  service: Service | undefined,
  installation: Installation | undefined,
): service is Service {
  return (
    service !== undefined &&
    wantsAddress(service) &&
    !isPending(service) &&
    (installation === undefined || isServedBy(installation, service))
  );
}

/** The answer to "why does nothing arrive?" in one sentence. */
export function noTrafficAnswer(heard: Heard, asked: TrafficScene): Answer {
  const { service, address, ways, material } = asked;
  if (service === undefined) {
    return unknown(
      'the Service could not be read, so nothing can be said about its traffic',
      heard,
    );
  }
  if (ways === undefined) {
    return noWayToAsk(service, material);
  }
  const { client } = material.background;
  if (client !== undefined && !hasFamilyOf(client, service)) {
    return ofAnotherFamily(client, service);
  }
  const traffic = trafficText(service, { client, address });
  const [first] = heard.rootCauses;
  if (first?.severity === 'error') {
    return stopped(first, `${traffic}${addressText(first, service)}`);
  }
  const { paths, missing } = ways;
  const isOpen = missing.length > 0 || heard.verdicts.some(({ verdict }) => verdict === 'unknown');
  const known = heard.suppressed.find(({ severity }) => severity === 'error');
  if (known !== undefined) {
    return answeredFor(known, traffic, isOpen ? unknownFacts(heard) : []);
  }
  const broken = paths.flatMap(({ steps }) => steps).find(({ answer }) => answer === 'broken');
  if (broken !== undefined) {
    const headline = `${traffic} fails: ${broken.says}${notAskedText(heard.notAsked ?? [])}`;
    return { outcome: 'problem', headline, next: [describe(service)] };
  }
  const { wire, nodes } = material.readings;
  const seen = { looks: itemsIfRead(wire), nodes: itemsIfRead(nodes) };
  const hasLooked = wire.state === 'read';
  const scene = { service, address, client, paths, traffic, hasLooked, ...seen };
  if (!isOpen && isRefusedUntold(paths)) {
    return untold(heard, scene, material.background.installation);
  }
  return isOpen ? open(heard, scene) : unbroken(heard, scene);
}

function stopped({ cause, says }: RootCause, traffic: string): Answer {
  const headline = `${traffic} fails: ${says}`;
  return { outcome: 'problem', headline, next: [`triage explain ${cause}`] };
}

function trafficText(
  service: Service,
  { client, address }: { readonly [K in 'client' | 'address']: IpAddress | undefined },
): string {
  const from = client === undefined ? '' : ` from ${client}`;
  const at = address === undefined ? '' : ` at ${address}`;
  return `traffic${from} to ${keyOfService(service)}${at}`;
}

function hasFamilyOf(client: IpAddress, service: Service): boolean {
  const addresses = addressesIn(service).flatMap((text) => parseAddress(text) ?? []);
  return addresses.length === 0 || addresses.some((each) => familyOf(each) === familyOf(client));
}

function ofAnotherFamily(client: IpAddress, service: Service): Answer {
  const family = familyOf(client) === 'ipv6' ? 'IPv6' : 'IPv4';
  return {
    outcome: 'problem',
    headline: `traffic from ${client} to ${keyOfService(service)} fails: it has no ${family} address, only ${addressesIn(service).join(' and ')}`,
    next: [describe(service)],
  };
}

/** It fails, for a reason that somebody answers for: no news to whoever asked to be told news only. */
function answeredFor(
  { owner, expires, says }: SuppressedCause,
  traffic: string,
  facts: readonly string[],
): Answer {
  const headline = `${traffic} fails for a reason that ${owner} answers for until ${expires}: ${says}`;
  return facts.length === 0
    ? { outcome: 'healthy', headline, next: [] }
    : {
        outcome: 'unknown',
        headline: `${headline}; whether there is another cannot be said without ${facts.join(', ')}`,
        next: [],
      };
}

function unknownFacts({ unknowns }: Conclusion): readonly string[] {
  return [...new Set(unknowns.map(({ fact }) => fact))];
}

function unbroken(heard: Heard, scene: Unbroken): Answer {
  const { service, address, paths, traffic, hasLooked } = scene;
  const [first] = heard.rootCauses;
  const next = nextLooks(scene);
  if (first?.severity === 'warning') {
    return {
      outcome: 'warnings',
      headline: `nothing certain stops ${traffic}${addressText(first, service)}, but ${first.says}`,
      next: [`triage explain ${first.cause}`, ...next],
    };
  }
  const addresses = address === undefined ? ` at ${addressesIn(service).join(' and ')}` : '';
  const left = notAskedText(heard.notAsked ?? []);
  return {
    outcome: 'healthy',
    headline: `nothing in the cluster stops ${traffic}${addresses}${unseenText(paths, hasLooked)}${left}`,
    next,
  };
}

/** What a cluster cannot tell of its own surroundings. */
function unseenText(paths: readonly AddressPath[], hasLooked: boolean): string {
  const unseen = paths.filter(isUnseen);
  if (unseen.length === 0) {
    return '';
  }
  if (hasLooked) {
    return '; the wire could not be seen';
  }
  return unseen.every(({ by }) => by.join() === 'bgp')
    ? '; the router was not asked'
    : '; the wire was not looked at';
}

function isUnseen({ steps }: AddressPath): boolean {
  return steps.some(({ question, answer }) => question === 'wire' && answer === 'not-looked');
}

function open(heard: Heard, scene: Unbroken): Answer {
  const { traffic } = scene;
  const [first] = heard.rootCauses;
  const but = first?.severity === 'warning' ? `, but ${first.says}` : '';
  const headline = `nothing certain was found that stops ${traffic}${but}; not everything could be looked at: ${unknownFacts(heard).join(', ')}`;
  const { outcome, next } = unknown(headline, heard);
  return { outcome, headline, next: [...next, ...nextLooks(scene)].slice(0, 6) };
}

/** By the rules nobody announces, and yet nothing was found that says so: neither is told as certain. */
function untold(heard: Heard, scene: Unbroken, installation: Installation | undefined): Answer {
  const [first] = heard.rootCauses;
  const but = first?.severity === 'warning' ? `, but ${first.says}` : '';
  const headline = `nothing certain was found that stops ${scene.traffic}${but}; by MetalLB's rules no speaker takes its configuration, and no check found why`;
  const namespace = installation?.namespace ?? 'metallb-system';
  const hear = kubectl`-n ${namespace} logs -l component=speaker -c speaker --prefix --tail=-1`;
  const next = [`${hear} | grep '"level":"error"'`, ...nextLooks(scene)];
  return { outcome: 'unknown', headline, next };
}

/** True where no speaker takes its configuration by the rules, and nothing that was found tells of it. */
function isRefusedUntold(paths: readonly AddressPath[]): boolean {
  return paths.some(
    ({ steps }) =>
      steps.some(({ question, answer }) => question === 'eligible' && answer === 'unknown') &&
      !steps.some(({ question, causes }) => question === 'announced' && causes.length > 0),
  );
}

function unknown(headline: string, { unknowns }: Conclusion): Answer {
  return { outcome: 'unknown', headline, next: waysToKnow(unknowns).slice(0, 5) };
}

/** ` at 192.0.2.10`, where it is about some of the addresses only. */
function addressText({ addresses = [] }: RootCause, service: Service): string {
  const isAll = addressesIn(service).every((address) => addresses.includes(address));
  return addresses.length === 0 || isAll ? '' : ` at ${addresses.join(' and ')}`;
}

function describe({ metadata }: Service): string {
  return kubectl`-n ${metadata.namespace ?? 'default'} describe service ${metadata.name}`;
}
