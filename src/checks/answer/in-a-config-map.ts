import type { Conclusion } from '../../core/diagnosis/conclude.ts';
import { kubectl } from '../../core/diagnosis/kubectl.ts';
import type { Remedy, RootCause } from '../../core/facts/finding.ts';
import type { Installation } from '../../core/facts/snapshot.ts';

/**
 * Releases before v0.13 have their pools in a ConfigMap (#1473). Checks speak of pools as of objects; here what they say
 * and tell to run is put as it is in such a cluster.
 */
export function inConfigMap<T extends Pick<Conclusion, 'rootCauses'>>(
  conclusion: T,
  installation: Installation | undefined,
): T {
  const place = placeOf(installation);
  return place === undefined
    ? conclusion
    : {
        ...conclusion,
        rootCauses: conclusion.rootCauses.map((root) => reworded(root, place)),
      };
}

/** The ConfigMap that holds the pools; undefined where they are objects. */
export function placeOf(installation: Installation | undefined): Place | undefined {
  const { namespace = '', configMap } = installation ?? {};
  return configMap === undefined ? undefined : { namespace, configMap };
}

/** Where a ConfigMap is. */
export interface Place {
  readonly namespace: string;
  readonly configMap: string;
}

function reworded(root: RootCause, place: Place): RootCause {
  const says = (text: string): string => wordedIn(text, place);
  return {
    ...root,
    says: says(root.says),
    details: root.details.map(says),
    remedies: root.remedies.map((remedy) =>
      remedyIn({ ...remedy, says: says(remedy.says) }, place),
    ),
  };
}

/** What is said of objects, as it is where one text holds all of them and both programs read all of it. */
export function wordedIn(text: string, { namespace, configMap }: Place): string {
  return text
    .replaceAll(`IPAddressPool ${namespace}/`, 'pool ')
    .replaceAll(`L2Advertisement ${namespace}/`, 'pool ')
    .replaceAll(`Community ${namespace}/${configMap}`, 'bgp-communities')
    .replaceAll(/BGPAdvertisement [^/\s]+\/(\S+?)(?:#[0-9]+)?(?=[\s:,)]|$)/g, advertisingOf)
    .replaceAll(', which waits for a Community that defines ', ': bgp-communities does not define ')
    .replace(/create a Community that defines ("[^"]*")/, 'define $1 under bgp-communities')
    .replace('the speakers look again by themselves', 'MetalLB looks again by itself')
    .replace('every speaker refuses its whole', 'MetalLB refuses its whole')
    .replace(speakersOnly, 'the controller refuses it too')
    .replaceAll('autoAssign', 'auto-assign');
}

const speakersOnly = 'Services still get addresses, the controller reads none of these objects';

function advertisingOf(_object: string, pool: string): string {
  return `the bgp-advertisements of pool ${pool}`;
}

/** A kind that stands in the ConfigMap, its plural and full name, and any further kinds of MetalLB behind a comma. */
const kinds =
  /\b(?:ipaddresspool|l2advertisement|bgpadvertisement|communities|community|ipaddresspools|l2advertisements|bgpadvertisements)(?:\.metallb\.io)?(?:,\S+)?(?=\s|$)/;

function remedyIn(remedy: Remedy, place: Place): Remedy {
  const { command } = remedy;
  return command === undefined
    ? remedy
    : { ...remedy, command: commandIn(command, { ...place, isLook: !remedy.mutates }) };
}

/** The command that does to the ConfigMap what this one does to objects; others stay as they are. */
export function commandIn(
  command: string,
  { namespace, configMap, isLook }: Place & { readonly isLook: boolean },
): string {
  if (!kinds.test(command)) {
    return command;
  }
  const look = kubectl`-n ${namespace} get configmap ${configMap} -o yaml`;
  const others = /^kubectl get (\S+),ipaddresspools\.metallb\.io -A -o yaml$/.exec(command)?.[1];
  if (others !== undefined) {
    return `kubectl get ${others} -A -o yaml && ${look}`;
  }
  return isLook ? look : kubectl`-n ${namespace} edit configmap ${configMap}`;
}
