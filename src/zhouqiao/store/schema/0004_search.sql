-- Search: one inverted index for all that can be found, and one function that looks into it.

-- `words` holds hashed grams with their positions (see zhouqiao.store.grams): never plain text.
CREATE TABLE search_entry (
  cell   text NOT NULL,
  scope  text NOT NULL,
  person text,
  unit   text,
  kind   text NOT NULL,
  key    text NOT NULL,
  at     timestamptz NOT NULL,
  words  tsvector NOT NULL,
  PRIMARY KEY (cell, kind, key)
);
CREATE INDEX search_newest ON search_entry (cell, kind, at DESC, key DESC);
CREATE INDEX search_person ON search_entry (cell, person, kind, at DESC, key DESC) WHERE person IS NOT NULL;
CREATE INDEX search_unit ON search_entry (cell, unit, kind, at DESC, key DESC) WHERE unit IS NOT NULL;
-- A long pending list makes every search slow (docs/adr/0011-search.md has the figures).
CREATE INDEX search_words ON search_entry USING gin (words) WITH (gin_pending_list_limit = 256);
SELECT guard('search_entry');

-- `@@` is not leakproof, so under row-level security no index can serve it. These functions run as
-- their owner and apply the same conditions as the policy themselves. Whoever calls them gives
-- values, never conditions: what is seen follows from the settings of the transaction alone.

-- Matches through the inverted index only, whatever the planner thinks. `n` is how many there are;
-- above `cap` counting stops, and the rows given are not the newest.
CREATE FUNCTION search_posted(
  k text, q tsquery, before_at timestamptz, before_key text, most int, cap int)
RETURNS TABLE (kind text, key text, scope text, at timestamptz, n bigint)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = zhouqiao, pg_temp
SET enable_indexscan = off SET enable_indexonlyscan = off SET enable_seqscan = off
SET max_parallel_workers_per_gather = 0
AS $$
  SELECT m.kind, m.key, m.scope, m.at, count(*) OVER () FROM (
    SELECT e.kind, e.key, e.scope, e.at FROM search_entry e
    WHERE e.words @@ q
      AND e.cell || '' = current_setting('zhouqiao.cell') AND e.kind || '' = k
      AND e.scope >= current_setting('zhouqiao.low') AND e.scope < current_setting('zhouqiao.high')
      AND (e.at, e.key) < (before_at, before_key)
    LIMIT cap + 1) m
  ORDER BY m.at DESC, m.key DESC LIMIT most
$$;

-- The same within one month or day: a second condition, by which the index leaps over the rest.
CREATE FUNCTION search_within(
  k text, q tsquery, period tsquery, before_at timestamptz, before_key text, most int)
RETURNS TABLE (kind text, key text, scope text, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = zhouqiao, pg_temp
SET enable_indexscan = off SET enable_indexonlyscan = off SET enable_seqscan = off
SET max_parallel_workers_per_gather = 0
AS $$
  SELECT e.kind, e.key, e.scope, e.at FROM search_entry e
  WHERE e.words @@ q AND e.words @@ period
    AND e.cell || '' = current_setting('zhouqiao.cell') AND e.kind || '' = k
    AND e.scope >= current_setting('zhouqiao.low') AND e.scope < current_setting('zhouqiao.high')
    AND (e.at, e.key) < (before_at, before_key)
  ORDER BY e.at DESC, e.key DESC LIMIT most
$$;
CREATE FUNCTION search_is_within(
  k text, q tsquery, period tsquery, before_at timestamptz, before_key text)
RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = zhouqiao, pg_temp
SET enable_indexscan = off SET enable_indexonlyscan = off SET enable_seqscan = off
SET max_parallel_workers_per_gather = 0
AS $$
  SELECT EXISTS (
    SELECT FROM search_entry e
    WHERE e.words @@ q AND e.words @@ period
      AND e.cell || '' = current_setting('zhouqiao.cell') AND e.kind || '' = k
      AND e.scope >= current_setting('zhouqiao.low') AND e.scope < current_setting('zhouqiao.high')
      AND (e.at, e.key) < (before_at, before_key))
$$;

-- Words that were common once and are not now: back month by month, in a month that has any day by
-- day. Every entry carries `stem`YYYYMM and `stem`YYYYMMDD (UTC), and a word for each reach above it
-- (`reach`; '' for none), which goes with the period: two rare conditions leap better than one long.
CREATE FUNCTION search_bygone(
  k text, q tsquery, reach text, stem text, before_at timestamptz, before_key text, most int)
RETURNS TABLE (kind text, key text, scope text, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = zhouqiao, pg_temp
AS $$
DECLARE
  c text := current_setting('zhouqiao.cell');
  latest timestamp;
  earliest timestamp;
  month timestamp;
  day timestamp;
  found_now bigint;
  left_over int := most;
  also text := CASE WHEN reach = '' THEN '' ELSE ' & ' || reach END;
BEGIN
  SELECT min(e.at) AT TIME ZONE 'UTC', least(max(e.at), before_at) AT TIME ZONE 'UTC'
    INTO earliest, latest FROM search_entry e WHERE e.cell = c AND e.kind = k;
  month := date_trunc('month', latest);
  WHILE month + interval '1 month' > earliest LOOP
    IF search_is_within(
        k, q, (stem || to_char(month, 'YYYYMM') || also)::tsquery, before_at, before_key) THEN
      day := date_trunc('day', least(latest, month + interval '1 month' - interval '1 day'));
      WHILE day >= month LOOP
        RETURN QUERY SELECT * FROM search_within(
          k, q, (stem || to_char(day, 'YYYYMMDD') || also)::tsquery, before_at, before_key, left_over);
        GET DIAGNOSTICS found_now = ROW_COUNT;
        left_over := left_over - found_now;
        IF left_over <= 0 THEN RETURN; END IF;
        day := day - interval '1 day';
      END LOOP;
    END IF;
    month := month - interval '1 month';
  END LOOP;
END $$;

-- The newest `most` of each kind that match and that the subject may see; doubles possible.
-- First a walk through the newest `walk` rows, where common words are found at once; what is not
-- found there is not common now, and its list in the inverted index short, or long ago.
-- `asked[i]` is the query for `kinds[i]`, `reaches[i]` the word of the reach ('' for none), which only
-- makes it faster: what is seen is decided by the columns and the settings.
CREATE FUNCTION search_find(
  kinds text[], asked tsquery[], reaches text[], stems text[],
  before_at timestamptz, before_key text, most int, walk int, cap int)
RETURNS TABLE (kind text, key text, scope text, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = zhouqiao, pg_temp
AS $$
DECLARE
  c text := current_setting('zhouqiao.cell');
  low text := current_setting('zhouqiao.low');
  high text := current_setting('zhouqiao.high');
  p text := current_setting('zhouqiao.person');
  u text := current_setting('zhouqiao.unit');
  found_now bigint;
  narrow tsquery;
  one record;
BEGIN
  FOR i IN 1 .. cardinality(kinds) LOOP
    IF low < U&'\+10FFFF' THEN
      RETURN QUERY
        SELECT n.kind, n.key, n.scope, n.at FROM (
          SELECT e.kind, e.key, e.scope, e.at, e.words FROM search_entry e
          WHERE e.cell = c AND e.kind = kinds[i] AND (e.at, e.key) < (before_at, before_key)
          ORDER BY e.at DESC, e.key DESC LIMIT walk) n
        WHERE n.scope >= low AND n.scope < high AND n.words @@ asked[i]
        ORDER BY n.at DESC, n.key DESC LIMIT most;
      GET DIAGNOSTICS found_now = ROW_COUNT;
      IF found_now < most THEN
        narrow := asked[i];
        IF reaches[i] > '' THEN narrow := narrow && reaches[i]::tsquery; END IF;
        FOR one IN SELECT * FROM search_posted(
            kinds[i], narrow, before_at, before_key, most, cap) LOOP
          IF one.n > cap THEN
            RETURN QUERY SELECT * FROM search_bygone(
              kinds[i], asked[i], reaches[i], stems[i], before_at, before_key, most);
            EXIT;
          END IF;
          kind := one.kind; key := one.key; scope := one.scope; at := one.at;
          RETURN NEXT;
        END LOOP;
      END IF;
    END IF;
    IF low > '' THEN
      RETURN QUERY
        SELECT e.kind, e.key, e.scope, e.at FROM search_entry e
        WHERE e.cell = c AND e.person = p AND e.kind = kinds[i]
          AND (e.at, e.key) < (before_at, before_key) AND e.words @@ asked[i]
        ORDER BY e.at DESC, e.key DESC LIMIT most;
      RETURN QUERY
        SELECT e.kind, e.key, e.scope, e.at FROM search_entry e
        WHERE e.cell = c AND e.unit = u AND e.kind = kinds[i]
          AND (e.at, e.key) < (before_at, before_key) AND e.words @@ asked[i]
        ORDER BY e.at DESC, e.key DESC LIMIT most;
    END IF;
  END LOOP;
END $$;

REVOKE ALL ON FUNCTION
  search_posted, search_within, search_is_within, search_bygone, search_find FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_find TO zhouqiao_app, zhouqiao_engine;
