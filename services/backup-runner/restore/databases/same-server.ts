/**
 * Whether two addresses lead to the same database: a common host with its port and, for PostgreSQL, the same database
 * (of MongoDB a restore replaces any). Names are compared as text: two names of one machine are not seen through. Pure.
 */
export function isSameMongodb(one: string, other: string): boolean {
  const hosts = new Set(hostsOf(one, 27_017));
  return hostsOf(other, 27_017).some(host => hosts.has(host));
}

export function isSamePostgres(one: string, other: string): boolean {
  const hosts = new Set(hostsOf(one, 5432));
  return hostsOf(other, 5432).some(host => hosts.has(host)) && databaseOf(one) === databaseOf(other);
}

function hostsOf(address: string, defaultPort: number): string[] {
  const authority = /^[a-z+]+:\/\/([^/?]*)/u.exec(address)?.[1] ?? '';
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .toLowerCase()
    .split(',')
    .map(host => (/:\d+$/u.test(host) ? host : `${host}:${defaultPort}`))
    .map(host => host.replace(/^(?:localhost|\[::1\]):/u, '127.0.0.1:'));
}

const databaseOf = (address: string): string => /^[a-z+]+:\/\/[^/?]*\/([^?]*)/u.exec(address)?.[1] ?? '';
