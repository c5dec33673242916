import { frrComesUp } from '../installation/frr-comes-up.ts';
import { frrk8sComesUp } from '../installation/frr-k8s-comes-up.ts';
import { borrowed } from '../models/announcing/borrowed.ts';
import { bgpWayOf, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { refOf } from '../models/references.ts';

/** The speakers look well while the containers or pods that speak BGP for them crash. */
export const frrServesIt = borrowed({
  id: 'MLB-B11',
  asks: 'Does FRR run that speaks BGP for this address?',
  link: 'announced',
  from: [frrComesUp, frrk8sComesUp],
  causes: ['speaker-frr-failing'],
  skipWhen: (facts, subject) => {
    const way = bgpWayOf(facts, subject);
    return typeof way === 'string' ? way : undefined;
  },
  settle: (findings, facts, subject) => {
    const way = bgpWayOf(facts, subject);
    return typeof way === 'string'
      ? []
      : findings.map((found) => ({
          ...found,
          severity: found.severity === 'error' ? severityOn(way) : found.severity,
          affects: [refOf(way.service)],
          details: [...found.details, ...otherWayLines(way)],
        }));
  },
});
