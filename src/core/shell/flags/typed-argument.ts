import * as Args from '@oclif/core/args';

/** A word that may be typed. oclif would take one that is missing from stdin, which is left to the script that calls. */
export function typedArgument(description: string) {
  return Args.string({ ignoreStdin: true, description });
}

/** A word that must be typed. */
export function requiredArgument(description: string) {
  return Args.string({ ignoreStdin: true, description, required: true });
}

/** Words of which at least one must be typed. */
export function requiredArguments(description: string) {
  return Args.string({ ignoreStdin: true, description, required: true, multiple: true });
}
