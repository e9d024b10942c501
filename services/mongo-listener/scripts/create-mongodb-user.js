/**
 * The listener's user in MongoDB, with the least rights that a change stream over one database needs. Run by an
 * administrator in mongosh; run again, it sets the same rights and the password anew:
 *
 *   mongosh "mongodb://admin@mongo.example.com/rocketchat?authSource=admin" services/mongo-listener/scripts/create-mongodb-user.js
 *
 * It asks for the listener's password, unless LISTENER_PASSWORD is in the environment. LISTENER_USERNAME is
 * "innkeeper_listener" where it is not set. DRY_RUN=1 says what would be done and changes nothing.
 */
/* global db, passwordPrompt, print, quit -- mongosh's own */
const username = process.env.LISTENER_USERNAME || 'innkeeper_listener';
const role = 'innkeeperListener';
const database = db.getName();
const changesNothing = process.env.DRY_RUN === '1';

/*
 * MongoDB grants the change stream of a database only together with find on all its collections. There is no right to
 * write, to list or to administer anything. Fields cannot be kept from a reader either: that the listener asks for
 * neither the services nor the e-mail addresses of users is its own projection.
 */
const privileges = [{ resource: { db: database, collection: '' }, actions: ['changeStream', 'find'] }];
const roles = [{ role, db: database }];

if (['admin', 'config', 'local', 'test'].includes(database)) {
  print(`This is the database "${database}". Name the one of Rocket.Chat in the address, usually "rocketchat".`);
  quit(1);
}

const said = changesNothing ? 'would be' : 'was';
if (db.getRole(role) === null) {
  if (!changesNothing) db.createRole({ role, privileges, roles: [] });
  print(`Role ${database}.${role} ${said} created: changeStream and find on ${database}, nothing else.`);
} else {
  if (!changesNothing) db.updateRole(role, { privileges, roles: [] });
  print(`Role ${database}.${role} was there and ${said} set: changeStream and find on ${database}, nothing else.`);
}

const isNew = db.getUser(username) === null;
if (!changesNothing) {
  const pwd = process.env.LISTENER_PASSWORD || passwordPrompt();
  if (isNew) db.createUser({ user: username, pwd, roles });
  else db.updateUser(username, { pwd, roles });
}
print(
  isNew
    ? `User ${database}.${username} ${said} created with this role alone.`
    : `User ${database}.${username} was there and ${said} set: a new password, this role alone.`,
);
print(
  `The listener's address: mongodb://${username}:PASSWORD@HOST/${database}?replicaSet=NAME&authSource=${database} ` +
    '(characters other than letters and digits of the password percent-encoded).',
);
