/** What starts a command, oclif included; apart, so that it can be loaded late. */
export { Config } from '@oclif/core/config';
export { handle } from '@oclif/core/handle';
export { run } from '@oclif/core/run';
export { refusalOf } from './command-not-found.ts';
