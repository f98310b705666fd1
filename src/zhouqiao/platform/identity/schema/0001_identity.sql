-- Persons, bodies, posts and their holders; accounts, sessions and handsets.
-- No personal value stands here: those lie under the person's key, and lookups go by keyed hash.

CREATE TABLE person (
  person        text PRIMARY KEY,
  cell          text NOT NULL,
  scope         text NOT NULL,
  registered_at timestamptz NOT NULL
);
SELECT zhouqiao.guard('person');

-- By what a person is found again. Whoever knows the number exactly finds the id, nobody can list.
CREATE TABLE person_key (
  cell   text NOT NULL,
  scope  text NOT NULL,
  person text NOT NULL REFERENCES person,
  field  text NOT NULL,
  blind  text NOT NULL,
  PRIMARY KEY (cell, field, blind, person)
);
CREATE UNIQUE INDEX person_key_once ON person_key (cell, blind) WHERE field = 'id_card';
CREATE INDEX person_key_person ON person_key (person);
SELECT zhouqiao.guard('person_key');
CREATE POLICY found ON person_key FOR SELECT USING (cell = current_setting('zhouqiao.cell'));

CREATE TABLE body (
  body     text PRIMARY KEY,
  cell     text NOT NULL,
  scope    text NOT NULL,
  key      text NOT NULL,
  name     text NOT NULL,
  uscc     text NOT NULL,
  level    text NOT NULL CHECK (level IN ('nation', 'province', 'city', 'county', 'town', 'village')),
  division text NOT NULL,
  kind     text NOT NULL,
  UNIQUE (cell, key)
);
SELECT zhouqiao.guard('body');
CREATE POLICY known ON body FOR SELECT USING (cell = current_setting('zhouqiao.cell'));

CREATE TABLE post (
  post      text PRIMARY KEY,
  cell      text NOT NULL,
  scope     text NOT NULL,
  body      text NOT NULL REFERENCES body,
  key       text NOT NULL,
  role      text NOT NULL,
  area      text NOT NULL,
  matter    text NOT NULL,
  breadth   text NOT NULL CHECK (breadth IN ('own', 'area', 'body', 'cell')),
  closed_at timestamptz
);
CREATE INDEX post_body ON post (body);
SELECT zhouqiao.guard('post');
CREATE POLICY known ON post FOR SELECT USING (cell = current_setting('zhouqiao.cell'));

CREATE TABLE post_holder (
  cell         text NOT NULL,
  scope        text NOT NULL,
  person       text NOT NULL REFERENCES person,
  post         text NOT NULL REFERENCES post,
  since        timestamptz NOT NULL,
  until        timestamptz,
  appointed_by text NOT NULL
);
CREATE UNIQUE INDEX post_holder_now ON post_holder (person, post) WHERE until IS NULL;
SELECT zhouqiao.guard('post_holder');
-- Who holds an office is public, and must be seen whole where roles are kept apart.
CREATE POLICY known ON post_holder FOR SELECT USING (cell = current_setting('zhouqiao.cell'));

-- Whom a unit's crew consists of; told by `platform.unit`, read at sign-in.
CREATE TABLE crew_member (
  cell   text NOT NULL,
  scope  text NOT NULL,
  person text PRIMARY KEY REFERENCES person,
  unit   text NOT NULL,
  since  timestamptz NOT NULL
);
CREATE INDEX crew_member_unit ON crew_member (cell, unit);
SELECT zhouqiao.guard('crew_member');

CREATE TABLE certificate (
  certificate  text PRIMARY KEY,
  cell         text NOT NULL,
  scope        text NOT NULL,
  person       text NOT NULL REFERENCES person,
  kind         text NOT NULL,
  number       text NOT NULL,
  issuer       text NOT NULL,
  valid_from   date NOT NULL,
  valid_to     date NOT NULL CHECK (valid_to >= valid_from),
  withdrawn_at timestamptz,
  why          text
);
CREATE INDEX certificate_person ON certificate (person, kind);
SELECT zhouqiao.guard('certificate');

CREATE TABLE account (
  account     text PRIMARY KEY,
  cell        text NOT NULL,
  scope       text NOT NULL,
  person      text NOT NULL REFERENCES person,
  login       text NOT NULL,
  secret      text NOT NULL,
  must_change boolean NOT NULL,
  changed_at  timestamptz NOT NULL,
  closed_at   timestamptz
);
CREATE UNIQUE INDEX account_login ON account (cell, login) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX account_person ON account (person) WHERE closed_at IS NULL;
SELECT zhouqiao.guard('account');

-- Counted for every name that is tried, so that a name without an account answers alike.
CREATE TABLE sign_in_tries (
  cell         text NOT NULL,
  scope        text NOT NULL,
  login        text NOT NULL,
  failures     int NOT NULL DEFAULT 0,
  last_at      timestamptz,
  locked_until timestamptz,
  PRIMARY KEY (cell, login)
);
SELECT zhouqiao.guard('sign_in_tries');

CREATE TABLE external_login (
  cell      text NOT NULL,
  scope     text NOT NULL,
  person    text NOT NULL REFERENCES person,
  issuer    text NOT NULL,
  sub       text NOT NULL,
  linked_at timestamptz NOT NULL,
  PRIMARY KEY (cell, issuer, sub)
);
SELECT zhouqiao.guard('external_login');

CREATE TABLE handset (
  handset     text PRIMARY KEY,
  cell        text NOT NULL,
  scope       text NOT NULL,
  person      text NOT NULL REFERENCES person,
  label       text NOT NULL,
  enrolled_at timestamptz NOT NULL,
  revoked_at  timestamptz,
  why         text
);
CREATE INDEX handset_person ON handset (person);
CREATE INDEX handset_revoked ON handset (cell, revoked_at) WHERE revoked_at IS NOT NULL;
SELECT zhouqiao.guard('handset');

CREATE TABLE session (
  session     text PRIMARY KEY,
  cell        text NOT NULL,
  scope       text NOT NULL,
  person      text NOT NULL REFERENCES person,
  kind        text NOT NULL,
  token       text NOT NULL,
  opened_at   timestamptz NOT NULL,
  seen_at     timestamptz NOT NULL,
  post        text,
  handset     text,
  must_change boolean NOT NULL,
  revoked_at  timestamptz
);
CREATE UNIQUE INDEX session_token ON session (cell, token);
CREATE INDEX session_person ON session (person) WHERE revoked_at IS NULL;
CREATE INDEX session_handset ON session (handset) WHERE handset IS NOT NULL AND revoked_at IS NULL;
SELECT zhouqiao.guard('session');
