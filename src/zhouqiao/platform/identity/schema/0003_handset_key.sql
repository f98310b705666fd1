-- A handset is known by the key its browser made; a code lets a new one be set up.

ALTER TABLE handset ADD COLUMN key text, ADD COLUMN seen_at timestamptz;
CREATE UNIQUE INDEX handset_key ON handset (cell, key) WHERE key IS NOT NULL;

CREATE TABLE handset_code (
  cell       text NOT NULL,
  scope      text NOT NULL,
  person     text NOT NULL REFERENCES person,
  mark       text NOT NULL,
  made_by    text NOT NULL,
  expires_at timestamptz NOT NULL,
  wrong      int NOT NULL DEFAULT 0,
  PRIMARY KEY (cell, person)
);
SELECT zhouqiao.guard('handset_code');
