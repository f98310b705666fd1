-- The key each unit's device proves itself with: kept as a digest, one at a time.

CREATE TABLE unit_key (
  unit      text PRIMARY KEY REFERENCES unit,
  cell      text NOT NULL,
  scope     text NOT NULL,
  mark      text NOT NULL,
  issued_at timestamptz NOT NULL,
  issued_by text NOT NULL
);
SELECT zhouqiao.guard('unit_key');
