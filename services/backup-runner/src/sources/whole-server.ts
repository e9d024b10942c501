/**
 * MongoDB's address without a database. The tools take one for `--db`: they refuse the oplog then, and mongorestore
 * brings all of it back beside what it was asked for. Users are still looked for in it, unless `authSource` names
 * another. Pure.
 */
export function wholeServer(uri: string): string {
  const groups = /^(?<server>mongodb(?:\+srv)?:\/\/[^/?]+)\/(?<database>[^?]+)(?:\?(?<options>.*))?$/su.exec(
    uri,
  )?.groups;
  if (groups === undefined) return uri;
  const { server = '', database = '', options = '' } = groups;
  const isLoggedIn = server.includes('@') && !/(?:^|&)authSource=/iu.test(options);
  const all = [...(options === '' ? [] : [options]), ...(isLoggedIn ? [`authSource=${database}`] : [])];
  return `${server}/${all.length === 0 ? '' : `?${all.join('&')}`}`;
}
