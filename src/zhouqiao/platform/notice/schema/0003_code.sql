-- Codes sent to an address somebody gave, to see that it is theirs. The code itself lies nowhere,
-- the address among the personal values of its person.
CREATE TABLE notice_code (
  id       text PRIMARY KEY,
  cell     text NOT NULL,
  scope    text NOT NULL,
  person   text NOT NULL,
  way      text NOT NULL,
  words    text NOT NULL, -- what the letter says, by language, with room for {code}
  asked_at timestamptz NOT NULL,
  wrong    int NOT NULL DEFAULT 0,
  ended_at timestamptz
);
CREATE INDEX notice_code_newest ON notice_code (cell, person, asked_at DESC);
SELECT guard('notice_code');
