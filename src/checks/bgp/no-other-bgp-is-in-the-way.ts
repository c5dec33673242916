import { kubectl } from '../../core/diagnosis/kubectl.ts';
import { bgpCheck } from '../models/bgp/bgp-check.ts';
import { otherBGPIn } from '../models/bgp/other-bgp.ts';
import { sessionText } from '../models/bgp/sessions.ts';
import { standingsOn } from '../models/bgp/session-states.ts';
import { refOf } from '../models/references.ts';
import { seenField } from '../models/seen.ts';
import { someOf } from '../../core/facts/in-words.ts';

/** A router keeps one session per pair of addresses: a CNI that peers with it from the same nodes takes it away. */
export const noOtherBGPIsInTheWay = bgpCheck({
  id: 'MLB-B16',
  asks: 'Does nothing else on the nodes speak BGP while sessions fail?',
  causes: ['bgp-beside-cni'],
  link: 'elsewhere',
  basis: 'inferred',
  run: (way, facts) => {
    const failing = standingsOn(way, facts).filter(
      ({ state, trouble }) =>
        state === 'down' && trouble !== 'unreachable' && trouble !== 'source-address',
    );
    const [first] = facts.daemonSets.flatMap((each) => otherBGPIn(each) ?? []);
    if (failing.length === 0 || first === undefined) {
      return [];
    }
    const about = refOf(first.workload);
    const { namespace = 'default', name } = first.workload.metadata;
    return [
      {
        cause: 'bgp-beside-cni',
        severity: first.isOn ? 'warning' : 'info',
        about,
        says: `${first.product} ${first.isOn ? 'speaks' : 'may speak'} BGP from the same nodes: if it peers with the same router, the router turns one of the two sessions away`,
        details: [
          `failing: ${someOf(failing.map(sessionText).toSorted())}`,
          'a router allows one session per pair of addresses, and both come from the address of the node',
          first.means,
        ],
        because: [seenField(about, first.path, first.value)],
        doubts: [`${first.product} peers only among the nodes, or with other routers`],
        suggests: [
          {
            says: 'see with whom it peers',
            command: first.look,
            mutates: false,
          },
          {
            says: `let one of the two speak: ${first.remedy}`,
            command: kubectl`-n ${namespace} get daemonset ${name} -o yaml`,
            mutates: false,
          },
        ],
      },
    ];
  },
});
