-- Seals: what the journal held, signed and chained, one chain a cell.

-- `statement` is the exact JSON that was signed. `seqs[i]` is the fact whose leaf hash is bytes
-- 32·(i−1)+1 … 32·i of `leaves`, so that an altered fact can be named.
CREATE TABLE seal (
  cell      text NOT NULL,
  scope     text NOT NULL DEFAULT '',
  number    bigint NOT NULL,
  statement text NOT NULL,
  signature bytea NOT NULL,
  seqs      bigint[] NOT NULL,
  leaves    bytea NOT NULL,
  first     bigint NOT NULL,
  last      bigint NOT NULL,
  PRIMARY KEY (cell, number)
);
CREATE INDEX seal_span ON seal (cell, last);
ALTER TABLE seal ALTER COLUMN leaves SET STORAGE EXTERNAL;  -- hashes do not compress
-- Anybody of the cell may check a fact they hold; only the sealer (engine) writes.
ALTER TABLE seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE seal FORCE ROW LEVEL SECURITY;
CREATE POLICY seen ON seal FOR SELECT USING (cell = current_setting('zhouqiao.cell'));
GRANT SELECT ON seal TO zhouqiao_app, zhouqiao_engine;
GRANT INSERT ON seal TO zhouqiao_engine;

-- Up to where the journal is sealed: in the order in which facts settle, over all cells.
CREATE TABLE seal_cursor (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  xid xid8 NOT NULL DEFAULT '0',
  seq bigint NOT NULL DEFAULT 0
);
INSERT INTO seal_cursor DEFAULT VALUES;
GRANT SELECT, UPDATE ON seal_cursor TO zhouqiao_engine;
