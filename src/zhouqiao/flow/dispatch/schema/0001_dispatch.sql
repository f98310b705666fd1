-- Who was sent to what, and everybody who was weighed up for it.
CREATE TABLE plan (
  cell    text NOT NULL,
  scope   text NOT NULL,
  person  text,
  unit    text,
  "case"  text NOT NULL,
  nth     int NOT NULL,
  policy  text NOT NULL,
  made_at timestamptz NOT NULL,
  body    text NOT NULL,
  PRIMARY KEY (cell, "case", nth)
);
CREATE INDEX plan_unit ON plan (cell, unit, made_at) WHERE unit IS NOT NULL;
SELECT guard('plan');
SELECT append_only('plan');
