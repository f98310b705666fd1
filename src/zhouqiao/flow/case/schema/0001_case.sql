-- Shapes (procedures as they stood, by content hash) and cases.

CREATE TABLE shape (
  hash      text PRIMARY KEY,
  pack      text NOT NULL,
  procedure text NOT NULL,
  body      text NOT NULL,
  loaded_at timestamptz NOT NULL
);
SELECT shared('shape');

CREATE SEQUENCE case_number;
GRANT USAGE ON SEQUENCE case_number TO zhouqiao_app;

CREATE TABLE cases (
  id        text PRIMARY KEY,
  code      text NOT NULL,
  cell      text NOT NULL,
  scope     text NOT NULL,
  person    text,
  unit      text,
  pack      text NOT NULL,
  procedure text NOT NULL,
  shape     text NOT NULL REFERENCES shape (hash),
  matter    text NOT NULL,
  matter_version int NOT NULL,
  headline  text NOT NULL,
  state     text NOT NULL,
  phase     text NOT NULL,
  nth       int NOT NULL,
  opened_by text NOT NULL,
  opened_at timestamptz NOT NULL,
  entered   timestamptz NOT NULL,
  due_at    timestamptz,
  due_kind  text,
  event     text,
  parent    text,
  lon       double precision,
  lat       double precision,
  kept      text NOT NULL
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX cases_code ON cases (cell, code);
CREATE INDEX cases_due ON cases (cell, due_at, scope) WHERE phase <> 'closed';
CREATE INDEX cases_opened ON cases (cell, opened_at, scope, procedure, state);
CREATE INDEX cases_standing ON cases (cell, procedure, state, opened_at, scope);
CREATE INDEX cases_person ON cases (cell, person, opened_at) WHERE person IS NOT NULL;
CREATE INDEX cases_unit ON cases (cell, unit, due_at) WHERE unit IS NOT NULL AND phase <> 'closed';
CREATE INDEX cases_event ON cases (cell, event) WHERE event IS NOT NULL;
CREATE INDEX cases_parent ON cases (cell, parent) WHERE parent IS NOT NULL;
SELECT guard('cases');
