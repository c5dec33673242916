/** What of oclif starts a command; apart, so that it can be loaded late. */
export { handle } from '@oclif/core/handle';
export { run } from '@oclif/core/run';
