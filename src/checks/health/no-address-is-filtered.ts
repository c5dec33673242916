import { defineCheck } from '../../core/diagnosis/check.ts';
import { parseAddress } from '../../core/facts/ip.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { endsBuggy } from '../../core/metallb/pool-index.ts';
import { familyOf, valueOf } from '../../core/facts/ip.ts';
import { namespacesIfSelected, noPoolsToJudge } from '../models/configuration/configuration.ts';
import { isServedBy, poolIndexOf } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { addressesIn, keyOfService } from '../models/services.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';

/** Addresses that end in .0 or .255 are legal, and some old devices drop them all the same. */
export const noAddressIsFiltered = defineCheck({
  id: 'MLB-H10',
  asks: 'Does no Service hold an address that old devices take for a network or broadcast address?',
  symptoms: ['health', 'no-traffic'],
  causes: ['buggy-address-held'],
  link: 'elsewhere',
  needs: ['services', 'ipAddressPools'],
  helps: ['namespaces', 'communities'],
  basis: 'observed',
  alsoNeeds: namespacesIfSelected,
  skipWhen: noPoolsToJudge,
  run: (facts, subject) =>
    (subject === undefined ? facts.services : [subject])
      .filter((service) => isServedBy(facts.installation, service))
      .flatMap((service) => suspicious(service).map((address) => ({ service, address })))
      .map(({ service, address }) => {
        const pool = poolIndexOf(facts).holding(address)[0]?.name;
        const home = facts.installation?.namespace ?? 'metallb-system';
        const about = refOf(service);
        return {
          cause: 'buggy-address-held',
          severity: 'info' as const,
          about,
          affects: [about],
          says: `${keyOfService(service)} has ${address}, which some old routers and clients drop`,
          details: [
            `${address} is an ordinary host address here; only look at this if some clients cannot connect while others can`,
            ...(pool === undefined
              ? []
              : [
                  `pool ${pool} has avoidBuggyIPs off; turning it on takes ${address} away and gives another at once`,
                ]),
          ],
          because: [seenField(about, 'status.loadBalancer.ingress', address)],
          suggests:
            pool === undefined
              ? []
              : [
                  {
                    says: `if clients do fail: set avoidBuggyIPs: true in ${pool} (the address changes)`,
                    command: kubectl`-n ${home} patch ipaddresspool ${pool} --type=merge -p ${'{"spec":{"avoidBuggyIPs":true}}'}`,
                    mutates: true,
                  },
                ],
        };
      })
      .toSorted((a, b) => (a.says < b.says ? -1 : 1)),
});

function suspicious(service: Service) {
  return addressesIn(service)
    .flatMap((text) => parseAddress(text) ?? [])
    .filter((address) => familyOf(address) === 'ipv4' && endsBuggy(valueOf(address)));
}
