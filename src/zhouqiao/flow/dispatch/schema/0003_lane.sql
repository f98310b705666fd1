-- Dispatch has a lane of its own: in a node that has lived, it goes on where it stood in the main one.
INSERT INTO reaction_cursor (lane, xid, seq)
  SELECT 'dispatch', xid, seq FROM reaction_cursor WHERE lane = 'main'
  ON CONFLICT DO NOTHING;
