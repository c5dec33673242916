import { itsPoolIsAdvertised } from '../health/its-pool-is-advertised.ts';
import { addressesIn } from '../models/services.ts';
import {
  announcesInstead,
  insteadLines,
  insteadRemedies,
} from '../models/bgp/announces-instead.ts';
import { borrowed } from '../models/announcing/borrowed.ts';
import { noServedAddress } from '../models/one-service.ts';

/** Where no advertisement selects the pool, that alone is why nothing arrives. */
export const itsPoolIsAnnounced = borrowed({
  id: 'MLB-L12',
  asks: 'Does any advertisement select the pool of the address?',
  link: 'advertised',
  from: [itsPoolIsAdvertised],
  isOfTheService: true,
  causes: ['pool-unadvertised'],
  skipWhen: noServedAddress,
  settle: (findings, facts, subject) => {
    const instead = announcesInstead(facts);
    const addresses = subject === undefined ? 'its addresses' : addressesIn(subject).join(', ');
    return findings.map((each) => ({
      ...each,
      severity: instead === undefined ? 'error' : 'warning',
      says: `no advertisement selects pool ${each.about.name}, so ${instead === undefined ? 'nobody announces' : 'MetalLB does not announce'} ${addresses}`,
      details: [...each.details, ...insteadLines(instead)],
      suggests: [...insteadRemedies(instead), ...each.suggests],
    }));
  },
});
