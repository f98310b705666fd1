-- One thing in the world, however many told of it.
CREATE TABLE event (
  id     text PRIMARY KEY,
  cell   text NOT NULL,
  scope  text NOT NULL,
  person text,
  kind   text NOT NULL,
  lon    double precision,
  lat    double precision,
  since  timestamptz NOT NULL,
  merged text
);
CREATE INDEX event_near ON event (cell, kind, since);
SELECT guard('event');

CREATE TABLE event_signal (
  cell   text NOT NULL,
  scope  text NOT NULL,
  person text,
  event  text NOT NULL,
  signal text NOT NULL,
  PRIMARY KEY (cell, signal, event)
);
SELECT guard('event_signal');
