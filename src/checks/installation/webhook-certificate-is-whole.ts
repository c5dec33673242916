import { defineCheck, type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Evidence } from '../../core/facts/evidence.ts';
import type { Installation } from '../../core/facts/snapshot.ts';
import { ageMs } from '../models/ages.ts';
import { shortWords } from '../models/programs/last-words.ts';
import { isConflict, type LogLine, logLines } from '../models/testimony/log-lines.ts';
import { seenLine } from '../models/seen.ts';
import {
  certificateSecret,
  compareAuthorities,
  dryRun,
  renewCertificate,
} from '../models/webhook/remedies.ts';

/** Its certificate rotation says every time when it cannot do its work. */
const currentMs = 2 * 3_600_000;

/** The controller makes the webhook's certificate itself, and writes the CA into configuration and CRD. */
export const webhookCertificateIsWhole = defineCheck({
  id: 'MLB-I26',
  asks: `Can the controller keep the webhook's certificate in order?`,
  symptoms: ['health'],
  causes: ['webhook-secret-damaged', 'crd-conversion-missing', 'webhook-untrusted'],
  needs: [],
  helps: ['controllerLogs'],
  basis: 'observed',
  skipWhen: ({ installation, controllerLogs }) => {
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    return controllerLogs.state === 'read' ? undefined : 'no log of the controller was read';
  },
  run: ({ installation, controllerLogs, takenAt }) => {
    const lines = logLines(controllerLogs, takenAt).filter((line) => !line.previous);
    const mended = lines.findLastIndex(({ text }) =>
      /CA certs are injected to webhooks|Ensuring CA cert/i.test(text),
    );
    const open = lines
      .slice(mended + 1)
      .filter((line) => (ageMs(line.at, takenAt) ?? 0) <= currentMs && !isConflict(line));
    return installation === undefined
      ? []
      : complaints.flatMap(({ words, least, tell }) => {
          const said = open.filter(({ text }) => words.test(text));
          const line = said.at(-1);
          return line === undefined || said.length < least ? [] : [tell(line, installation)];
        });
  },
});

interface Complaint {
  readonly words: RegExp;
  /** How often it has to be said. */
  readonly least: number;
  readonly tell: (line: LogLine, installation: Installation) => Found;
}

const complaints: readonly Complaint[] = [
  { words: /secret is not well-formed|could not refresh CA/, least: 1, tell: damaged },
  {
    words: /Unable to inject cert to webhook.*conversion|conversion.*Unable to inject cert/i,
    least: 1,
    tell: unconverted,
  },
  {
    words: /TLS handshake error.*(?:bad certificate|unknown certificate authority)/,
    // the API server takes a moment to learn a new CA, and breaks off a call or so until then
    least: 2,
    tell: distrusted,
  },
];

const configuration = {
  kind: 'ValidatingWebhookConfiguration',
  name: 'metallb-webhook-configuration',
};

function damaged(line: LogLine, installation: Installation): Found {
  const secret = certificateSecret(installation);
  return {
    cause: 'webhook-secret-damaged',
    severity: 'warning',
    about: { kind: 'Secret', namespace: installation.namespace, name: secret },
    affects: [],
    says: `the Secret ${secret} of MetalLB's webhook is incomplete, so changes of MetalLB's objects are or will be refused`,
    details: [`the controller says: ${shortWords(line)}`],
    because: evidenceOf(line),
    suggests: [
      {
        ...renewCertificate(installation),
        says: 'empty it: the controller fills it anew; then keep GitOps, Helm and a second installation from writing its data',
      },
      dryRun(installation),
    ],
  };
}

function unconverted(line: LogLine, installation: Installation): Found {
  const { namespace, controllerVersion, controller } = installation;
  return {
    cause: 'crd-conversion-missing',
    severity: 'error',
    about: { kind: 'CustomResourceDefinition', name: 'bgppeers.metallb.io' },
    affects: [],
    says: `the definition of BGPPeers has no conversion webhook, so the controller cannot finish its certificate`,
    details: [`the controller says: ${shortWords(line)}`],
    because: evidenceOf(line),
    suggests: [
      {
        says: 'see that spec.conversion is missing',
        command: `kubectl get crd bgppeers.metallb.io -o jsonpath='{.spec.conversion}'`,
        mutates: false,
      },
      {
        says: `apply the CRDs of ${controllerVersion ?? 'the running version'} whole, then restart the controller`,
        command: kubectl`-n ${namespace} rollout restart ${`deployment/${controller?.name ?? 'controller'}`}`,
        mutates: true,
      },
    ],
  };
}

function distrusted(line: LogLine, installation: Installation): Found {
  return {
    cause: 'webhook-untrusted',
    severity: 'warning',
    about: configuration,
    affects: [],
    says: `the API server breaks off its calls of MetalLB's webhook: it does not trust the certificate`,
    details: [`the controller says: ${shortWords(line)}`],
    because: evidenceOf(line),
    suggests: [compareAuthorities(installation), renewCertificate(installation)],
  };
}

function evidenceOf(line: LogLine): readonly Evidence[] {
  return [seenLine(line)];
}
