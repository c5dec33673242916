import { defineCheck, type Found, type Subject } from '../../core/diagnosis/check.ts';
import type { Facts } from '../../core/diagnosis/facts.ts';
import type { Service } from '../../core/facts/kube-objects.ts';
import { behaviourOf } from '../../core/metallb/versions.ts';
import { deprecatedPrefix, newPrefix } from '../../core/metallb/annotations.ts';
import { isServedBy } from '../models/allocation/pool-membership.ts';
import { refOf } from '../models/references.ts';
import { annotateCommand } from '../models/allocation/remedies.ts';
import { seenField } from '../models/seen.ts';
import { isPending, keyOfService } from '../models/services.ts';
import { type UnreadKey, unreadKeys, unreadText } from '../models/allocation/unread-keys.ts';

/** MetalLB reads annotations by their exact name and passes over everything else without a word. */
export const theRequestsAreSpelledRight = defineCheck({
  id: 'MLB-A27',
  asks: 'Is everything that Services ask MetalLB for written where MetalLB reads it?',
  symptoms: ['pending', 'health'],
  causes: ['request-unread', 'annotation-prefix-unknown'],
  needs: ['services'],
  enoughInNamespace: ['services'],
  helps: [],
  basis: 'observed',
  skipWhen: ({ installation }) => (installation === undefined ? 'no MetalLB was found' : undefined),
  run: (facts, subject) => {
    const { behaviour, prefix } = reader(facts);
    return askedServices(facts, subject)
      .map((service) => ({ service, unread: unreadKeys(service, behaviour) }))
      .filter(({ unread }) => unread.length > 0)
      .toSorted((a, b) => (keyOfService(a.service) < keyOfService(b.service) ? -1 : 1))
      .map((each) => finding(each, prefix, subject));
  },
});

type ServiceFacts = Facts<'services'>;

function reader({ installation }: ServiceFacts) {
  const behaviour = behaviourOf(installation?.controllerVersion ?? installation?.speakerVersion);
  return { behaviour, prefix: behaviour.knowsNewPrefix ? newPrefix : deprecatedPrefix };
}

function askedServices(facts: ServiceFacts, subject: Subject): readonly Service[] {
  return (subject === undefined ? facts.services : [subject]).filter((service) =>
    isServedBy(facts.installation, service),
  );
}

interface Unread {
  readonly service: Service;
  readonly unread: readonly UnreadKey[];
}

function finding({ service, unread }: Unread, prefix: string, subject: Subject): Found {
  const about = refOf(service);
  const words = [...new Set(unread.map(({ where, key }) => `${where} ${key}`))].join(' and ');
  const whose = subject === undefined ? `${keyOfService(service)}: ` : 'its ';
  return {
    cause: unread.every(({ why }) => why === 'prefix-too-new')
      ? 'annotation-prefix-unknown'
      : 'request-unread',
    severity: 'warning',
    about,
    affects: [about],
    says: `${whose}${words} asks for something that MetalLB does not read`,
    details: [
      ...unread.map((each) => unreadText(each, prefix)),
      isPending(service)
        ? 'MetalLB treats the Service as if it asked for nothing'
        : 'the Service has its address as if it had asked for nothing; with the right name it may get another one',
    ],
    because: unread.map(({ where, key, value }) =>
      seenField(about, `metadata.${where}s.${key}`, value),
    ),
    suggests: unread.map(({ meant, value }) => ({
      says: isPending(service)
        ? 'ask for it by the name that MetalLB reads'
        : 'ask for it by the name that MetalLB reads; its address may change then',
      command: annotateCommand(service, `${prefix}${meant}`, value),
      mutates: true,
    })),
  };
}
