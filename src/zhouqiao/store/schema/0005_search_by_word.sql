-- Search asks for the words one by one, and where they were common (docs/adr/0011-search.md).
-- What is stored stays as it is: every entry has its month, day and reaches among its words already.

DROP FUNCTION search_find(text[], tsquery[], text[], text[], timestamptz, text, int, int, int);
DROP FUNCTION search_bygone(text, tsquery, text, text, timestamptz, text, int);
DROP FUNCTION search_is_within(text, tsquery, tsquery, timestamptz, text);
DROP FUNCTION search_within(text, tsquery, tsquery, timestamptz, text, int);
DROP FUNCTION search_posted(text, tsquery, timestamptz, text, int, int);

-- What has all the `parts`, through the inverted index only, newest first: `n` is how many there are;
-- above `cap` counting stops, and the rows given are not the newest.
-- Each part is a condition of its own, so that the index leaps from one to the other and ends with the
-- first that ends. Joined by & in one query it would step through the shortest list whole.
CREATE FUNCTION search_posted(
  c text, low text, high text, k text, parts tsquery[],
  before_at timestamptz, before_key text, most int, cap int)
RETURNS TABLE (kind text, key text, scope text, at timestamptz, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = zhouqiao, pg_temp
SET enable_indexscan = off SET enable_indexonlyscan = off SET enable_seqscan = off
SET max_parallel_workers_per_gather = 0
AS $$
DECLARE
  conditions text;
BEGIN
  SELECT string_agg(format('e.words @@ $1[%s]', nth), ' AND ' ORDER BY nth) INTO conditions
    FROM generate_series(1, cardinality(parts)) nth;
  RETURN QUERY EXECUTE
    'SELECT m.kind, m.key, m.scope, m.at, count(*) OVER () FROM (
      SELECT e.kind, e.key, e.scope, e.at FROM search_entry e
      WHERE ' || conditions || $sql$
        AND e.cell || '' = $2 AND e.kind || '' = $3 AND e.scope >= $4 AND e.scope < $5
        AND (e.at, e.key) < ($6, $7)
      LIMIT $8::bigint + 1) m
    ORDER BY m.at DESC, m.key DESC LIMIT $9 $sql$
    USING parts, c, k, low, high, before_at, before_key, cap, most;
END $$;

-- A time after which matches are few, if many lie before it: short walks, spread evenly over all the
-- time before a place, look for some. NULL if none meets one: then there are few, or they lie together.
CREATE FUNCTION search_common_until(
  c text, low text, high text, k text, q tsquery, before_at timestamptz)
RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = zhouqiao, pg_temp
AS $$
  SELECT max(t.oldest + (before_at - t.oldest) * least((nth + 1) / 64.0, 1)) FROM (
    SELECT min(e.at) AS oldest FROM search_entry e WHERE e.cell = c AND e.kind = k) t,
    generate_series(1, 64) AS nth,
    LATERAL (
      SELECT e.scope, e.words FROM search_entry e
      WHERE e.cell = c AND e.kind = k AND e.at < t.oldest + (before_at - t.oldest) * (nth / 64.0)
      ORDER BY e.at DESC, e.key DESC LIMIT 32) w
  WHERE w.scope >= low AND w.scope < high AND w.words @@ q
$$;

-- The words that entries of a day and later carry, of which each has one: the days to the end of its
-- month and the months up to `latest`. Every entry has `stem`YYYYMM and `stem`YYYYMMDD (UTC).
CREATE FUNCTION search_since(stem text, day timestamp, latest timestamp) RETURNS tsquery
LANGUAGE sql STABLE
SET search_path = zhouqiao, pg_temp
AS $$
  SELECT string_agg(word, ' | ')::tsquery FROM (
    SELECT stem || to_char(d, 'YYYYMMDD') FROM generate_series(
      day, least(date_trunc('month', day) + interval '1 month -1 day', latest), interval '1 day') d
    UNION ALL
    SELECT stem || to_char(m, 'YYYYMM') FROM generate_series(
      date_trunc('month', day) + interval '1 month', latest, interval '1 month') m) words (word)
$$;

-- The newest `most` before a place, of what is common there: month by month, and day by day in a month
-- that holds more than `cap`.
CREATE FUNCTION search_bygone(
  c text, low text, high text, k text, parts tsquery[], stem text,
  before_at timestamptz, before_key text, most int, cap int)
RETURNS TABLE (kind text, key text, scope text, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = zhouqiao, pg_temp
AS $$
DECLARE
  latest timestamp := before_at AT TIME ZONE 'UTC';
  month timestamp := date_trunc('month', latest);
  oldest timestamp;
  day timestamp;
  total bigint;
  here int;
  left_over int := most;
BEGIN
  SELECT min(e.at) AT TIME ZONE 'UTC' INTO oldest FROM search_entry e WHERE e.cell = c AND e.kind = k;
  WHILE left_over > 0 AND month + interval '1 month' > oldest LOOP
    total := 0;
    here := 0;
    FOR kind, key, scope, at, total IN SELECT * FROM search_posted(
        c, low, high, k, (stem || to_char(month, 'YYYYMM'))::tsquery || parts,
        before_at, before_key, left_over, cap) LOOP
      EXIT WHEN total > cap;
      here := here + 1;
      RETURN NEXT;
    END LOOP;
    left_over := left_over - here;
    day := date_trunc('day', least(latest, month + interval '1 month -1 day'));
    WHILE total > cap AND left_over > 0 AND day >= month LOOP
      RETURN QUERY SELECT p.kind, p.key, p.scope, p.at FROM search_posted(
        c, low, high, k, (stem || to_char(day, 'YYYYMMDD'))::tsquery || parts,
        before_at, before_key, left_over, 2147483646) p;
      GET DIAGNOSTICS here = ROW_COUNT;
      left_over := left_over - here;
      day := day - interval '1 day';
    END LOOP;
    month := month - interval '1 month';
  END LOOP;
END $$;

-- The newest `most` before a place: one question for where there are few, the long way for the rest.
CREATE FUNCTION search_older(
  c text, low text, high text, k text, parts tsquery[], q tsquery, stem text,
  before_at timestamptz, before_key text, most int, cap int)
RETURNS TABLE (kind text, key text, scope text, at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = zhouqiao, pg_temp
AS $$
DECLARE
  until timestamptz := search_common_until(c, low, high, k, q, before_at);
  day timestamp := date_trunc('day', until AT TIME ZONE 'UTC') + interval '1 day';
  since tsquery := search_since(stem, day, before_at AT TIME ZONE 'UTC');
  total bigint := 0;
  here int := 0;
BEGIN
  IF until IS NULL OR since IS NOT NULL THEN
    FOR kind, key, scope, at, total IN SELECT * FROM search_posted(
        c, low, high, k, CASE WHEN until IS NULL THEN parts ELSE parts || since END,
        before_at, before_key, most, cap) LOOP
      EXIT WHEN total > cap;
      here := here + 1;
      RETURN NEXT;
    END LOOP;
  END IF;
  IF total > cap THEN
    RETURN QUERY SELECT * FROM search_bygone(
      c, low, high, k, parts, stem, before_at, before_key, most, cap / 4);
  ELSIF until IS NOT NULL AND here < most THEN
    IF since IS NOT NULL THEN
      before_at := day AT TIME ZONE 'UTC';
      before_key := '';
    END IF;
    RETURN QUERY SELECT * FROM search_bygone(
      c, low, high, k, parts, stem, before_at, before_key, most - here, cap / 4);
  END IF;
END $$;

-- The newest `most` of each kind that match and that the subject may see; doubles possible.
-- First a walk through the newest `walk` rows, where common words are found at once; what is missing
-- is older. `asked[i:i]` are the queries that must all match in `kinds[i]`, the rarest first as a rule;
-- `reaches[i]` is the word of the reach ('' for none), which only makes it faster: what is seen is
-- decided by the columns and the settings.
CREATE FUNCTION search_find(
  kinds text[], asked text[][], reaches text[], stems text[],
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
  parts tsquery[];
  q tsquery;
  found_now int;
  last_at timestamptz;
  last_key text;
BEGIN
  FOR i IN 1 .. cardinality(kinds) LOOP
    parts := ARRAY(SELECT part::tsquery FROM unnest(asked[i:i]) part);
    IF reaches[i] > '' THEN parts := reaches[i]::tsquery || parts; END IF;
    q := array_to_string(asked[i:i], ' & ')::tsquery;
    IF low < U&'\+10FFFF' THEN
      RETURN QUERY
        SELECT n.kind, n.key, n.scope, n.at FROM (
          SELECT e.kind, e.key, e.scope, e.at, e.words FROM search_entry e
          WHERE e.cell = c AND e.kind = kinds[i] AND (e.at, e.key) < (before_at, before_key)
          ORDER BY e.at DESC, e.key DESC LIMIT walk) n
        WHERE n.scope >= low AND n.scope < high AND n.words @@ q
        ORDER BY n.at DESC, n.key DESC LIMIT most;
      GET DIAGNOSTICS found_now = ROW_COUNT;
      IF found_now < most THEN
        SELECT e.at, e.key INTO last_at, last_key FROM search_entry e
          WHERE e.cell = c AND e.kind = kinds[i] AND (e.at, e.key) < (before_at, before_key)
          ORDER BY e.at DESC, e.key DESC OFFSET walk - 1 LIMIT 1;
        IF FOUND THEN
          RETURN QUERY SELECT * FROM search_older(
            c, low, high, kinds[i], parts, q, stems[i],
            last_at, last_key, most - found_now, cap);
        END IF;
      END IF;
    END IF;
    IF low > '' THEN
      RETURN QUERY
        SELECT e.kind, e.key, e.scope, e.at FROM search_entry e
        WHERE e.cell = c AND e.person = p AND e.kind = kinds[i]
          AND (e.at, e.key) < (before_at, before_key) AND e.words @@ q
        ORDER BY e.at DESC, e.key DESC LIMIT most;
      RETURN QUERY
        SELECT e.kind, e.key, e.scope, e.at FROM search_entry e
        WHERE e.cell = c AND e.unit = u AND e.kind = kinds[i]
          AND (e.at, e.key) < (before_at, before_key) AND e.words @@ q
        ORDER BY e.at DESC, e.key DESC LIMIT most;
    END IF;
  END LOOP;
END $$;

REVOKE ALL ON FUNCTION search_posted, search_common_until, search_since, search_bygone, search_older, search_find FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_find TO zhouqiao_app, zhouqiao_engine;
