-- What came in, once per source and key.
CREATE TABLE signal (
  id          text PRIMARY KEY,
  cell        text NOT NULL,
  scope       text NOT NULL,
  person      text,
  source      text NOT NULL,
  key         text NOT NULL,
  kind        text NOT NULL,
  happened_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  UNIQUE (cell, source, key)
);
SELECT guard('signal');
SELECT append_only('signal');
