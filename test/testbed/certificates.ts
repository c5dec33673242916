import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputOf } from './command.ts';

export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateRequest {
  /** The name of the files, without an ending. */
  readonly file: string;
  readonly commonName: string;
  readonly organisations?: readonly string[];
  /** Host names and addresses of a server; a certificate without any is a client's. */
  readonly hosts?: readonly string[];
  /** `YYYYMMDDHHMMSSZ`; without it valid to 2040. */
  readonly endsAt?: string;
}

export interface CertificateAuthority {
  readonly certificate: string;
  readonly key: string;
  /** The RSA key pair that signs ServiceAccount tokens. */
  readonly tokens: { readonly privateKey: string; readonly publicKey: string };
  readonly issue: (request: CertificateRequest) => Promise<KeyPair>;
}

/** Valid since 2020 and to 2040, so that a client with a moved clock accepts them. */
const STARTS_AT = '20200101000000Z';
const ENDS_AT = '20400101000000Z';

/** Makes an authority whose files lie in the folder. */
export async function makeAuthority(folder: string): Promise<CertificateAuthority> {
  await mkdir(join(folder, 'issued'), { recursive: true });
  await writeFile(join(folder, 'index.txt'), '');
  await writeFile(join(folder, 'openssl.conf'), configurationFor(folder));
  await makeRoot(folder);
  const privateKey = join(folder, 'tokens.key');
  const publicKey = join(folder, 'tokens.pub');
  await openssl(['genrsa', '-out', privateKey, '2048']);
  await openssl(['rsa', '-in', privateKey, '-pubout', '-out', publicKey]);
  // openssl keeps a database file, so certificates are issued one after the other.
  let queue: Promise<unknown> = Promise.resolve();
  return {
    certificate: join(folder, 'ca.crt'),
    key: join(folder, 'ca.key'),
    tokens: { privateKey, publicKey },
    issue: (request) => {
      const issued = queue.then(() => issue(folder, request));
      queue = issued.catch(() => undefined);
      return issued;
    },
  };
}

async function makeRoot(folder: string): Promise<void> {
  const request = await makeRequest(folder, 'ca', '/CN=testbed-ca');
  const extensions = ['-selfsign', '-extensions', 'authority'];
  await sign(folder, request, { extensions, endsAt: undefined });
}

async function issue(folder: string, request: CertificateRequest): Promise<KeyPair> {
  const names = (request.organisations ?? []).map((name) => `/O=${escapeName(name)}`);
  const subject = `${names.join('')}/CN=${escapeName(request.commonName)}`;
  const files = await makeRequest(folder, request.file, subject);
  const extensions = join(folder, `${request.file}.ext`);
  await writeFile(extensions, extensionsFor(request.hosts ?? []));
  await sign(folder, files, { extensions: ['-extfile', extensions], endsAt: request.endsAt });
  return files;
}

async function makeRequest(folder: string, file: string, subject: string): Promise<KeyPair> {
  const key = join(folder, `${file}.key`);
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const place = ['-keyout', key, '-out', join(folder, `${file}.csr`)];
  const configuration = ['-config', join(folder, 'openssl.conf')];
  await openssl(['req', '-new', ...curve, ...configuration, '-subj', subject, ...place]);
  return { certificate: join(folder, `${file}.crt`), key };
}

async function sign(
  folder: string,
  files: KeyPair,
  options: { extensions: readonly string[]; endsAt: string | undefined },
): Promise<void> {
  const configuration = ['-config', join(folder, 'openssl.conf')];
  const validity = ['-startdate', STARTS_AT, '-enddate', options.endsAt ?? ENDS_AT];
  const request = files.certificate.replace(/crt$/, 'csr');
  const place = ['-in', request, '-out', files.certificate];
  await openssl([
    'ca',
    '-batch',
    '-notext',
    ...configuration,
    ...options.extensions,
    ...validity,
    ...place,
  ]);
}

function extensionsFor(hosts: readonly string[]): string {
  const usage = hosts.length > 0 ? 'serverAuth,clientAuth' : 'clientAuth';
  const names = hosts.map((host) => (/^[0-9.]+$|:/.test(host) ? `IP:${host}` : `DNS:${host}`));
  const alternative = names.length > 0 ? `subjectAltName=${names.join(',')}\n` : '';
  return `basicConstraints=CA:FALSE\nkeyUsage=digitalSignature\nextendedKeyUsage=${usage}\n${alternative}`;
}

/** openssl splits a subject at slashes. */
function escapeName(name: string): string {
  return name.replaceAll('\\', '\\\\').replaceAll('/', '\\/');
}

function configurationFor(folder: string): string {
  return `
[ca]
default_ca=testbed
[testbed]
database=${folder}/index.txt
new_certs_dir=${folder}/issued
certificate=${folder}/ca.crt
private_key=${folder}/ca.key
rand_serial=yes
unique_subject=no
default_md=sha256
preserve=yes
policy=anything
[anything]
organizationName=optional
commonName=supplied
[req]
distinguished_name=subject
prompt=no
[subject]
[authority]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign,cRLSign
subjectKeyIdentifier=hash
`;
}

async function openssl(args: readonly string[]): Promise<void> {
  await outputOf('openssl', args);
}
