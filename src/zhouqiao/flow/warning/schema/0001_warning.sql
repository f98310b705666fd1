-- When it should worry us: where each rule stands for each figure, and what was raised.

CREATE TABLE warning_watch (
  cell    text NOT NULL,
  rule    text NOT NULL,
  scope   text NOT NULL,
  dims    text NOT NULL,
  above   int NOT NULL,
  warning text,
  PRIMARY KEY (cell, rule, scope, dims)
);
SELECT guard('warning_watch');

CREATE TABLE warning (
  cell            text NOT NULL,
  id              text NOT NULL,
  scope           text NOT NULL,
  person          text,
  rule            text NOT NULL,
  tell            text NOT NULL,
  state           text NOT NULL CHECK (state IN ('raised', 'acknowledged', 'cleared')),
  case_id         text,
  clock           text,
  force           text,
  indicator       text,
  dims            text NOT NULL DEFAULT '{}',
  value           numeric,
  limit_value     numeric,
  unit_name       text,
  signal          text,
  stopped         text,
  raised_at       timestamptz NOT NULL,
  acknowledged_at timestamptz,
  acknowledged_by text,
  cleared_at      timestamptz,
  cleared_by      text,
  reason          text,
  PRIMARY KEY (cell, id)
);
CREATE UNIQUE INDEX warning_once ON warning (cell, case_id, rule)
  WHERE case_id IS NOT NULL AND state <> 'cleared';
CREATE INDEX warning_open ON warning (cell, scope, raised_at) WHERE state <> 'cleared';
SELECT guard('warning');
