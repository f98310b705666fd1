-- What came of it: papers issued, grants and their payment, what is held back, ratings.

CREATE TABLE outcome_paper (
  cell      text NOT NULL,
  case_id   text NOT NULL,
  name      text NOT NULL,
  form      text NOT NULL,
  scope     text NOT NULL,
  person    text,
  paper     text NOT NULL,
  kind      text NOT NULL,
  number    text NOT NULL,
  issued_at timestamptz NOT NULL,
  PRIMARY KEY (cell, case_id, name, form)
);
SELECT guard('outcome_paper');

CREATE TABLE outcome_grant (
  cell         text NOT NULL,
  id           text NOT NULL,
  scope        text NOT NULL,
  person       text,
  case_id      text NOT NULL,
  pack         text NOT NULL,
  fund         text NOT NULL,
  form         text NOT NULL,
  state        text NOT NULL,
  yuan         numeric NOT NULL CHECK (yuan > 0),
  rule         text NOT NULL,
  rate_row     text,
  inputs       text NOT NULL,
  granted_at   timestamptz NOT NULL,
  accepted_at  timestamptz,
  batch        text,
  requested_by text,
  settled_at   timestamptz,
  reason       text,
  PRIMARY KEY (cell, id),
  UNIQUE (cell, case_id, fund, form)
);
CREATE INDEX outcome_grant_person ON outcome_grant (cell, person, granted_at);
CREATE INDEX outcome_grant_payable ON outcome_grant (cell, granted_at) WHERE state = 'accepted';
CREATE INDEX outcome_grant_batch ON outcome_grant (cell, batch) WHERE batch IS NOT NULL;
SELECT guard('outcome_grant');

CREATE TABLE outcome_held (
  cell        text NOT NULL,
  case_id     text NOT NULL,
  way         text NOT NULL,
  name        text NOT NULL,
  form        text NOT NULL,
  scope       text NOT NULL,
  person      text,
  due         text NOT NULL,
  why         text NOT NULL,
  held_at     timestamptz NOT NULL,
  ended_at    timestamptz,
  PRIMARY KEY (cell, case_id, way, name, form)
);
SELECT guard('outcome_held');

CREATE TABLE outcome_rating (
  cell    text NOT NULL,
  case_id text NOT NULL,
  scope   text NOT NULL,
  person  text NOT NULL,
  stars   smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
  words   text NOT NULL,
  at      timestamptz NOT NULL,
  PRIMARY KEY (cell, case_id)
);
SELECT guard('outcome_rating');
