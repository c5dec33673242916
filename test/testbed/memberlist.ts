import type { Lab } from './lab.ts';
import { eventually } from './waiting.ts';

type Speakers = Pick<Lab, 'nodes' | 'kubectl' | 'logOf'>;

/**
 * Waits until every speaker sees all the others. Speakers that start at the same moment miss each
 * other and only try again after a minute, or when the Node of theirs changes: so it is changed.
 */
export async function untilJoined(lab: Speakers): Promise<void> {
  let attempt = 0;
  await eventually(
    'all speakers to see each other',
    async () => {
      const apart = await lonelySpeakers(lab);
      if (apart.length === 0) {
        return true;
      }
      attempt += 1;
      await lab.kubectl(['label', 'nodes', '--all', '--overwrite', `testbed/asked=${attempt}`]);
      throw new Error(apart.join(', '));
    },
    { everyMs: 700 },
  );
}

/** Waits until no speaker sees any other. */
export async function untilApart(lab: Speakers): Promise<void> {
  await eventually('the speakers to lose each other', async () => {
    const lonely = await lonelySpeakers(lab);
    return lonely.every((words) => words.includes(' and ')) && lonely.length === lab.nodes.length
      ? true
      : undefined;
  });
}

async function lonelySpeakers(lab: Speakers): Promise<string[]> {
  const apart: string[] = [];
  for (const { name } of lab.nodes) {
    const log = await lab.logOf('speaker', { node: name });
    const others = lab.nodes.filter((node) => node.name !== name);
    const unseen = others.filter((node) => lastWordOn(log, node.name) !== 'NodeJoin');
    if (unseen.length > 0) {
      apart.push(`${name} does not see ${unseen.map((node) => node.name).join(' and ')}`);
    }
  }
  return apart;
}

function lastWordOn(log: string, node: string): string | undefined {
  const events = log.matchAll(/"node event":"(\w+)","node name":"([^"]+)"/g);
  return [...events].findLast(([, , name]) => name === node)?.[1];
}
