-- Who looked at whose data, and rights lent for a while.

CREATE TABLE personal_read (
  cell    text NOT NULL,
  scope   text NOT NULL,
  person  text NOT NULL,
  by      text NOT NULL,
  role    text NOT NULL,
  body    text,
  at      timestamptz NOT NULL,
  purpose text NOT NULL,
  case_id text NOT NULL,
  fields  text[] NOT NULL,
  clear   text[] NOT NULL
);
CREATE INDEX personal_read_person ON personal_read (cell, person, at);
CREATE INDEX personal_read_by ON personal_read (cell, by, at);
SELECT zhouqiao.guard('personal_read');
SELECT zhouqiao.append_only('personal_read');

CREATE TABLE access_grant (
  access_grant text PRIMARY KEY,
  cell         text NOT NULL,
  scope        text NOT NULL,
  person       text NOT NULL,
  action       text NOT NULL,
  starts       timestamptz NOT NULL,
  ends         timestamptz NOT NULL CHECK (ends > starts),
  reason       text NOT NULL,
  granted_by   text NOT NULL,
  revoked_at   timestamptz,
  revoked_why  text
);
CREATE INDEX access_grant_person ON access_grant (cell, person, ends);
SELECT zhouqiao.guard('access_grant');
