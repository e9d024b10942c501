/*
 * In front of services/mongo-listener/scripts/create-mongodb-user.js: connects it as the administrator, and gives it the
 * password that it would ask a person for.
 */
/* global settings, Mongo, db:writable -- the role's and mongosh's own */
db = new Mongo(
  `mongodb://root:${encodeURIComponent(settings.rootPassword)}@${settings.addresses.join(',')}/` +
    `?replicaSet=${settings.replicaSet}&authSource=admin`,
).getDB(settings.listener.database);
process.env.LISTENER_USERNAME = settings.listener.name;
process.env.LISTENER_PASSWORD = settings.listener.password;
