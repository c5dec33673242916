import { UsageError } from '../../facts/errors.ts';
import type { Failed, Reading } from '../../facts/reading.ts';
import {
  snapshotSchemaVersion,
  type AccessFlag,
  type ElectionOrder,
  type FactKinds,
  type FactName,
  type Installation,
  type LogExcerpt,
  type Receipt,
  type Snapshot,
  type Target,
} from '../../facts/snapshot.ts';
import { readingsFrom, sortedLogs } from '../assemble.ts';
import { kinds } from '../kinds.ts';
import { asRaw, cut, filledText, flag, inner, isRaw, number } from '../parse/fields.ts';
import { present, raws, text, texts, type Raw } from '../parse/fields.ts';
import { parseWireLook } from '../parse/wire.ts';

/** True for a document that claims to be a snapshot of ours, of whatever version. */
export function isSnapshot(value: unknown): value is Raw {
  return isRaw(value) && /^triage\.snapshot\/v\d+$/.test(text(value, 'schemaVersion') ?? '');
}

/** A recorded snapshot, trimmed like everything that comes from outside. */
export function parseSnapshot(raw: Raw, path: string): Snapshot {
  refuseOtherVersion(raw, path);
  const takenAt = Date.parse(text(raw, 'takenAt') ?? '');
  if (Number.isNaN(takenAt) || !isRaw(raw['readings'])) {
    throw new UsageError(
      `${path} is no whole snapshot: it lacks ${isRaw(raw['readings']) ? 'takenAt' : 'readings'}`,
    );
  }
  const versions = inner(raw, 'versions');
  return present({
    schemaVersion: snapshotSchemaVersion,
    // in its own form: Date.parse lets pass any text that stands in brackets
    takenAt: new Date(takenAt).toISOString(),
    target: parseTarget(inner(raw, 'target')),
    versions: present({
      kubernetes: text(versions, 'kubernetes'),
      triage: text(versions, 'triage'),
    }),
    apiGroups: listedTexts(raw, 'apiGroups'),
    metallbResources: listedTexts(raw, 'metallbResources'),
    metallbDefinedAt: filledText(raw, 'metallbDefinedAt'),
    notices: listedTexts(raw, 'notices'),
    installations: raws(raw, 'installations').map(parseInstallation),
    readings: readingsFrom((fact) => parseReading(fact, inner(raw, 'readings'))),
    logs: sortedLogs(raws(raw, 'logs').map(parseLog)),
    wire: Array.isArray(raw['wire']) ? raws(raw, 'wire').map(parseWireLook) : undefined,
    electionOrders: Array.isArray(raw['electionOrders'])
      ? raws(raw, 'electionOrders').map(parseOrder)
      : undefined,
    receipt: parseReceipt(inner(raw, 'receipt')),
    interrupted: flag(raw, 'interrupted') ?? false,
  });
}

function parseOrder(raw: Raw): ElectionOrder {
  return { address: text(raw, 'address') ?? '', nodes: texts(raw, 'nodes') };
}

function refuseOtherVersion(raw: Raw, path: string): void {
  const version = text(raw, 'schemaVersion') ?? '';
  if (version !== snapshotSchemaVersion) {
    throw new UsageError(
      `${path} was recorded by another triage: its form is ${version}, this one reads ${snapshotSchemaVersion}`,
      { suggestions: ['read it with the newest triage'] },
    );
  }
}

function parseTarget(raw: Raw): Target {
  return present({
    context: filledText(raw, 'context'),
    server: text(raw, 'server') ?? '',
    namespace: text(raw, 'namespace') ?? 'default',
    identity: filledText(raw, 'identity'),
    identityFrom: raw['identityFrom'] === 'server' ? 'server' : undefined,
    flags: Array.isArray(raw['flags']) ? raws(raw, 'flags').map(parseFlag) : undefined,
  });
}

function parseFlag(raw: Raw): AccessFlag {
  return { name: text(raw, 'name') ?? '', value: text(raw, 'value') ?? '' };
}

function listedTexts(raw: Raw, key: string): readonly string[] | undefined {
  return Array.isArray(raw[key]) ? texts(raw, key) : undefined;
}

function parseReading<K extends FactName>(fact: K, readings: Raw): Reading<FactKinds[K]> {
  return parseItems(inner(readings, fact), {
    parse: kinds[fact].parse,
    what: kinds[fact].resource,
  });
}

const states = ['read', 'absent', 'forbidden', 'failed'] as const;

interface Form<T> {
  readonly parse: (value: unknown) => T;
  /** What the items are called, for people. */
  readonly what: string;
}

function parseItems<T>(raw: Raw, { parse, what }: Form<T>): Reading<T> {
  const state = states.find((name) => name === raw['state']);
  switch (state) {
    case 'read': {
      const items = raw['items'];
      if (!Array.isArray(items)) {
        return failed(
          `the recording is damaged: it says ${what} were read, and holds no list of them`,
        );
      }
      return present({
        state: 'read',
        items: items.map(parse),
        within: Array.isArray(raw['within']) ? texts(raw, 'within') : text(raw, 'within'),
        rest: raw['rest'] === 'denied' ? 'denied' : undefined,
        chosen: raw['chosen'] === true ? true : undefined,
        pieced: raw['pieced'] === true ? true : undefined,
      });
    }
    case 'absent':
      return { state: 'absent' };
    case 'forbidden':
      return present({
        state: 'forbidden',
        verb: text(raw, 'verb') ?? '',
        resource: text(raw, 'resource') ?? '',
        namespace: text(raw, 'namespace'),
      });
    case 'failed':
      return present({
        ...failed(text(raw, 'reason') ?? ''),
        unheld: raw['unheld'] === true ? true : undefined,
        without: raw['without'] === 'addressPools' ? 'addressPools' : undefined,
      });
    case undefined:
      return { ...failed(`the recording holds no ${what}`), unheld: true };
  }
}

function failed(reason: string): Failed {
  return { state: 'failed', reason };
}

function parseLog(raw: Raw): LogExcerpt {
  return {
    namespace: text(raw, 'namespace') ?? '',
    pod: text(raw, 'pod') ?? '',
    container: text(raw, 'container') ?? '',
    previous: flag(raw, 'previous') ?? false,
    lines: parseItems(inner(raw, 'lines'), {
      parse: (line) => (typeof line === 'string' ? cut(line) : ''),
      what: 'lines',
    }),
  };
}

function parseInstallation(raw: Raw): Installation {
  return present({
    namespace: text(raw, 'namespace') ?? '',
    controllerVersion: filledText(raw, 'controllerVersion'),
    speakerVersion: filledText(raw, 'speakerVersion'),
    controller: parseWorkloadName(raw['controller']),
    speaker: parseWorkloadName(raw['speaker']),
    configMap: filledText(raw, 'configMap'),
    loadBalancerClass: filledText(raw, 'loadBalancerClass'),
    bgpType: filledText(raw, 'bgpType'),
    ignoresExcludeLabel: flag(raw, 'ignoresExcludeLabel') ?? false,
    foundBy: texts(raw, 'foundBy'),
  });
}

function parseWorkloadName(value: unknown): Installation['controller'] | undefined {
  const raw = asRaw(value);
  return isRaw(value)
    ? { kind: text(raw, 'kind') ?? '', name: text(raw, 'name') ?? '' }
    : undefined;
}

function parseReceipt(raw: Raw): Receipt {
  return {
    calls: number(raw, 'calls') ?? 0,
    lists: number(raw, 'lists') ?? 0,
    logs: number(raw, 'logs') ?? 0,
    bytes: number(raw, 'bytes') ?? 0,
    ms: number(raw, 'ms') ?? 0,
  };
}
