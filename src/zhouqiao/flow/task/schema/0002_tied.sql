-- Whom which option of a task refuses, for what they did about the case before: person -> options.
-- What is open says it at once; the owner reads every cell for that, so the guard is lifted meanwhile.
ALTER TABLE task ADD COLUMN tied jsonb NOT NULL DEFAULT '{}';

ALTER TABLE task NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
WITH refused AS (
  SELECT task.id, who, jsonb_agg(DISTINCT option) AS options
  FROM task
  JOIN cases ON cases.id = task."case"
  JOIN shape ON shape.hash = cases.shape,
  unnest(task.options) AS option,
  jsonb_array_elements(cases.kept::jsonb -> 'hands') AS hand,
  jsonb_array_elements_text((hand -> 'persons') || coalesce(hand -> 'before', '[]')) AS who
  WHERE option = 'decide_appeal' OR EXISTS (
    SELECT FROM jsonb_array_elements(shape.body::jsonb -> 'steps') AS step
    WHERE step ->> 'name' = option AND step -> 'other_than' ? (hand ->> 'state')
  )
  GROUP BY task.id, who
), whole AS (
  SELECT id, jsonb_object_agg(who, options) AS tied FROM refused GROUP BY id
)
UPDATE task SET tied = whole.tied FROM whole WHERE task.id = whole.id;
ALTER TABLE task FORCE ROW LEVEL SECURITY;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;

-- The list of a role is read most urgent first, role by role.
DROP INDEX task_post;
CREATE INDEX task_post ON task (cell, pack, role, due_at, opened_at, scope) WHERE holder = 'post';
