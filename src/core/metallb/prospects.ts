import { contains } from '../facts/ip.ts';
import type { IpAddress } from '../facts/ip.ts';
import type { Service } from '../facts/kube-objects.ts';
import type {
  PoolObstacle,
  PoolOffer,
  PoolUsage,
  RefusalReason,
  SharingObstacle,
} from './answer.ts';
import { assignVerdict } from './assign.ts';
import type { AllocatorState } from './assign.ts';
import { claimOf } from './claim.ts';
import type { Claim } from './claim.ts';
import type { Pool } from './configuration.ts';
import { familyOfService } from './families.ts';
import { allocationOf, needOf } from './offers.ts';
import { addressRequestOf, poolRequestOf } from './requests.ts';
import { obstacleTo } from './sharing.ts';
import { automaticVerdicts, namedVerdicts } from './verdicts.ts';

/** What one pool has for a Service, whichever way the Service asks. */
export interface PoolProspect {
  readonly pool: Pool;
  readonly offer: PoolOffer | undefined;
  /** Why it is out; undefined with an offer. */
  readonly because: ProspectObstacle | undefined;
  /** Where the pool is full and the Service would share: what keeps it off an address with its own sharing key. */
  readonly sharing: SharingObstacle | undefined;
}

export type ProspectObstacle =
  | PoolObstacle
  /** None of the requested addresses lies here. */
  | { readonly kind: 'holds-none'; readonly addresses: readonly IpAddress[] }
  /** The requested address lies here, and MetalLB will not give it. */
  | { readonly kind: 'requested-refused'; readonly reason: RefusalReason };

/** What the pools are weighed with. */
export interface ProspectScene {
  readonly state: AllocatorState;
  readonly usages: ReadonlyMap<string, PoolUsage>;
  /** Pools the controller may end up with. */
  readonly reached: ReadonlySet<string>;
}

/** Every pool with what it has for the Service; empty when the Service's own family cannot be told. */
export function prospectsFor(service: Service, scene: ProspectScene): readonly PoolProspect[] {
  const { state } = scene;
  const claim = claimOf(service, state.behaviour);
  const request = addressRequestOf(service, state.behaviour);
  if (request.kind === 'addresses') {
    return state.index.pools.map((pool) => requested(scene, claim, { pool, ...request }));
  }
  const family = familyOfService(service);
  if (family.kind === 'unknown') {
    return [];
  }
  const need = needOf(service, claim, { family: family.family, behaviour: state.behaviour });
  const weighing = { ...scene, need };
  const named = poolRequestOf(service, state.behaviour);
  const verdicts =
    named === undefined ? automaticVerdicts(weighing) : namedVerdicts(weighing, named);
  return verdicts.flatMap(({ pool: name, verdict }): readonly PoolProspect[] => {
    const pool = state.index.byName.get(name);
    if (pool === undefined) {
      return [];
    }
    return verdict.offers
      ? [{ pool, offer: verdict, because: undefined, sharing: undefined }]
      : [
          {
            pool,
            offer: undefined,
            because: verdict.because,
            sharing: sharingIn(scene, claim, pool),
          },
        ];
  });
}

function requested(
  { state, reached }: ProspectScene,
  claim: Claim,
  { pool, addresses }: { readonly pool: Pool; readonly addresses: readonly IpAddress[] },
): PoolProspect {
  const here = addresses.filter((address) => pool.cidrs.some((cidr) => contains(cidr, address)));
  const out = (because: ProspectObstacle): PoolProspect => ({
    pool,
    offer: undefined,
    because,
    sharing: undefined,
  });
  if (here.length === 0) {
    return out({ kind: 'holds-none', addresses });
  }
  const verdict = assignVerdict(state, claim, addresses);
  if (verdict.kind === 'refused') {
    return out({ kind: 'requested-refused', reason: verdict.reason });
  }
  const { sharedWith } = allocationOf(state, claim, { pool: pool.name, addresses });
  const offer = { offers: true, addresses, sharedWith, reached: reached.has(pool.name) } as const;
  return { pool, offer, because: undefined, sharing: undefined };
}

/** The first address in this pool whose holder has the same sharing key and cannot be joined all the same. */
function sharingIn(
  { state, usages }: ProspectScene,
  claim: Claim,
  pool: Pool,
): SharingObstacle | undefined {
  if (claim.sharingKey === '') {
    return undefined;
  }
  const like = usages
    .get(pool.name)
    ?.holders.find(
      ({ address }) =>
        state.book.useOf(address)?.someoneBut(claim.key)?.sharingKey === claim.sharingKey,
    );
  return like === undefined ? undefined : obstacleTo(claim, like.address, state.book);
}
