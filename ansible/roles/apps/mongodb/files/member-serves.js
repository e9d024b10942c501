/*
 * Run in mongosh beside a member, without a password: ends with 0 when it is primary or secondary, or when nobody has
 * made the replica set yet; with 1 while it starts, catches up or is being copied to.
 */
/* global db, print, quit -- mongosh's own */
const { isWritablePrimary, secondary, setName } = db.hello();
const state = isWritablePrimary ? 'primary' : secondary ? 'secondary' : setName === undefined ? 'new' : 'catching up';
print(state);
quit(state === 'catching up' ? 1 : 0);
