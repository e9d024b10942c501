/* Behind that script: notes which password was set, for the next run to compare. */
/* global settings, db -- the role's and mongosh's own */
db.updateUser(settings.listener.name, { customData: { digest: settings.listener.digest } });
