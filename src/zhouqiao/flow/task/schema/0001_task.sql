-- What somebody is to do next. `person` and `unit` are set where the role is held that way.
CREATE TABLE task (
  id        text PRIMARY KEY,
  cell      text NOT NULL,
  scope     text NOT NULL,
  person    text,
  unit      text,
  "case"    text NOT NULL,
  pack      text NOT NULL,
  role      text NOT NULL,
  holder    text NOT NULL,
  state     text NOT NULL,
  nth       int NOT NULL,
  options   text[] NOT NULL,
  headline  text NOT NULL,
  code      text NOT NULL,
  opened_at timestamptz NOT NULL,
  due_at    timestamptz,
  taken_by  text,
  taken_at  timestamptz,
  UNIQUE ("case", nth, role)
);
CREATE INDEX task_post ON task (cell, role, due_at, scope) WHERE holder = 'post';
CREATE INDEX task_unit ON task (cell, unit, due_at) WHERE holder = 'unit';
CREATE INDEX task_person ON task (cell, person, due_at) WHERE holder = 'person';
SELECT guard('task');
