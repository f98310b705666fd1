-- Areas closed to boats. A row is written once; reopening sets its last column.
CREATE TABLE closed_area (
  id          text PRIMARY KEY,
  cell        text NOT NULL,
  scope       text NOT NULL,
  name        text NOT NULL,
  outline     jsonb NOT NULL,
  basis       text NOT NULL,
  starts_at   timestamptz NOT NULL,
  ends_at     timestamptz,
  reopened_at timestamptz
);
CREATE INDEX closed_area_cell ON closed_area (cell, scope, starts_at);
SELECT zhouqiao.guard('closed_area');
