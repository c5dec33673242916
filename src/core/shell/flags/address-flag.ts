import * as Flags from '@oclif/core/flags';
import { shellWord } from '../../diagnosis/kubectl.ts';
import { UsageError } from '../../facts/errors.ts';
import { familyOf, type IpAddress, parseAddress } from '../../facts/ip.ts';
import type { Service } from '../../facts/kube-objects.ts';
import { keyOf } from '../../facts/object-ref.ts';
import type { Question } from '../question/question.ts';

/** One of the addresses of a Service. */
export const addressFlag = Flags.custom<IpAddress>({
  description: 'only this address of the Service, where it has several',
  helpValue: 'ADDRESS',
  parse: async (text) => {
    const address = parseAddress(text.trim());
    if (address === undefined) {
      throw new UsageError(`--address ${text} is no IP address`, {
        suggestions: ['leave it out to ask about every address of the Service'],
      });
    }
    return address;
  },
})();

/** Who asks, and about which of the addresses. */
export interface AddressFlags {
  readonly address?: IpAddress | undefined;
  readonly client?: IpAddress | undefined;
}

/** The same question about one address and for one client; a Service that has other addresses alone is refused. */
export function askedAt({ address, client }: AddressFlags, question: Question): Question {
  if (address !== undefined && client !== undefined && familyOf(address) !== familyOf(client)) {
    throw new UsageError(`--client ${client} cannot reach --address ${address}: two IP families`, {
      suggestions: ['leave one of them out, or give both of one family'],
    });
  }
  return address === undefined
    ? { ...question, client }
    : {
        ...question,
        address,
        client,
        subjectIn: async (snapshot) => {
          const service = await question.subjectIn(snapshot);
          refuseStranger(address, service);
          return service;
        },
      };
}

/** Without any address it is pending, and that is another answer. */
function refuseStranger(address: IpAddress, service: Service | undefined): void {
  const own = (service?.status.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []);
  if (service === undefined || own.length === 0) {
    return;
  }
  if (!own.some((text) => parseAddress(text) === address)) {
    throw new UsageError(
      `${keyOf(service.metadata)} has no address ${address}, only ${own.join(' and ')}`,
      {
        suggestions: own.map(
          (each) =>
            `triage no-traffic ${shellWord(keyOf(service.metadata))} --address ${shellWord(each)}`,
        ),
      },
    );
  }
}
