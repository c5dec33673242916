import { X509Certificate } from 'node:crypto';
import { OutsideError } from '../../facts/errors.ts';
import type { Connection } from './connection.ts';
import { kubectlFlags } from './kubectl-flags.ts';
import { errorCode } from './exchange.ts';
import type { Access } from './chosen-access.ts';
import { reasonOf } from './kubeconfig.ts';

/** No connection to the server can be had: who, why, and what to look at next. */
export function noConnection(access: Access, error: Error, timeoutMs: number): OutsideError {
  const { says, next } = explained(error, access, timeoutMs);
  return new OutsideError(`cannot reach ${access.server}: ${says}`, {
    cause: error,
    suggestions: next,
  });
}

interface Explained {
  readonly says: string;
  readonly next: readonly string[];
}

function explained(error: Error, access: Access, timeoutMs: number): Explained {
  const code = errorCode(error);
  const clusterInfo = `kubectl cluster-info${kubectlFlags(access)}`;
  const certificate = `openssl s_client -connect ${new URL(access.server).host} -showcerts </dev/null`;
  const fault = certificateFaults.get(code);
  if (fault !== undefined) {
    return { says: fault, next: [certificate] };
  }
  if (isUnknownAuthority(code)) {
    return {
      says: "the server's certificate is signed by an authority the kubeconfig does not know",
      next: [`kubectl config view --minify --raw${kubectlFlags(access)}`, certificate],
    };
  }
  if (code === 'ECONNECTTIMEOUT' || code === 'ETIMEDOUT') {
    return {
      says: `no connection within ${seconds(timeoutMs)} (--request-timeout raises it)`,
      next: ['is a VPN or a firewall in between?', clusterInfo],
    };
  }
  const says = networkFaults.get(code) ?? tlsFault(error) ?? reasonOf(error);
  return { says, next: [clusterInfo] };
}

/** OpenSSL's own words, without the numbers around them. */
function tlsFault(error: Error): string | undefined {
  const reason = /SSL routines:[^:]*:([^:]+)/.exec(error.message)?.[1];
  switch (reason) {
    case undefined:
      return undefined;
    case 'wrong version number':
    case 'packet length too long':
      return 'it does not speak TLS; is the address right?';
    default:
      return `TLS: ${reason}`;
  }
}

const networkFaults = new Map([
  ['ECONNREFUSED', 'connection refused: nothing listens there'],
  ['ENOTFOUND', 'the name of the server is not known (DNS)'],
  ['EAI_AGAIN', 'the name of the server is not known (DNS)'],
  ['EHOSTUNREACH', 'no route to it from here; is a VPN needed?'],
  ['ENETUNREACH', 'no route to it from here; is a VPN needed?'],
]);

const certificateFaults = new Map([
  ['CERT_HAS_EXPIRED', "the server's certificate has expired"],
  [
    'CERT_NOT_YET_VALID',
    "the server's certificate is not valid yet: is this machine's clock right?",
  ],
  ['ERR_TLS_CERT_ALTNAME_INVALID', "the server's certificate is made out to another name"],
]);

function isUnknownAuthority(code: string): boolean {
  return /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|SIGNATURE_FAILURE/.test(code);
}

/** The server does not know who we are (401). */
export function notAuthenticated(access: Access, connection: Connection, now: Date): OutsideError {
  const expired = expiryOf(connection, now);
  const reason =
    expired === undefined ? '' : `: the client certificate expired on ${expired.toISOString()}`;
  return new OutsideError(
    `${access.server} does not accept the credentials of "${access.userName}" (401)${reason}`,
    {
      suggestions: [
        'log in again, or renew the token or certificate in the kubeconfig',
        `kubectl auth whoami${kubectlFlags(access)}`,
      ],
    },
  );
}

function expiryOf({ clientCertificate }: Connection, now: Date): Date | undefined {
  if (clientCertificate === undefined) {
    return undefined;
  }
  const until = new Date(new X509Certificate(clientCertificate).validTo);
  return until.getTime() < now.getTime() ? until : undefined;
}

/** Our own limit ended the reading before anything was learned; the server has done nothing wrong. */
export function tooFewCalls({ server }: Access, maxCalls: number): OutsideError {
  return new OutsideError(
    `nothing could be read from ${server}: the limit of ${maxCalls} calls is reached (--max-calls ${maxCalls})`,
    {
      suggestions: [
        'leave --max-calls out: a reading takes some twenty calls, and a log each more',
      ],
    },
  );
}

/** `10 s`, `0.5 s`. */
export function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
