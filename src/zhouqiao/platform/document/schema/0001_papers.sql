-- Papers: shapes kept for ever, numbers without gaps, a public register, contents under guard.

-- Like `guard`, for rows that anybody acting in the cell may read because they prove a paper and
-- hold nothing personal: numbers, digests, seals, public keys.
CREATE FUNCTION public_in_cell(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
  EXECUTE format('CREATE POLICY within ON %I USING (cell = current_setting(''zhouqiao.cell'')) WITH CHECK (cell = current_setting(''zhouqiao.cell''))', t);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO zhouqiao_app, zhouqiao_engine', t);
END $$;

CREATE TABLE paper_shape (
  mark    text PRIMARY KEY,
  kind    text NOT NULL,
  version int NOT NULL,
  body    text NOT NULL
);
SELECT shared('paper_shape');

CREATE TABLE paper_serial (
  cell   text NOT NULL,
  scope  text NOT NULL,
  series text NOT NULL,
  year   int NOT NULL,
  last   bigint NOT NULL,
  PRIMARY KEY (cell, series, year)
);
SELECT public_in_cell('paper_serial');

CREATE TABLE paper_register (
  id          text PRIMARY KEY,
  cell        text NOT NULL,
  scope       text NOT NULL,
  number      text NOT NULL,
  paper       text NOT NULL,
  shape       text NOT NULL,
  digest      text NOT NULL,
  issued_at   timestamptz NOT NULL,
  quotes      text NOT NULL,
  revoked_at  timestamptz,
  revoked_why text,
  UNIQUE (cell, number)
);
SELECT public_in_cell('paper_register');

CREATE TABLE paper_seal (
  paper     text NOT NULL,
  cell      text NOT NULL,
  scope     text NOT NULL,
  profile   text NOT NULL,
  key       text NOT NULL,
  signature bytea NOT NULL,
  PRIMARY KEY (paper, profile)
);
SELECT public_in_cell('paper_seal');

CREATE TABLE paper (
  id         text PRIMARY KEY,
  cell       text NOT NULL,
  scope      text NOT NULL,
  person     text,
  unit       text,
  form       text NOT NULL, -- canonical JSON, byte for byte what was sealed
  keep_until date NOT NULL
);
CREATE INDEX paper_person ON paper (cell, person, id);
CREATE INDEX paper_scope ON paper (cell, scope, id);
SELECT guard('paper');
SELECT append_only('paper');

CREATE TABLE paper_print (
  sha256  text NOT NULL,
  cell    text NOT NULL,
  scope   text NOT NULL,
  paper   text NOT NULL,
  part    text NOT NULL,
  tongue  text NOT NULL,
  address text NOT NULL,
  press   text NOT NULL,
  PRIMARY KEY (sha256, paper)
);
CREATE INDEX paper_print_paper ON paper_print (paper, part, tongue);
SELECT public_in_cell('paper_print');

CREATE TABLE public_key (
  id      text PRIMARY KEY,
  cell    text NOT NULL,
  scope   text NOT NULL,
  holder  text NOT NULL,
  profile text NOT NULL,
  level   text NOT NULL,
  public  bytea NOT NULL,
  since   timestamptz NOT NULL,
  until   timestamptz
);
CREATE UNIQUE INDEX public_key_in_force ON public_key (cell, holder, profile)
  WHERE until IS NULL AND level <> 'device';
CREATE INDEX public_key_holder ON public_key (cell, holder);
SELECT public_in_cell('public_key');

CREATE TABLE signing_key (
  id     text PRIMARY KEY,
  cell   text NOT NULL,
  scope  text NOT NULL,
  secret bytea NOT NULL -- wrapped by the master key, which never lies in the database
);
SELECT guard('signing_key');
