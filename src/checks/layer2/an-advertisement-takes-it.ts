import { type Found } from '../../core/diagnosis/check.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { LabelSelector } from '../../core/facts/kube-objects.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import type { AnnouncedPool } from '../../core/metallb/configuration/announced.ts';
import { selects } from '../../core/metallb/selectors.ts';
import { refOf } from '../models/references.ts';
import { seenField, workedOut } from '../models/seen.ts';
import { addressesIn } from '../models/services.ts';
import { gravityIn, isAdvertisedByBGP, type Layer2Scene } from '../models/layer2/scene.ts';
import { editObject } from '../models/layer2/told.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** From v0.16.0 on an advertisement of the pool may be for some Services only. */
export const anAdvertisementTakesIt = layer2Check({
  id: 'MLB-L01',
  asks: 'Do the advertisements of the pool take the Service?',
  causes: ['service-not-selected', 'shared-address-with-selectors'],
  link: 'advertised',
  skip: ({ announcing }) =>
    announcing.speakers.rules.knowsServiceSelectors
      ? undefined
      : 'advertisements of this release take every Service',
  run: (scene, facts) => {
    const [pool] = scene.pools;
    if (pool === undefined) {
      return [];
    }
    if (isShared(scene)) {
      return [shared(scene, pool)];
    }
    return isLeftOut(scene, pool)
      ? [finding(scene, pool, facts.installation?.namespace ?? '')]
      : [];
  },
});

function isShared({ ideal, announcing }: Layer2Scene): boolean {
  return announcing.speakers.nodes.some(
    (node) => ideal.obstacleOn(node)?.kind === 'shared-with-selectors',
  );
}

/** From v0.16.2 on the two do not go together, because the sharers could be announced from different nodes. */
function shared(scene: Layer2Scene, { name, l2 }: AnnouncedPool): Found {
  const about = refOf(scene.service);
  const { namespace = 'default' } = about;
  const choosing = l2.filter(({ serviceSelectors }) => serviceSelectors.length > 0);
  const names = choosing.map((each) => `l2/${each.name}`).toSorted();
  return {
    cause: 'shared-address-with-selectors',
    severity: gravityIn(scene),
    about,
    affects: [about],
    says: `the Service may share its address, and ${names.join(', ')} of pool ${name} is for some Services only: speakers refuse both together`,
    details: [
      'its reason in the log is sharedIPWithServiceSelector (v0.16.2): who shares an address could otherwise be announced from different nodes',
    ],
    because: [
      workedOut(
        about,
        'metallb/speaker: sharedIPWithServiceSelector (v0.16.2)',
        `it carries allow-shared-ip, and ${names.join(', ')} has serviceSelectors`,
      ),
    ],
    suggests: [
      {
        says: 'take the sharing key off the Service, or use an advertisement without serviceSelectors for this pool',
        command: kubectl`-n ${namespace} annotate service ${about.name} metallb.io/allow-shared-ip-`,
        mutates: true,
      },
    ],
  };
}

/** BGP has advertisements of its own: one of them may take it. */
function isLeftOut(scene: Layer2Scene, { l2, bgp }: AnnouncedPool): boolean {
  const { labels } = scene.service.metadata;
  const takes = ({ serviceSelectors }: { readonly serviceSelectors: readonly LabelSelector[] }) =>
    serviceSelectors.length === 0 || serviceSelectors.some((each) => selects(each, labels));
  return l2.length > 0 && ![...l2, ...bgp].some(takes) && !isAdvertisedByBGP(scene);
}

function finding({ service }: Layer2Scene, { name, l2 }: AnnouncedPool, namespace: string): Found {
  const about = refOf(service);
  const labels = Object.entries(service.metadata.labels).map(([key, value]) => `${key}=${value}`);
  const names = l2.map((each) => each.name).toSorted();
  const [first = ''] = names;
  const advertisement: ObjectRef = { kind: 'L2Advertisement', namespace, name: first };
  return {
    cause: 'service-not-selected',
    severity: 'error',
    about,
    affects: [about],
    says: `every advertisement of pool ${name} is for other Services, so nobody announces ${addressesIn(service).join(', ')}`,
    details: [
      ...l2.map(
        (each) =>
          `l2/${each.name} takes Services with ${each.serviceSelectors.map(words).join(' or ')}`,
      ),
      `the Service has ${labels.length === 0 ? 'no labels' : `the labels ${labels.toSorted().join(', ')}`}`,
      'the selectors look at the labels of the Service itself, not at those of its pods',
    ],
    because: [
      seenField(about, 'metadata.labels', JSON.stringify(service.metadata.labels)),
      workedOut(
        advertisement,
        'metallb/speaker: noMatchingAdvertisement (v0.16.0)',
        `spec.serviceSelectors of ${names.join(', ')} match no label of the Service`,
      ),
    ],
    suggests: [
      editObject(about, 'give the Service a label that one of them asks for'),
      editObject(advertisement, 'let the advertisement take it too'),
    ],
  };
}

/** `tier=edge, app in (a, b)`. */
function words({ matchLabels, matchExpressions }: LabelSelector): string {
  const parts = [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.map(
      ({ key, operator, values }) =>
        `${key} ${operator}${values.length === 0 ? '' : ` (${values.join(', ')})`}`,
    ),
  ];
  return parts.length === 0 ? 'any label' : parts.join(', ');
}
