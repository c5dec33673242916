import { shellWord } from '../../core/diagnosis/kubectl.ts';
import type { IpAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { keyOfService } from '../models/services.ts';

/** What was asked about a Service. */
export interface AskedAbout {
  readonly service: Service;
  readonly address: IpAddress | undefined;
  readonly client: IpAddress | undefined;
}

/** The Service with what narrowed the question, for a command that asks again. */
export function askedAgain({ service, address, client }: AskedAbout): string {
  const flags = [
    ...(address === undefined ? [] : [`--address ${address}`]),
    ...(client === undefined ? [] : [`--client ${client}`]),
  ];
  return [shellWord(keyOfService(service)), ...flags].join(' ');
}
