import { BlockList, isIP } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy the environment names for `server` (HTTPS_PROXY, HTTP_PROXY, NO_PROXY as Go reads them). */
export function proxyFor(server: string, environment: Environment): string | undefined {
  const url = new URL(server);
  const scheme = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = setting(environment, scheme);
  if (proxy === undefined || isDirect(url, setting(environment, 'NO_PROXY') ?? '')) {
    return undefined;
  }
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function setting(environment: Environment, name: string): string | undefined {
  return [environment[name], environment[name.toLowerCase()]].find(
    (value) => value !== undefined && value !== '',
  );
}

function isDirect(url: URL, exceptions: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const usualPort = url.protocol === 'https:' ? '443' : '80';
  const port = url.port === '' ? usualPort : url.port;
  if (host === 'localhost' || isLoopback(host)) {
    return true;
  }
  return exceptions
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== '' && excludes(entry, host, port));
}

function isLoopback(host: string): boolean {
  return host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function excludes(entry: string, host: string, port: string): boolean {
  if (entry === '*') {
    return true;
  }
  if (entry.includes('/')) {
    return isWithin(host, entry);
  }
  const [, name = entry, onlyPort] =
    /^(.*?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? '' : entry) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) {
    return false;
  }
  const bare = (name === '' ? entry : name).replace(/^\*?\./, '');
  const exactly = host === bare && !/^\*?\./.test(name);
  return exactly || (isIP(host) === 0 && host.endsWith(`.${bare}`));
}

function isWithin(host: string, range: string): boolean {
  const [network = '', length = ''] = range.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d+$/.test(length)) {
    return false;
  }
  const list = new BlockList();
  const name = family === 4 ? 'ipv4' : 'ipv6';
  const longest = family === 4 ? 32 : 128;
  if (Number(length) > longest) {
    return false;
  }
  list.addSubnet(network, Number(length), name);
  return list.check(host, name);
}
