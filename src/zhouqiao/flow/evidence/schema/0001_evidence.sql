-- What was shown, once per key of whoever showed it.
CREATE TABLE evidence (
  id          text PRIMARY KEY,
  cell        text NOT NULL,
  scope       text NOT NULL,
  person      text,
  unit        text,
  "case"      text NOT NULL,
  step        text NOT NULL,
  by          text NOT NULL,
  key         text NOT NULL,
  record      text NOT NULL,
  signatures  text NOT NULL,
  happened_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  skew        double precision NOT NULL,
  status      text NOT NULL,
  why         text,
  UNIQUE (cell, by, key)
);
CREATE INDEX evidence_case ON evidence (cell, "case");
SELECT guard('evidence');
SELECT append_only('evidence');
