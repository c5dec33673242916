import * as Flags from '@oclif/core/flags';

const many = { multiple: true, multipleNonGreedy: true } as const;

/** Who gets the roles. */
export const subjectFlags = {
  user: Flags.string({ description: 'bind the roles to this user (repeatable)', ...many }),
  group: Flags.string({ description: 'bind the roles to this group (repeatable)', ...many }),
  serviceaccount: Flags.string({
    description: 'bind the roles to this service account (repeatable)',
    helpValue: 'NAMESPACE:NAME',
    ...many,
  }),
};

/** What the roles are for, beyond the answers. */
export const purposeFlags = {
  snapshot: Flags.boolean({
    description: 'also what only `triage snapshot` reads: it records more than answers need',
  }),
  watch: Flags.boolean({
    description: 'also what `triage watch` takes: to watch what is listed',
  }),
  probe: Flags.boolean({
    description: 'also what `triage no-traffic --from-node` takes: to make and delete a Pod',
  }),
};
