import { defineCheck } from '../../core/diagnosis/check.ts';
import { cutOff, sessionFacts, sessionHelps, sessionNeeds } from '../models/bgp/all-sessions.ts';
import { backendMissing } from '../models/bgp/backend-missing.ts';
import { diallingsOf } from '../models/bgp/dialling.ts';
import { refOf } from '../models/references.ts';
import { keyOfService } from '../models/services.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** Where the speakers leave BGP to FRR, of all Services; `no-traffic` asks the same of one. */
export const somethingSpeaksBGP = defineCheck({
  id: 'MLB-B23',
  asks: 'Does what speaks BGP for the speakers run here, for the pools it is to advertise?',
  symptoms: ['health'],
  causes: ['bgp-backend-missing'],
  link: 'announced',
  basis: 'observed',
  needs: sessionNeeds,
  helps: sessionHelps,
  skipWhen: (known) => {
    const facts = sessionFacts(known);
    const { installation, bgpSessionStates } = facts;
    if (installation === undefined) {
      return 'no MetalLB was found';
    }
    if (installation.bgpType !== 'frr' && installation.bgpType !== 'frr-k8s') {
      return 'the speakers speak BGP themselves';
    }
    if (diallingsOf(facts, undefined).length === 0) {
      return 'no BGPAdvertisement selects a pool';
    }
    const isTold = bgpSessionStates.state === 'read' || bgpSessionStates.state === 'absent';
    return installation.bgpType === 'frr' || isTold
      ? undefined
      : 'whether FRR-K8s has any session is not known';
  },
  run: (known) => {
    const facts = sessionFacts(known);
    const told = backendMissing(facts);
    if (told === undefined) {
      return [];
    }
    const services = cutOff(diallingsOf(facts, undefined));
    return [
      {
        ...told,
        severity: services.length > 0 ? 'error' : 'warning',
        affects: services.map(refOf),
        details: [
          ...told.details,
          ...(services.length === 0
            ? []
            : [`announced by BGP alone: ${someOf(services.map(keyOfService).toSorted())}`]),
        ],
      },
    ];
  },
});
