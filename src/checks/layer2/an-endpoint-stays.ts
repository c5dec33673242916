import { canServe } from '../../core/metallb/election/serving.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { someOf } from '../../core/facts/in-words.ts';
import { seeEndpoints } from '../models/service-remedies.ts';
import { layer2Check } from '../models/layer2/layer2-check.ts';

/** An endpoint that terminates and still serves keeps the address announced, until it is gone (v0.14.5, #2337). */
export const anEndpointStays = layer2Check({
  id: 'MLB-L06',
  asks: 'Is there an endpoint that is not about to end?',
  causes: ['only-terminating-endpoints'],
  link: 'announced',
  run: (scene) => {
    const serving = scene.slices.flatMap((slice) =>
      slice.endpoints.filter(canServe).map((endpoint) => ({ slice, endpoint })),
    );
    const [first] = serving;
    if (first === undefined || !serving.every(({ endpoint }) => endpoint.terminating === true)) {
      return [];
    }
    const about = refOf(scene.service);
    const nodes = [...new Set(serving.flatMap(({ endpoint }) => endpoint.nodeName ?? []))];
    const count = serving.length === 1 ? 'its last endpoint is' : 'its last endpoints are';
    return [
      {
        cause: 'only-terminating-endpoints',
        severity: 'warning',
        about,
        affects: [about],
        says: `${count} terminating: when ${serving.length === 1 ? 'it is' : 'they are'} gone nobody announces the address`,
        details: [
          `on ${someOf(nodes.toSorted())}`,
          'new connections may be refused already, while the address still answers',
        ],
        because: [seenField(refOf(first.slice), 'endpoints[].conditions.terminating', 'true')],
        doubts: ['new pods become ready at this moment: look again'],
        suggests: [seeEndpoints(scene.service, 'see whether new pods are on their way')],
      },
    ];
  },
});
