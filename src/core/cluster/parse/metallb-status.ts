import type {
  ConfigurationState,
  ServiceBGPStatus,
  ServiceL2Status,
} from '../../facts/kube-objects.ts';
import { asRaw, filledText, inner, present, shortText, texts, type Raw } from './fields.ts';
import { raws, text } from './fields.ts';
import { parseConditions, parseMetadata } from './metadata.ts';

/** A ServiceL2Status as the API prints it, or as a snapshot holds it. */
export function parseServiceL2Status(value: unknown): ServiceL2Status {
  const object = asRaw(value);
  const status = inner(object, 'status');
  return {
    kind: 'ServiceL2Status',
    metadata: parseMetadata(object),
    status: { ...whoAnnounces(status), interfaces: interfacesOf(status) },
  };
}

function interfacesOf(status: Raw): readonly string[] {
  const named = raws(status, 'interfaces').map((entry) => text(entry, 'name') ?? '');
  return named.length > 0 ? named : texts(status, 'interfaces');
}

/** A ServiceBGPStatus as the API prints it, or as a snapshot holds it. */
export function parseServiceBGPStatus(value: unknown): ServiceBGPStatus {
  const object = asRaw(value);
  const status = inner(object, 'status');
  return {
    kind: 'ServiceBGPStatus',
    metadata: parseMetadata(object),
    status: { ...whoAnnounces(status), peers: texts(status, 'peers') },
  };
}

function whoAnnounces(status: Raw) {
  return present({
    node: filledText(status, 'node'),
    serviceName: filledText(status, 'serviceName'),
    serviceNamespace: filledText(status, 'serviceNamespace'),
  });
}

/** A ConfigurationState as the API prints it, or as a snapshot holds it. */
export function parseConfigurationState(value: unknown): ConfigurationState {
  const object = asRaw(value);
  const status = inner(object, 'status');
  return {
    kind: 'ConfigurationState',
    metadata: parseMetadata(object),
    status: present({
      result: filledText(status, 'result'),
      errorSummary: shortText(status, 'errorSummary'),
      conditions: parseConditions(status),
    }),
  };
}
