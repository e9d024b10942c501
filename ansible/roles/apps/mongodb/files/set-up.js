/*
 * Run in mongosh by the role mongodb, with `settings` in front: makes the replica set and its users as they should be,
 * and nothing that is so already. The last line it prints is JSON: what it did, and whether the listener's user is as
 * it should be.
 */
/* global settings, Mongo, sleep, print -- the role's and mongosh's own */
(() => {
  const did = [];
  const root = `root:${encodeURIComponent(settings.rootPassword)}@`;
  const PRIMARY_MS_MAX = 60000;
  const PAUSE_MS = 500;

  function initiate() {
    const admin = new Mongo(`mongodb://${root}127.0.0.1:27017/?directConnection=true&authSource=admin`).getDB('admin');
    try {
      admin.runCommand({ replSetGetStatus: 1 });
      return;
    } catch (error) {
      if (error.codeName !== 'NotYetInitialized') throw error;
    }
    const members = settings.addresses.map((host, _id) => ({ _id, host }));
    admin.runCommand({ replSetInitiate: { _id: settings.replicaSet, members } });
    did.push(`initiated ${settings.replicaSet}`);
  }

  function connectToPrimary() {
    const members = settings.addresses.join(',');
    const address = `mongodb://${root}${members}/?replicaSet=${settings.replicaSet}&authSource=admin`;
    // By the clock: each attempt may look for a primary for half a minute itself.
    const lastMs = Date.now() + PRIMARY_MS_MAX;
    for (;;) {
      try {
        const connection = new Mongo(address);
        if (connection.getDB('admin').runCommand({ hello: 1 }).isWritablePrimary) return connection;
      } catch (error) {
        if (Date.now() >= lastMs) throw error;
      }
      if (Date.now() >= lastMs) throw new Error('The replica set has had no primary for a minute.');
      sleep(PAUSE_MS);
    }
  }

  /** A member at a time, as MongoDB wants it. Who is no longer named stays until a person removes it. */
  function addMembers(admin) {
    for (const host of settings.addresses) {
      const { config } = admin.runCommand({ replSetGetConfig: 1 });
      if (config.members.some(member => member.host === host)) continue;
      const _id = Math.max(...config.members.map(member => member._id)) + 1;
      const members = [...config.members, { _id, host }];
      admin.runCommand({ replSetReconfig: { ...config, version: config.version + 1, members } });
      did.push(`added ${host}`);
    }
  }

  const inOrder = roles => JSON.stringify(roles.map(({ role, db }) => `${db}.${role}`).sort());

  function setUser(connection, { database, name, password, digest, roles }) {
    const db = connection.getDB(database);
    const known = db.getUser(name);
    const user = { pwd: password, roles, customData: { digest } };
    if (known === null) db.createUser({ user: name, ...user });
    else if (known.customData?.digest !== digest || inOrder(known.roles) !== inOrder(roles)) db.updateUser(name, user);
    else return;
    did.push(`set user ${database}.${name}`);
  }

  function listenerIsCurrent(connection, { database, name, digest }) {
    const db = connection.getDB(database);
    const known = db.getUser(name);
    return known !== null && known.customData?.digest === digest && known.roles.length === 1;
  }

  initiate();
  const connection = connectToPrimary();
  addMembers(connection.getDB('admin'));
  for (const user of settings.users) setUser(connection, user);
  print(JSON.stringify({ did, listenerIsCurrent: listenerIsCurrent(connection, settings.listener) }));
})();
