-- Personal values, locked under one key a person; and the keys of a cell, wrapped under the master.

-- Rows every subject of the cell may fetch: what they hold is locked, and who may have it opened is
-- decided by purpose (platform.access), which row-level security cannot know.
CREATE FUNCTION guard_locked(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY in_cell ON %I USING (cell = current_setting(''zhouqiao.cell'')) '
                 'WITH CHECK (cell = current_setting(''zhouqiao.cell''))', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO zhouqiao_app, zhouqiao_engine', t);
END $$;

CREATE TABLE personal_key (
  cell    text NOT NULL,
  scope   text NOT NULL,
  person  text NOT NULL,
  wrapped bytea NOT NULL,
  PRIMARY KEY (cell, person)
);
SELECT guard_locked('personal_key');

-- One row a value that ever was; the salt lies inside the cipher, or a phone number could be
-- guessed from its commitment. Erased: the row stays, cipher gone.
CREATE TABLE personal (
  number     bigint GENERATED ALWAYS AS IDENTITY,
  cell       text NOT NULL,
  scope      text NOT NULL,
  person     text NOT NULL,
  field      text NOT NULL,
  grade      smallint NOT NULL,
  digest     text NOT NULL,
  cipher     bytea,
  basis      text NOT NULL,
  keep_until timestamptz,
  kept_at    timestamptz NOT NULL,
  erased_at  timestamptz,
  PRIMARY KEY (cell, person, field, number),
  CHECK ((cipher IS NULL) = (erased_at IS NOT NULL))
);
SELECT guard_locked('personal');
REVOKE DELETE ON personal FROM zhouqiao_app, zhouqiao_engine;

-- Keys of the cell itself (`lookup`: keyed hashes of personal fields). `made_in` tells a settled row
-- from one whose transaction may still be rolled back.
CREATE TABLE keyring (
  cell    text NOT NULL,
  scope   text NOT NULL DEFAULT '',
  name    text NOT NULL,
  wrapped bytea NOT NULL,
  made_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (cell, name)
);
SELECT guard_locked('keyring');
REVOKE DELETE ON keyring FROM zhouqiao_app, zhouqiao_engine;
