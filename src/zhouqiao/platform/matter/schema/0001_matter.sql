-- The register of matters: one immutable row a version. Public within its cell; written within one's reach.
CREATE TABLE matter_version (
  cell        text NOT NULL,
  scope       text NOT NULL,
  id          text NOT NULL,
  name        text NOT NULL,
  version     int NOT NULL,
  code        text NOT NULL,
  body        text NOT NULL,
  mark        text NOT NULL,
  valid_from  date NOT NULL,
  valid_to    date,
  because     text NOT NULL,
  by          text NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (cell, name, version)
);
CREATE INDEX matter_version_code ON matter_version (cell, code) WHERE code <> '';
ALTER TABLE matter_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE matter_version FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON matter_version FOR SELECT USING (cell = current_setting('zhouqiao.cell'));
CREATE POLICY added ON matter_version FOR INSERT WITH CHECK (
  cell = current_setting('zhouqiao.cell')
  AND scope >= current_setting('zhouqiao.low') AND scope < current_setting('zhouqiao.high')
);
GRANT SELECT, INSERT ON matter_version TO zhouqiao_app, zhouqiao_engine;

-- The last serial given to a case of a matter on a day. Anybody who may open a case takes one.
CREATE TABLE matter_serial (
  cell  text NOT NULL,
  scope text NOT NULL,
  code  text NOT NULL,
  day   date NOT NULL,
  last  int NOT NULL,
  PRIMARY KEY (cell, code, day)
);
ALTER TABLE matter_serial ENABLE ROW LEVEL SECURITY;
ALTER TABLE matter_serial FORCE ROW LEVEL SECURITY;
CREATE POLICY taken ON matter_serial USING (cell = current_setting('zhouqiao.cell'));
GRANT SELECT, INSERT, UPDATE ON matter_serial TO zhouqiao_app, zhouqiao_engine;
