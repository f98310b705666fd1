-- Years of the working calendar entered on this node, each once its notice is out: what differs from Monday to
-- Friday. What was shipped is not repeated here, and a year that was counted by is never changed.
CREATE TABLE rule_calendar_year (
  year       integer PRIMARY KEY,
  days       text NOT NULL,
  entered_at timestamptz NOT NULL
);
SELECT shared('rule_calendar_year');
