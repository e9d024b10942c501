import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate that vouches for itself, made by OpenSSL; its PEM is the authority that has to be trusted for it. */
export function makeCertificate(
  directory: string,
  hostnames: readonly string[],
  days: number,
): { key: string; cert: string } {
  const key = join(directory, `key-${days}.pem`);
  const cert = join(directory, `cert-${days}.pem`);
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const names = hostnames.map(name => `DNS:${name}`).join(',');
  const about = ['-subj', '/CN=tests', '-addext', `subjectAltName=${names}`, '-days', String(days)];
  execFileSync('openssl', ['req', '-x509', ...curve, ...about, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}
