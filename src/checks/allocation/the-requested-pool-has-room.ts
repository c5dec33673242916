import { holdersOf } from '../models/allocation/holders.ts';
import { familyName, holderLines, poolLines } from '../models/allocation/pool-lines.ts';
import { refusalCheck } from '../models/allocation/refusals.ts';
import { editPool, freeIdleRemedies, namePoolRemedies } from '../models/allocation/remedies.ts';

/** A Service that names a pool is served from it or not at all. */
export const theRequestedPoolHasRoom = refusalCheck({
  id: 'MLB-A24',
  asks: 'Has the requested pool an address left?',
  cause: 'requested-pool-exhausted',
  reasons: ['requested-pool-exhausted'],
  groupOf: ({ reason }) => `${reason.pool} ${reason.family}`,
  tell: ({ suspect, reason }, model, facts) => {
    const usage = model.usages.find((each) => each.pool === reason.pool);
    const holders = usage === undefined ? [] : holdersOf(usage, facts);
    const others = model.usages.map((each) => each.pool).filter((name) => name !== reason.pool);
    const choices = namePoolRemedies(suspect.service, others, { model, facts });
    const dual = reason.family === 'dual' ? ` for ${familyName.dual}` : '';
    return {
      says: `pool ${reason.pool}, which it asks for, has no address left${dual}`,
      many: `pool ${reason.pool}, which they ask for, has no address left${dual}`,
      about: { kind: 'IPAddressPool', namespace: model.namespace, name: reason.pool },
      details: [
        ...poolLines(
          suspect.answer.pools.filter((each) => each.pool === reason.pool),
          { pools: facts.ipAddressPools, usages: model.usages, facts },
        ),
        ...(usage === undefined ? [] : holderLines(usage)),
        ...misleading(suspect.answer.message),
      ],
      suggests: [
        ...freeIdleRemedies(holders, facts.takenAt),
        ...choices.announced.slice(0, 2),
        editPool(
          reason.pool,
          `widen ${reason.pool}, if the network has more addresses for it`,
          model,
        ),
        ...choices.unannounced.slice(0, 1),
      ],
    };
  },
});

/** v0.15 reports a pool that has nothing left as an address that is not in any pool (#2891). */
function misleading(message: string | undefined): readonly string[] {
  return message?.includes('"<nil>"') === true
    ? [`this release says ${message} then; no address of yours is wrong`]
    : [];
}
