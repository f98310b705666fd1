-- Messages, what was tried to bring them, and what people take.

CREATE TABLE notice (
  id        text PRIMARY KEY,
  cell      text NOT NULL,
  scope     text NOT NULL,
  person    text NOT NULL,
  code      text NOT NULL,
  slots     text NOT NULL,
  words     text NOT NULL, -- by language, as they were when it was sent
  about     text NOT NULL,
  serves    boolean NOT NULL,
  sent_at   timestamptz NOT NULL,
  read_at   timestamptz,
  served_at timestamptz,
  proof     text
);
CREATE INDEX notice_inbox ON notice (cell, person, sent_at DESC, id);
CREATE INDEX notice_unread ON notice (cell, person) WHERE read_at IS NULL;
CREATE INDEX notice_about ON notice (cell, about);
SELECT guard('notice');

CREATE TABLE notice_attempt (
  notice    text NOT NULL,
  cell      text NOT NULL,
  scope     text NOT NULL,
  person    text NOT NULL,
  way       text NOT NULL,
  nth       int NOT NULL,
  at        timestamptz NOT NULL,
  outcome   text NOT NULL,
  reference text NOT NULL,
  PRIMARY KEY (notice, way, nth)
);
SELECT guard('notice_attempt');
SELECT append_only('notice_attempt');

CREATE TABLE notice_consent (
  cell         text NOT NULL,
  scope        text NOT NULL,
  person       text NOT NULL,
  way          text NOT NULL,
  field        text NOT NULL, -- of the personal values, where the address itself lies encrypted
  since        timestamptz NOT NULL,
  confirmed_at timestamptz,
  until        timestamptz
);
CREATE UNIQUE INDEX notice_consent_in_force ON notice_consent (cell, person, way) WHERE until IS NULL;
SELECT guard('notice_consent');
