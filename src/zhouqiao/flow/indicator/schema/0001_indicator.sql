-- What it adds up to: marks of cases under way, the readings that went in, sums by the hour.

CREATE TABLE indicator_mark (
  cell      text NOT NULL,
  case_id   text NOT NULL,
  indicator text NOT NULL,
  scope     text NOT NULL,
  at        timestamptz NOT NULL,
  fact      text,
  PRIMARY KEY (cell, indicator, case_id)
);
SELECT guard('indicator_mark');

CREATE TABLE indicator_input (
  cell      text NOT NULL,
  indicator text NOT NULL,
  at        timestamptz NOT NULL,
  seq       bigint NOT NULL,
  scope     text NOT NULL,
  dims      text NOT NULL,
  case_id   text NOT NULL,
  value     numeric NOT NULL,
  rule      text NOT NULL,
  from_fact text,
  to_fact   text NOT NULL,
  PRIMARY KEY (cell, indicator, at, seq)
);
SELECT guard('indicator_input');

CREATE TABLE indicator_hour (
  cell      text NOT NULL,
  indicator text NOT NULL,
  hour      timestamptz NOT NULL,
  scope     text NOT NULL,
  dims      text NOT NULL,
  unit_name text NOT NULL,
  count     bigint NOT NULL,
  total     numeric NOT NULL,
  least     numeric,
  most      numeric,
  kept      bigint NOT NULL,
  cancelled bigint NOT NULL,
  unsound   bigint NOT NULL,
  buckets   bigint[] NOT NULL,
  PRIMARY KEY (cell, indicator, hour, scope, dims)
);
SELECT guard('indicator_hour');
