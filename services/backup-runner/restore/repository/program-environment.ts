/** Of this process's environment only what programs need to run: the secrets in it are given to whom they concern. */
const PASSED_ON = ['PATH', 'HOME', 'TZ', 'LANG', 'TMPDIR', 'SSL_CERT_FILE', 'HTTPS_PROXY', 'NO_PROXY'];

export const programEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    PASSED_ON.flatMap(name => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
