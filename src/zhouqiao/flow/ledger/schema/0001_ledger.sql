-- Double entry. Lines only grow; a line's posting sums to zero per book, kind and unit, and the
-- server says so too. Balances cost the writer nothing: a fold sums settled lines by day, and a
-- reader adds the few that are not folded yet.

CREATE TABLE ledger_posting (
  cell        text NOT NULL,
  id          text NOT NULL,
  scope       text NOT NULL,
  person      text,
  case_id     text,
  basis       text NOT NULL,
  by          text NOT NULL,
  reverses    text,
  happened_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (cell, id)
);
CREATE INDEX ledger_posting_case ON ledger_posting (cell, case_id) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_posting_once ON ledger_posting (cell, reverses) WHERE reverses IS NOT NULL;
SELECT guard('ledger_posting');
SELECT append_only('ledger_posting');

CREATE TABLE ledger_line (
  cell        text NOT NULL,
  posting     text NOT NULL,
  nth         smallint NOT NULL,
  xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
  scope       text NOT NULL,
  person      text,
  book        text NOT NULL,
  account     text NOT NULL,
  kind        text NOT NULL,
  unit_name   text NOT NULL,
  amount      numeric NOT NULL CHECK (amount <> 'NaN' AND amount <> 0),
  happened_at timestamptz NOT NULL,
  PRIMARY KEY (cell, posting, nth)
);
CREATE INDEX ledger_line_new ON ledger_line (cell, xid);
CREATE INDEX ledger_line_account ON ledger_line (cell, book, account COLLATE "C", happened_at);
SELECT guard('ledger_line');
SELECT append_only('ledger_line');

CREATE FUNCTION ledger_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added GROUP BY cell, posting, book, kind, unit_name HAVING sum(amount) <> 0) THEN
    RAISE EXCEPTION 'a posting does not sum to zero' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER ledger_line_zero AFTER INSERT ON ledger_line
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_sums_to_zero();

-- What was folded: all lines of transactions before `xid`.
CREATE TABLE ledger_fold (
  cell  text PRIMARY KEY,
  scope text NOT NULL DEFAULT '',
  xid   xid8 NOT NULL DEFAULT '0'
);
SELECT guard('ledger_fold');
DROP POLICY seen ON ledger_fold;
CREATE POLICY seen ON ledger_fold FOR SELECT USING (cell = current_setting('zhouqiao.cell'));

CREATE TABLE ledger_day (
  cell      text NOT NULL,
  book      text NOT NULL,
  account   text COLLATE "C" NOT NULL,
  kind      text NOT NULL,
  unit_name text NOT NULL,
  scope     text NOT NULL,
  person    text NOT NULL DEFAULT '',
  day       date NOT NULL,
  amount    numeric NOT NULL,
  PRIMARY KEY (cell, book, account, kind, unit_name, scope, person, day)
);
SELECT guard('ledger_day');

CREATE TABLE ledger_difference (
  cell       text NOT NULL,
  id         text NOT NULL,
  scope      text NOT NULL,
  person     text,
  case_id    text,
  posting    text NOT NULL,
  book       text NOT NULL,
  kind       text NOT NULL,
  unit_name  text NOT NULL,
  stated     numeric NOT NULL,
  found      numeric NOT NULL,
  by         text NOT NULL,
  found_at   timestamptz NOT NULL,
  cleared_at timestamptz,
  cleared_by text,
  cleared_to text,
  reason     text,
  PRIMARY KEY (cell, id)
);
CREATE INDEX ledger_difference_open ON ledger_difference (cell, case_id) WHERE cleared_at IS NULL;
SELECT guard('ledger_difference');
