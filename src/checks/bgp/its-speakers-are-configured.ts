import { programsAcceptConfiguration } from '../installation/programs-accept-configuration.ts';
import { speakersAcceptConfiguration } from '../installation/speakers-accept-configuration.ts';
import { speakersSayValid } from '../installation/speakers-say-valid.ts';
import { borrowed } from '../models/announcing/borrowed.ts';
import { bgpWayOf, otherWayLines, severityOn } from '../models/bgp/bgp-way.ts';
import { advertisingNodes } from '../models/bgp/decisions.ts';
import { refOf } from '../models/references.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** From v0.16.0 each speaker judges what concerns its own node: some may refuse while the others advertise. */
export const itsSpeakersAreConfigured = borrowed({
  id: 'MLB-B20',
  asks: 'Do the speakers that should advertise the address take their configuration?',
  link: 'announced',
  from: [programsAcceptConfiguration, speakersAcceptConfiguration, speakersSayValid],
  causes: ['config-rejected'],
  skipWhen: (facts, subject) => {
    const way = bgpWayOf(facts, subject);
    return typeof way === 'string' ? way : undefined;
  },
  settle: (findings, facts, subject) => {
    const way = bgpWayOf(facts, subject);
    if (typeof way === 'string') {
      return [];
    }
    const left = advertisingNodes(way);
    return findings.map((found) => ({
      ...found,
      severity: left.length > 0 ? 'warning' : severityOn(way),
      affects: [refOf(way.service)],
      details: [
        ...found.details,
        ...(left.length === 0 ? [] : [`${someOf(left)} can advertise the address all the same`]),
        ...otherWayLines(way),
      ],
    }));
  },
});
