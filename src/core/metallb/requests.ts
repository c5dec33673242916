import { parseAddress, trimmed } from '../facts/ip.ts';
import type { IpAddress } from '../facts/ip.ts';
import type { Service } from '../facts/kube-objects.ts';
import { annotationKey, annotationOf, newPrefix } from './annotations.ts';
import type { RefusalReason, StackFamily } from './answer.ts';
import { familyOfTexts } from './families.ts';
import { quoted } from './go-text.ts';
import type { Behaviour } from './versions.ts';

/** Where a request for an address is written. */
export type RequestSource =
  | 'metallb.io/loadBalancerIPs'
  | 'metallb.universe.tf/loadBalancerIPs'
  | 'spec.loadBalancerIP';

/** Which addresses a Service asks for by number. */
export type AddressRequest =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'addresses';
      readonly source: RequestSource;
      /** In the order they were written. */
      readonly addresses: readonly IpAddress[];
      readonly family: StackFamily;
    }
  | { readonly kind: 'invalid'; readonly message: string; readonly reason: RefusalReason };

/** The annotation or the field, parsed as MetalLB parses it. Its messages name the new prefix, whichever was used. */
export function addressRequestOf(service: Service, behaviour: Behaviour): AddressRequest {
  const annotation = annotationOf(service, 'loadBalancerIPs', behaviour) ?? '';
  const field = service.spec.loadBalancerIP ?? '';
  if (annotation === '' && field === '') {
    return { kind: 'none' };
  }
  const named = `${behaviour.knowsNewPrefix ? newPrefix : 'metallb.universe.tf/'}loadBalancerIPs`;
  if (annotation !== '' && field !== '') {
    return {
      kind: 'invalid',
      message: `service can not have both ${named} and svc.Spec.LoadBalancerIP`,
      reason: { kind: 'both-requests-set', annotation, field },
    };
  }
  if (annotation === '') {
    return parsed([field], field, {
      source: 'spec.loadBalancerIP',
      malformed: `invalid spec.loadBalancerIP ${quoted(field)}`,
    });
  }
  const source = annotationKey(service, 'loadBalancerIPs', behaviour);
  return parsed(annotation.split(',').map(trimmed), annotation, {
    source,
    malformed: `invalid ${named}: ${quoted(annotation)}`,
  });
}

/** The pool a Service names; undefined when it names none. Not trimmed, an empty value means none. */
export function poolRequestOf(service: Service, behaviour: Behaviour): string | undefined {
  const pool = annotationOf(service, 'address-pool', behaviour) ?? '';
  return pool === '' ? undefined : pool;
}

interface Wording {
  readonly source: RequestSource;
  readonly malformed: string;
}

function parsed(texts: readonly string[], raw: string, wording: Wording): AddressRequest {
  const { source, malformed } = wording;
  const reason: RefusalReason = { kind: 'request-malformed', source, raw };
  const addresses = texts.map(parseAddress).filter((address) => address !== undefined);
  if (addresses.length !== texts.length) {
    return { kind: 'invalid', message: malformed, reason };
  }
  const finding = familyOfTexts(addresses);
  return finding.kind === 'unknown'
    ? { kind: 'invalid', message: finding.message, reason }
    : { kind: 'addresses', source, addresses, family: finding.family };
}
