-- Boats, squads, rooms and devices: what they can, where they are, what they were told.

CREATE TABLE unit (
  unit          text PRIMARY KEY,
  cell          text NOT NULL,
  scope         text NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('boat', 'vehicle', 'squad', 'room', 'device')),
  name          text NOT NULL,
  body          text,
  capabilities  text[] NOT NULL,
  speed_kmh     numeric NOT NULL CHECK (speed_kmh >= 0),
  berth_lon     float8,
  berth_lat     float8,
  state         text NOT NULL CHECK (state IN ('ready', 'engaged', 'out_of_service')),
  silent_since  timestamptz,
  registered_at timestamptz NOT NULL,
  UNIQUE (cell, kind, name)
);
CREATE INDEX unit_scope ON unit (cell, scope);
SELECT zhouqiao.guard('unit');

CREATE TABLE unit_compartment (
  cell     text NOT NULL,
  scope    text NOT NULL,
  unit     text NOT NULL REFERENCES unit,
  name     text NOT NULL,
  measure  text NOT NULL CHECK (measure IN ('kg', 'litre')),
  capacity numeric NOT NULL CHECK (capacity > 0),
  holds    text[] NOT NULL,
  PRIMARY KEY (unit, name)
);
SELECT zhouqiao.guard('unit_compartment');

CREATE TABLE unit_load (
  cell        text NOT NULL,
  scope       text NOT NULL,
  unit        text NOT NULL,
  compartment text NOT NULL,
  kind        text NOT NULL,
  amount      numeric NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (unit, compartment, kind),
  FOREIGN KEY (unit, compartment) REFERENCES unit_compartment
);
SELECT zhouqiao.guard('unit_load');

CREATE TABLE unit_licence (
  cell         text NOT NULL,
  scope        text NOT NULL,
  unit         text NOT NULL REFERENCES unit,
  kind         text NOT NULL,
  number       text NOT NULL,
  valid_from   date NOT NULL,
  valid_to     date NOT NULL CHECK (valid_to >= valid_from),
  withdrawn_at timestamptz,
  why          text
);
CREATE INDEX unit_licence_unit ON unit_licence (unit, kind);
SELECT zhouqiao.guard('unit_licence');

CREATE TABLE unit_shift (
  cell   text NOT NULL,
  scope  text NOT NULL,
  unit   text NOT NULL REFERENCES unit,
  starts timestamptz NOT NULL,
  ends   timestamptz NOT NULL CHECK (ends > starts),
  PRIMARY KEY (unit, starts)
);
CREATE INDEX unit_shift_ends ON unit_shift (cell, ends);
SELECT zhouqiao.guard('unit_shift');

-- Where each unit was last. Plain b-tree on degrees: comparison of float8 is leakproof, so the box
-- is served by the index under row-level security, which `<->` on points is not.
CREATE TABLE unit_latest (
  cell        text NOT NULL,
  scope       text NOT NULL,
  unit        text PRIMARY KEY REFERENCES unit,
  happened_at timestamptz NOT NULL,
  lon         float8 NOT NULL,
  lat         float8 NOT NULL,
  accuracy    real,
  speed_kmh   real,
  course      real,
  flags       text[] NOT NULL
) WITH (fillfactor = 70);
CREATE INDEX unit_latest_box ON unit_latest (cell, lat, lon);
SELECT zhouqiao.guard('unit_latest');

-- Every position ever reported, once. Partitioned by time; months are split off the default.
CREATE TABLE unit_track (
  cell        text NOT NULL,
  scope       text NOT NULL,
  unit        text NOT NULL,
  happened_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  lon         float8 NOT NULL,
  lat         float8 NOT NULL,
  accuracy    real,
  speed_kmh   real,
  course      real,
  flags       text[] NOT NULL,
  PRIMARY KEY (unit, happened_at)
) PARTITION BY RANGE (happened_at);
CREATE TABLE unit_track_rest PARTITION OF unit_track DEFAULT;
-- Reached through its parent only, whose policies hold; by itself nobody may touch it.
ALTER TABLE unit_track_rest ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
SELECT zhouqiao.guard('unit_track');
SELECT zhouqiao.append_only('unit_track');

CREATE TABLE unit_command (
  command         text PRIMARY KEY,
  cell            text NOT NULL,
  scope           text NOT NULL,
  unit            text NOT NULL REFERENCES unit,
  kind            text NOT NULL,
  body            text NOT NULL,
  state           text NOT NULL CHECK (state IN ('sent', 'acknowledged', 'expired')),
  sent_by         text NOT NULL,
  sent_at         timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  acknowledged_at timestamptz
);
CREATE INDEX unit_command_open ON unit_command (unit, sent_at) WHERE state = 'sent';
SELECT zhouqiao.guard('unit_command');

CREATE TABLE unit_slot (
  slot   text PRIMARY KEY,
  cell   text NOT NULL,
  scope  text NOT NULL,
  unit   text NOT NULL REFERENCES unit,
  starts timestamptz NOT NULL,
  ends   timestamptz NOT NULL CHECK (ends > starts),
  places int NOT NULL CHECK (places > 0),
  taken  int NOT NULL DEFAULT 0 CHECK (taken BETWEEN 0 AND places),
  UNIQUE (unit, starts)
);
CREATE INDEX unit_slot_time ON unit_slot (cell, starts);
SELECT zhouqiao.guard('unit_slot');
CREATE POLICY offered ON unit_slot FOR SELECT USING (cell = current_setting('zhouqiao.cell'));
-- Whoever may book changes how many are taken, and nothing else of a slot.
CREATE POLICY booked ON unit_slot FOR UPDATE USING (cell = current_setting('zhouqiao.cell'));
REVOKE UPDATE ON unit_slot FROM zhouqiao_app, zhouqiao_engine;
GRANT UPDATE (taken) ON unit_slot TO zhouqiao_app, zhouqiao_engine;

CREATE TABLE unit_booking (
  cell      text NOT NULL,
  scope     text NOT NULL,
  person    text NOT NULL,
  slot      text NOT NULL REFERENCES unit_slot,
  case_id   text,
  booked_at timestamptz NOT NULL,
  PRIMARY KEY (slot, person)
);
SELECT zhouqiao.guard('unit_booking');
