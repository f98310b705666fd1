-- Decision tables as they were when decisions were made by them, the decisions, and the factors.

-- A table by its content hash; and the content hash of each of its rows, so that none is ever edited.
CREATE TABLE rule_table (
  name      text NOT NULL,
  version   text NOT NULL,
  body      text NOT NULL,
  pinned_at timestamptz NOT NULL,
  PRIMARY KEY (name, version)
);
SELECT shared('rule_table');

CREATE TABLE rule_row (
  name text NOT NULL,
  row  text NOT NULL,
  mark text NOT NULL,
  PRIMARY KEY (name, row)
);
SELECT shared('rule_row');

CREATE TABLE rule_decision (
  id         text PRIMARY KEY,
  cell       text NOT NULL,
  scope      text NOT NULL,
  person     text,
  name       text NOT NULL,
  version    text NOT NULL,
  on_day     date NOT NULL,
  about      text NOT NULL,
  rows       text[] NOT NULL,
  inputs     text NOT NULL,
  outcomes   text NOT NULL,
  decided_at timestamptz NOT NULL,
  FOREIGN KEY (name, version) REFERENCES rule_table
);
CREATE INDEX rule_decision_about ON rule_decision (cell, about, decided_at);
SELECT guard('rule_decision');
SELECT append_only('rule_decision');

-- Factors are public: whoever is shown a figure may open it. Written only within one's reach, never changed.
CREATE TABLE rule_factor (
  id          text PRIMARY KEY,
  name        text NOT NULL,
  value       numeric NOT NULL,
  unit        text NOT NULL,
  scope       text NOT NULL,
  valid_from  date NOT NULL,
  source      text NOT NULL,
  assumed     boolean NOT NULL,
  corrects    text REFERENCES rule_factor,
  recorded_at timestamptz NOT NULL,
  nth         bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX rule_factor_name ON rule_factor (name, valid_from);
ALTER TABLE rule_factor ENABLE ROW LEVEL SECURITY;
ALTER TABLE rule_factor FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON rule_factor FOR SELECT USING (true);
CREATE POLICY added ON rule_factor FOR INSERT WITH CHECK (
  scope >= current_setting('zhouqiao.low') AND scope < current_setting('zhouqiao.high')
);
GRANT SELECT, INSERT ON rule_factor TO zhouqiao_app, zhouqiao_engine;
