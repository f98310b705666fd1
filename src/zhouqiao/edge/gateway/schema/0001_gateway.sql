-- Messages of devices that nobody understood or that came without the right key.

CREATE TABLE gateway_quarantine (
  number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cell        text NOT NULL,
  scope       text NOT NULL,
  subject     text NOT NULL,
  why         text NOT NULL,
  said        text NOT NULL,
  message     text NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX gateway_quarantine_newest ON gateway_quarantine (cell, number);
SELECT zhouqiao.guard('gateway_quarantine');
