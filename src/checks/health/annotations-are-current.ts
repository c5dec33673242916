import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Remedy } from '../../core/facts/finding.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import {
  type AnnotationName,
  deprecatedPrefix,
  newPrefix,
} from '../../core/metallb/annotations.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import { eventsAbout } from '../models/testimony/events.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { annotateCommand, dropAnnotationsCommand } from '../models/allocation/remedies.ts';
import { seenEvent, seenField } from '../models/seen.ts';
import { keyOfService } from '../models/services.ts';

const requests: readonly AnnotationName[] = ['address-pool', 'loadBalancerIPs', 'allow-shared-ip'];
const shown = 8;

interface Old {
  readonly service: Service;
  readonly name: AnnotationName;
  readonly value: string;
  /** What the new key says, where both are there; it wins. */
  readonly hiddenBy: string | undefined;
}

/** From v0.14.9 on the old prefix still works, and draws a warning event each time. */
export const annotationsAreCurrent = defineCheck({
  id: 'MLB-H16',
  asks: 'Do Services use the annotation prefix of this release?',
  symptoms: ['health'],
  causes: ['deprecated-annotation'],
  needs: ['services'],
  helps: ['events'],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts) => {
    const old = facts.services
      .filter((service) => isServedBy(facts.installation, service))
      .flatMap(oldIn)
      .toSorted((a, b) => (keyOfService(a.service) < keyOfService(b.service) ? -1 : 1));
    const warns = behaviourOf(facts.installation?.controllerVersion).knowsNewPrefix;
    return old.length === 0 || !warns ? [] : [finding(old, facts)];
  },
});

function oldIn(service: Service): readonly Old[] {
  const { annotations } = service.metadata;
  const valueOf = (key: string) => (Object.hasOwn(annotations, key) ? annotations[key] : undefined);
  return requests.flatMap((name) => {
    const value = valueOf(deprecatedPrefix + name);
    return value === undefined
      ? []
      : [{ service, name, value, hiddenBy: valueOf(newPrefix + name) }];
  });
}

function finding(old: readonly Old[], facts: Facts<'services', 'events'>): Found {
  const [first] = old;
  const services = [...new Set(old.map(({ service }) => service))];
  const who =
    services.length === 1 && first !== undefined
      ? `${keyOfService(first.service)} uses`
      : `${services.length} Services use`;
  return {
    cause: 'deprecated-annotation',
    severity: 'info',
    about: first === undefined ? { kind: 'Cluster', name: 'cluster' } : refOf(first.service),
    affects: services.map(refOf),
    says: `${who} annotations of the old prefix ${deprecatedPrefix}, which still work`,
    details: [
      ...old.slice(0, shown).map(lineOf),
      ...(old.length > shown ? [`and ${old.length - shown} more`] : []),
      'the warning events about them are harmless',
    ],
    because: evidenceFor(old, services, facts),
    suggests: first === undefined ? [] : [renewal(first)],
  };
}

function lineOf({ service, name, value, hiddenBy }: Old): string {
  const key = `${keyOfService(service)}: ${deprecatedPrefix}${name}=${value}`;
  return hiddenBy === undefined || hiddenBy === value
    ? key
    : `${key}, but ${newPrefix}${name}=${hiddenBy} is there too and wins`;
}

function evidenceFor(
  old: readonly Old[],
  services: readonly Service[],
  facts: Facts<'services', 'events'>,
): readonly Evidence[] {
  return [
    ...old
      .slice(0, shown)
      .map(({ service, name, value }) =>
        seenField(refOf(service), `metadata.annotations.${deprecatedPrefix}${name}`, value),
      ),
    ...services.slice(0, shown).flatMap((service) =>
      eventsAbout(facts, refOf(service))
        .filter(({ reason }) => reason === 'deprecatedAnnotation')
        .slice(0, 1)
        .map(seenEvent),
    ),
  ];
}

function renewal({ service, name, value, hiddenBy }: Old): Remedy {
  return {
    says: 'when there is time: write the new key with the same value, then remove the old one (the address stays)',
    command: [
      annotateCommand(service, newPrefix + name, hiddenBy ?? value),
      dropAnnotationsCommand(service, [deprecatedPrefix + name]),
    ].join(' && '),
    mutates: true,
  };
}
