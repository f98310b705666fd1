-- Batches of payments: whose money, how many, how much, and who signed for them before they left;
-- and what the bank said, each line of it once.
CREATE TABLE outcome_batch (
  cell         text NOT NULL,
  id           text NOT NULL,
  scope        text NOT NULL,
  lines        int NOT NULL,
  yuan         numeric NOT NULL CHECK (yuan > 0),
  made_at      timestamptz NOT NULL,
  requested_by text NOT NULL,
  signed_by    text,
  signed_at    timestamptz,
  PRIMARY KEY (cell, id)
);
CREATE INDEX outcome_batch_open ON outcome_batch (cell, made_at) WHERE signed_at IS NULL;

-- What was put together before anybody had to sign waits for a signature too.
ALTER TABLE outcome_grant NO FORCE ROW LEVEL SECURITY;
INSERT INTO outcome_batch (cell, id, scope, lines, yuan, made_at, requested_by)
SELECT cell, batch, split_part(min(scope), '/', 1) || '/' || cell, count(*), sum(yuan), now(),
       coalesce(min(requested_by), 'system')
FROM outcome_grant WHERE state = 'requested' AND batch IS NOT NULL GROUP BY cell, batch;
ALTER TABLE outcome_grant FORCE ROW LEVEL SECURITY;
SELECT guard('outcome_batch');

CREATE TABLE outcome_answer (
  cell   text NOT NULL,
  line   text NOT NULL, -- where it stood: in which file, on which line, what it said
  scope  text NOT NULL,
  at     timestamptz NOT NULL,
  PRIMARY KEY (cell, line)
);
SELECT guard('outcome_answer');
