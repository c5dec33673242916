import { createHash } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { filledText } from '../parse/fields.ts';
import type { Access } from './chosen-access.ts';
import { prepareWithClientNode } from './client-node.ts';
import { createCredentialSource, needsAuthProvider, type Credentials } from './credentials.ts';
import type { PluginPlace } from './exec-plugin.ts';
import { impersonationHeaders } from './impersonation.ts';
import { proxyFor } from './proxy.ts';

/** An API server, and what every request to it carries. */
export interface Connection {
  readonly server: URL;
  readonly agent: HttpAgent;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** The client certificate that is shown to the server, to say when it has expired. */
  readonly clientCertificate: string | Buffer | undefined;
}

/** Opens connections for one access; the credentials are asked for anew each time, sockets are kept. */
export interface Connector {
  connect(signal: AbortSignal): Promise<Connection>;
}

/** A connector that logs in as the kubeconfig says. */
export function createConnector(place: PluginPlace): Connector {
  const { access, environment } = place;
  const proxy = filledText(access.cluster, 'proxy-url') ?? proxyFor(access.server, environment);
  const needsClientNode = proxy !== undefined || needsAuthProvider(access.user);
  const credentialsOf = createCredentialSource(place);
  let kept: { readonly material: string; readonly agent: HttpAgent } | undefined;
  return {
    async connect(signal) {
      const credentials = await credentialsOf(signal);
      const prepared = needsClientNode
        ? await prepareWithClientNode(withFreshCertificate(access, credentials), proxy, signal)
        : undefined;
      const material = digestOf(credentials);
      if (kept?.material !== material) {
        const throughProxy = proxy === undefined ? undefined : prepared?.agent;
        kept = { material, agent: keptAlive(throughProxy) ?? agentFor(access, credentials) };
      }
      return {
        server: new URL(access.server),
        agent: kept.agent,
        headers: headersOf(access, credentials.authorization ?? prepared?.authorization),
        clientCertificate: credentials.cert,
      };
    },
  };
}

/** A certificate from a plugin has to reach the agent that goes through the proxy, too. */
function withFreshCertificate(access: Access, { cert, key }: Credentials): Access {
  const inData = (value: string | Buffer) => Buffer.from(value).toString('base64');
  return {
    ...access,
    user: {
      ...access.user,
      ...(cert !== undefined && { 'client-certificate-data': inData(cert) }),
      ...(key !== undefined && { 'client-key-data': inData(key) }),
    },
  };
}

function digestOf({ cert, key, ca }: Credentials): string {
  const hash = createHash('sha256');
  for (const part of [cert, key, ca]) {
    hash.update(part ?? '').update('\n');
  }
  return hash.digest('hex');
}

/** client-node's proxy agents open a tunnel per request unless told to keep it. */
function keptAlive(agent: HttpAgent | undefined): HttpAgent | undefined {
  return agent && Object.assign(agent, { keepAlive: true });
}

function agentFor({ server }: Access, credentials: Credentials): HttpAgent {
  if (server.startsWith('http:')) {
    return new HttpAgent({ keepAlive: true });
  }
  const { ca, cert, key, rejectUnauthorized, servername } = credentials;
  return new HttpsAgent({
    keepAlive: true,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(servername !== undefined && { servername }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
  });
}

function headersOf(access: Access, authorization: string | undefined): Connection['headers'] {
  return {
    ...(authorization !== undefined && { Authorization: authorization }),
    ...impersonationHeaders(access.impersonation),
  };
}
