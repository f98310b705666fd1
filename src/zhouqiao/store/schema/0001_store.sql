-- The store's own tables: journal, reactions, due times, parked failures; and the guard every table passes.

-- Who may see a row: the cell always; within it the scopes under `reach`, what is about oneself,
-- and what is given to one's unit. Written with operators an index can serve.
CREATE FUNCTION guard(t text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  sees text := '(scope >= current_setting(''zhouqiao.low'') AND scope < current_setting(''zhouqiao.high''))';
BEGIN
  IF EXISTS (SELECT FROM information_schema.columns
             WHERE table_schema = 'zhouqiao' AND table_name = t AND column_name = 'person') THEN
    sees := sees || ' OR person = current_setting(''zhouqiao.person'')';
  END IF;
  IF EXISTS (SELECT FROM information_schema.columns
             WHERE table_schema = 'zhouqiao' AND table_name = t AND column_name = 'unit') THEN
    sees := sees || ' OR unit = current_setting(''zhouqiao.unit'')';
  END IF;
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY seen ON %I FOR SELECT USING (cell = current_setting(''zhouqiao.cell'') AND (%s))', t, sees);
  EXECUTE format('CREATE POLICY added ON %I FOR INSERT WITH CHECK (cell = current_setting(''zhouqiao.cell''))', t);
  EXECUTE format('CREATE POLICY changed ON %I FOR UPDATE USING (cell = current_setting(''zhouqiao.cell'') AND (%s)) WITH CHECK (cell = current_setting(''zhouqiao.cell''))', t, sees);
  EXECUTE format('CREATE POLICY removed ON %I FOR DELETE USING (cell = current_setting(''zhouqiao.cell'') AND (%s))', t, sees);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO zhouqiao_app, zhouqiao_engine', t);
END $$;

-- A table of the platform's own bookkeeping, never listed to anybody: the cell is all that guards it.
CREATE FUNCTION within_cell(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY own ON %I USING (cell = current_setting(''zhouqiao.cell''))', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO zhouqiao_app, zhouqiao_engine', t);
END $$;

-- A table whose rows are the same for every cell: all may read it, only the platform itself writes it.
CREATE FUNCTION shared(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY seen ON %I FOR SELECT USING (true)', t);
  EXECUTE format('CREATE POLICY written ON %I FOR ALL USING (current_setting(''zhouqiao.person'') = ''system'')', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO zhouqiao_app, zhouqiao_engine', t);
END $$;

-- Rows that are written once: takes back what `guard` gave.
CREATE FUNCTION append_only(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM zhouqiao_app, zhouqiao_engine', t);
  EXECUTE format('DROP POLICY changed ON %I', t);
  EXECUTE format('DROP POLICY removed ON %I', t);
END $$;

CREATE TABLE journal (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
  id          text NOT NULL,
  cell        text NOT NULL,
  scope       text NOT NULL,
  kind        text NOT NULL,
  version     smallint NOT NULL,
  about       text NOT NULL,
  person      text,
  happened_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  by          text NOT NULL,
  cause       text,
  hops        smallint NOT NULL,
  body        text NOT NULL
);
CREATE INDEX journal_tail ON journal (xid, seq);
CREATE INDEX journal_about ON journal (cell, about, seq);
SELECT guard('journal');
SELECT append_only('journal');

CREATE TABLE reaction_cursor (
  lane text PRIMARY KEY,
  xid  xid8 NOT NULL DEFAULT '0',
  seq  bigint NOT NULL DEFAULT 0
);
GRANT SELECT, INSERT, UPDATE ON reaction_cursor TO zhouqiao_engine;

CREATE TABLE parked (
  reaction  text NOT NULL,
  seq       bigint NOT NULL,
  cell      text NOT NULL,
  scope     text NOT NULL,
  about     text NOT NULL,
  why       text NOT NULL,
  behind    bigint,
  attempts  int NOT NULL DEFAULT 1,
  parked_at timestamptz NOT NULL,
  PRIMARY KEY (reaction, seq)
);
CREATE INDEX parked_about ON parked (reaction, about);
SELECT guard('parked');

CREATE TABLE due (
  cell     text NOT NULL,
  kind     text NOT NULL,
  key      text NOT NULL,
  at       timestamptz NOT NULL,
  scope    text NOT NULL,
  body     text NOT NULL,
  cause    text,
  hops     smallint NOT NULL DEFAULT 0,
  attempts int NOT NULL DEFAULT 0,
  why      text,
  PRIMARY KEY (cell, kind, key)
);
CREATE INDEX due_at ON due (at) WHERE attempts < 8;
SELECT within_cell('due');
