import type { Client } from 'pg';
import { firstNames, lastNames } from '../demo/world/vocabulary.ts';

/**
 * The part of Keycloak's schema that a person would miss, with an invented company in it. The same names and hashes
 * every time, so that two seeded databases have the same content.
 */
const SCHEMA = `
  CREATE TABLE realm (
    id varchar(36) PRIMARY KEY, name varchar(255) UNIQUE, enabled boolean NOT NULL DEFAULT false,
    ssl_required varchar(255), access_token_lifespan integer, sso_idle_timeout integer, default_locale varchar(255)
  );
  CREATE TABLE client (
    id varchar(36) PRIMARY KEY, realm_id varchar(36) NOT NULL REFERENCES realm, client_id varchar(255) NOT NULL,
    enabled boolean NOT NULL DEFAULT false, public_client boolean NOT NULL DEFAULT false, secret varchar(255),
    base_url varchar(255), UNIQUE (realm_id, client_id)
  );
  CREATE TABLE redirect_uris (
    client_id varchar(36) NOT NULL REFERENCES client, value varchar(255) NOT NULL, PRIMARY KEY (client_id, value)
  );
  CREATE TABLE keycloak_role (
    id varchar(36) PRIMARY KEY, realm_id varchar(36) NOT NULL REFERENCES realm, name varchar(255) NOT NULL,
    description varchar(255), client_role boolean NOT NULL DEFAULT false
  );
  CREATE TABLE user_entity (
    id varchar(36) PRIMARY KEY, realm_id varchar(255) NOT NULL, username varchar(255), email varchar(255),
    email_verified boolean NOT NULL DEFAULT false, enabled boolean NOT NULL DEFAULT false, first_name varchar(255),
    last_name varchar(255), created_timestamp bigint, UNIQUE (realm_id, username)
  );
  CREATE TABLE credential (
    id varchar(36) PRIMARY KEY, user_id varchar(36) NOT NULL REFERENCES user_entity, type varchar(255),
    user_label varchar(255), secret_data text, credential_data text, created_date bigint, priority integer
  );
  CREATE TABLE user_attribute (
    id varchar(36) PRIMARY KEY, user_id varchar(36) NOT NULL REFERENCES user_entity, name varchar(255) NOT NULL,
    value varchar(255)
  );
  CREATE TABLE user_role_mapping (
    role_id varchar(255) NOT NULL, user_id varchar(36) NOT NULL REFERENCES user_entity, PRIMARY KEY (role_id, user_id)
  );
  CREATE TABLE event_entity (
    id varchar(36) PRIMARY KEY, client_id varchar(255), error varchar(255), ip_address varchar(255),
    realm_id varchar(255), user_id varchar(255), event_time bigint, type varchar(255)
  );
  CREATE INDEX idx_event_time ON event_entity (realm_id, event_time);
`;

/** 2026-01-05T09:00:00Z, in milliseconds as Keycloak counts. */
const OPENED = 1_767_603_600_000;

const ROWS = `
  INSERT INTO realm VALUES (md5('realm')::uuid, 'innkeeper', true, 'EXTERNAL', 300, 1800, 'en');
  INSERT INTO client
    SELECT md5('client ' || name)::uuid, md5('realm')::uuid, name, true, name = 'account', md5('secret ' || name),
      'https://' || name || '.innkeeper.example/'
    FROM unnest(ARRAY['account', 'rocketchat', 'sync-app', 'traefik']) AS name;
  INSERT INTO redirect_uris SELECT id, base_url || '*' FROM client;
  INSERT INTO keycloak_role
    SELECT md5('role ' || name)::uuid, md5('realm')::uuid, name, 'What a person of ' || name || ' may do', false
    FROM unnest(ARRAY['reception', 'cleaning', 'owner', 'operator', 'bookkeeping']) AS name;
`;

const PEOPLE = `
  INSERT INTO user_entity
    SELECT md5('person ' || nr)::uuid, md5('realm')::uuid, lower(first) || nr,
      lower(first) || nr || '@innkeeper.example', nr % 7 <> 0, nr % 11 <> 0, first, last,
      ${OPENED} + nr * 86400000::bigint
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS person (first, last, nr)
`;

const ABOUT_PEOPLE = `
  INSERT INTO credential
    SELECT md5('credential ' || id)::uuid, id, 'password', NULL,
      json_build_object('value', md5(id || 'hash'), 'salt', md5(id || 'salt')),
      '{"hashIterations":5,"algorithm":"argon2","additionalParameters":{"memory":["7168"],"type":["id"]}}',
      created_timestamp, 10
    FROM user_entity;
  INSERT INTO user_attribute
    SELECT md5(name || id)::uuid, id, name, value
    FROM user_entity, LATERAL (VALUES ('locale', CASE WHEN email_verified THEN 'en' ELSE 'pt' END), ('shift', 'early'))
      AS attribute (name, value);
  INSERT INTO user_role_mapping
    SELECT role.id, person.id FROM user_entity person
    JOIN keycloak_role role ON role.name = 'reception' OR substr(md5(role.name || person.id), 1, 1) < '3';
  INSERT INTO event_entity
    SELECT md5('login ' || nr || id)::uuid, 'rocketchat', NULL, '192.0.2.' || nr, realm_id, id,
      created_timestamp + nr * 3600000::bigint, 'LOGIN'
    FROM user_entity, generate_series(1, 6) AS nr;
`;

/** Fills an empty database; leaves one that was filled before as it is. */
export async function seedKeycloak(client: Client): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM pg_tables WHERE schemaname = 'public'");
  if (rowCount !== 0) return;
  const people = firstNames.map((first, index) => ({ first, last: lastNames[(index * 7) % lastNames.length] }));
  await client.query('BEGIN');
  await client.query(SCHEMA);
  await client.query(ROWS);
  await client.query(PEOPLE, [people.map(({ first }) => first), people.map(({ last }) => last)]);
  await client.query(ABOUT_PEOPLE);
  await client.query('COMMIT');
}
