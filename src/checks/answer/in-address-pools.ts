import type { Conclusion } from '../../core/diagnosis/conclude.ts';
import type { Remedy, RootCause } from '../../core/facts/finding.ts';
import type { ObjectRef } from '../../core/facts/object-ref.ts';
import { itemsIfRead } from '../../core/facts/reading.ts';
import type { Readings } from '../../core/facts/snapshot.ts';

/**
 * v0.13 takes AddressPools besides IPAddressPools (until #2252). Checks speak of both as of IPAddressPools; here what they
 * say and tell to run names the object that there is.
 */
export function inAddressPools(conclusion: Conclusion, readings: Readings): Conclusion {
  const pools = itemsIfRead(readings.ipAddressPools);
  const old = pools.filter(({ spec }) => spec.protocol !== undefined);
  const known: OldPools = {
    names: new Set(old.map(({ metadata }) => metadata.name)),
    areAll: old.length === pools.length,
  };
  return old.length === 0
    ? conclusion
    : {
        ...conclusion,
        rootCauses: conclusion.rootCauses.map((root) => reworded(root, known)),
      };
}

interface OldPools {
  readonly names: ReadonlySet<string>;
  /** Whether there is no pool of the other kind. */
  readonly areAll: boolean;
}

function reworded(root: RootCause, known: OldPools): RootCause {
  const says = (text: string): string => wordedIn(text, known);
  return {
    ...root,
    about: aboutIn(root.about, known),
    says: says(root.says),
    details: root.details.map(says),
    remedies: root.remedies.map((remedy) =>
      remedyIn({ ...remedy, says: says(remedy.says) }, known),
    ),
  };
}

function aboutIn(about: ObjectRef, { names }: OldPools): ObjectRef {
  return about.kind === 'IPAddressPool' && names.has(about.name)
    ? { ...about, kind: 'AddressPool' }
    : about;
}

const objects =
  /\b(?:IPAddressPool|L2Advertisement|BGPAdvertisement) (\S+?\/)?([a-z0-9.-]+)(#\d+)?/g;

function wordedIn(text: string, { names }: OldPools): string {
  return text.replaceAll(objects, (whole, place: string | undefined, name: string) =>
    names.has(name) ? `AddressPool ${place ?? ''}${name}` : whole,
  );
}

const oneObject = /\b(?:ipaddresspool|l2advertisement|bgpadvertisement)s? ([a-z0-9.-]+)/;
const allPools = /\bipaddresspools(?:\.metallb\.io)?(?=[\s,]|$)/;

function remedyIn(remedy: Remedy, { names, areAll }: OldPools): Remedy {
  const { command, mutates } = remedy;
  const [whole, name = ''] = oneObject.exec(command ?? '') ?? [];
  if (command === undefined || (whole === undefined && !allPools.test(command))) {
    return remedy;
  }
  if (whole !== undefined && names.has(name)) {
    return { ...remedy, command: command.replace(whole, `addresspool ${name}`) };
  }
  const isForAll = areAll || !mutates;
  const both = areAll ? 'addresspools.metallb.io' : '$&,addresspools.metallb.io';
  return isForAll ? { ...remedy, command: command.replace(allPools, both) } : remedy;
}
