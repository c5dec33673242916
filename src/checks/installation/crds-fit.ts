import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import { isAtLeast } from '../../core/metallb/releases.ts';
import { ageMs } from '../models/ages.ts';
import { logLines } from '../models/testimony/log-lines.ts';
import { everyoneOr } from '../models/reach.ts';
import { seenField, seenLine } from '../models/seen.ts';

/** Each program waits for every kind it watches; one that the API server does not serve ends it after two minutes. */
export const crdsFit = defineCheck({
  id: 'MLB-I17',
  asks: `Does the API server serve every kind this MetalLB version works with?`,
  symptoms: ['pending', 'health'],
  causes: ['crd-skew'],
  needs: [],
  helps: ['controllerLogs'],
  basis: 'observed',
  skipWhen: (facts) => {
    const { installation, metallbResources } = facts;
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    if (missedKinds(facts).length > 0) {
      return undefined;
    }
    if (metallbResources === undefined) {
      return 'which kinds the API server serves is not known';
    }
    return versionOf(installation) === undefined ? `MetalLB's version is not known` : undefined;
  },
  run: (facts, subject) => {
    const { installation, metallbResources } = facts;
    const version = installation === undefined ? undefined : versionOf(installation);
    const lines = metallbResources === undefined ? missedKinds(facts) : [];
    const served = new Set(metallbResources?.map((each) => each.split('/').at(-1) ?? each));
    const missing =
      metallbResources === undefined
        ? [...new Set(lines.map(({ kind }) => kind))].toSorted()
        : kindsOf(version).filter((resource) => !served.has(resource));
    return installation === undefined || missing.length === 0
      ? []
      : [
          {
            ...skew(version ?? 'of this version', missing, metallbResources && served),
            about: { kind: 'Namespace', name: installation.namespace },
            affects: everyoneOr(subject),
            ...(lines.length > 0 && { because: lines.slice(-2).map(({ line }) => seenLine(line)) }),
          },
        ];
  },
});

function skew(
  version: string,
  missing: readonly string[],
  served: ReadonlySet<string> | undefined,
): Omit<Found, 'about' | 'affects'> {
  return {
    cause: 'crd-skew',
    severity: 'error',
    says: `MetalLB ${version} needs kinds that the cluster does not have: ${missing.join(', ')}`,
    details: [
      ...(served === undefined
        ? []
        : [`served now: ${[...served].toSorted().join(', ') || 'none of them'}`]),
      'the resource definitions (CRDs) were not upgraded or not installed together with the program',
    ],
    because: missing.map((resource) =>
      seenField(
        { kind: 'CustomResourceDefinition', name: `${resource}.metallb.io` },
        'served',
        'false',
      ),
    ),
    suggests: [
      {
        says: `apply the CRDs of ${version}; Helm does not upgrade them by itself`,
        command: 'kubectl get crd -o name | grep metallb.io',
        mutates: false,
      },
    ],
  };
}

/** Kinds that the controller itself misses: what a dump without definitions still tells. */
function missedKinds({ controllerLogs, takenAt }: Facts<never, 'controllerLogs'>) {
  return logLines(controllerLogs, takenAt).flatMap((line) => {
    const kind = /no matches for kind \\?"(\w+)\\?" in version \\?"metallb\.io\//.exec(
      line.text,
    )?.[1];
    const age = ageMs(line.at, takenAt);
    return kind === undefined || (age !== undefined && age > currentMs) ? [] : [{ kind, line }];
  });
}

const currentMs = 15 * 60_000;

/** What this release waits for when it starts. */
function kindsOf(version: string | undefined): readonly string[] {
  return requiredKinds
    .filter(({ since }) => isAtLeast(version, since))
    .map(({ resource }) => resource);
}

const requiredKinds: readonly { readonly resource: string; readonly since: string }[] = [
  { resource: 'ipaddresspools', since: 'v0.13.0' },
  { resource: 'l2advertisements', since: 'v0.13.0' },
  { resource: 'bgpadvertisements', since: 'v0.13.0' },
  { resource: 'bgppeers', since: 'v0.13.0' },
  { resource: 'bfdprofiles', since: 'v0.13.0' },
  { resource: 'communities', since: 'v0.13.0' },
  { resource: 'servicel2statuses', since: 'v0.14.6' },
  { resource: 'servicebgpstatuses', since: 'v0.15.0' },
  { resource: 'configurationstates', since: 'v0.15.3' },
];

function versionOf(installation: {
  readonly controllerVersion?: string;
  readonly speakerVersion?: string;
}): string | undefined {
  return installation.controllerVersion ?? installation.speakerVersion;
}
