-- The rules of the audit as somebody who knows DuckDB would write each by itself: (rule, codes, first day) of what is
-- found. Without evidence, names and the check of the input that the audit does besides. Statements are cut at blank lines.

SELECT 'mandate_overlap', function || '|' || scope, valid_from FROM (
  SELECT *, max(coalesce(valid_to, DATE '9999-12-31')) OVER (PARTITION BY function, scope ORDER BY valid_from, mandate
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM mandates WHERE role = 'lead')
WHERE reached > valid_from

WITH lead_rows AS (
  SELECT function, scope, valid_from, coalesce(valid_to, DATE '9999-12-31') AS valid_to,
    max(coalesce(valid_to, DATE '9999-12-31')) OVER (PARTITION BY function, scope ORDER BY valid_from, mandate
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM mandates WHERE role = 'lead'),
whole AS (SELECT function, scope, min(valid_from) AS first, max(valid_to) AS last FROM lead_rows GROUP BY ALL),
life AS (SELECT function, valid_from, coalesce(valid_to, DATE '9999-12-31') AS valid_to FROM functions
  WHERE valid_to IS NULL OR valid_from < valid_to)
SELECT 'mandate_gap', function || '|' || scope, reached FROM lead_rows WHERE reached < valid_from
UNION ALL SELECT 'mandate_gap', function || '|' || coalesce(scope, ''), life.valid_from FROM life
  LEFT JOIN whole USING (function) WHERE first IS NULL OR first > life.valid_from
UNION ALL SELECT 'mandate_gap', function || '|' || scope, last FROM life JOIN whole USING (function) WHERE last < life.valid_to
UNION ALL SELECT 'mandate_beyond', function || '|' || scope, first FROM whole LEFT JOIN life USING (function)
  WHERE life.valid_from IS NULL OR first < life.valid_from
UNION ALL SELECT 'mandate_beyond', function || '|' || scope, life.valid_to FROM life JOIN whole USING (function)
  WHERE last > life.valid_to

SELECT 'post_double', post, valid_from FROM (
  SELECT *, max(coalesce(valid_to, DATE '9999-12-31')) OVER (PARTITION BY post ORDER BY valid_from, holding
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM holdings WHERE mode = 'official')
WHERE reached > valid_from

WITH held AS (
  SELECT post, valid_from, coalesce(valid_to, DATE '9999-12-31') AS valid_to,
    max(coalesce(valid_to, DATE '9999-12-31')) OVER (PARTITION BY post ORDER BY valid_from, holding
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM holdings),
whole AS (SELECT post, min(valid_from) AS first, max(valid_to) AS last,
  list([reached, valid_from]) FILTER (reached < valid_from) AS gaps FROM held GROUP BY post),
seat AS (SELECT post, unit, rank, valid_from, coalesce(valid_to, DATE '9999-12-31') AS valid_to FROM posts),
open AS (
  SELECT post, unit, rank, unnest(gaps)[1] AS day FROM seat JOIN whole USING (post) WHERE gaps IS NOT NULL
  UNION ALL SELECT post, unit, rank, seat.valid_from FROM seat LEFT JOIN whole USING (post)
    WHERE first IS NULL OR first > seat.valid_from
  UNION ALL SELECT post, unit, rank, last FROM seat JOIN whole USING (post) WHERE last < seat.valid_to)
SELECT 'post_vacant', post, day FROM open WHERE rank <> 'head'
UNION ALL SELECT 'head_missing', unit, day FROM open JOIN units USING (unit) WHERE rank = 'head' AND needs_head
UNION ALL SELECT 'head_missing', unit, valid_from FROM units WHERE needs_head
  AND unit NOT IN (SELECT unit FROM posts WHERE rank = 'head')
UNION ALL SELECT 'holding_beyond', post, first FROM whole LEFT JOIN seat USING (post)
  WHERE seat.valid_from IS NULL OR first < seat.valid_from
UNION ALL SELECT 'holding_beyond', post, seat.valid_to FROM seat JOIN whole USING (post) WHERE last > seat.valid_to

SELECT 'head_double', unit, valid_from FROM (
  SELECT *, max(coalesce(valid_to, DATE '9999-12-31')) OVER (PARTITION BY unit ORDER BY valid_from, post
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM posts WHERE rank = 'head')
WHERE reached > valid_from

SELECT 'mandate_of_closed', m.unit || '|' || function || '|' || scope, m.valid_from FROM mandates m LEFT JOIN units u USING (unit)
WHERE u.unit IS NULL OR m.valid_from < u.valid_from
UNION ALL SELECT 'mandate_of_closed', m.unit || '|' || function || '|' || scope, u.valid_to FROM mandates m JOIN units u USING (unit)
WHERE coalesce(m.valid_to, DATE '9999-12-31') > u.valid_to
UNION ALL SELECT 'post_of_closed', p.unit || '|' || post, p.valid_from FROM posts p LEFT JOIN units u USING (unit)
WHERE u.unit IS NULL OR p.valid_from < u.valid_from
UNION ALL SELECT 'post_of_closed', p.unit || '|' || post, u.valid_to FROM posts p JOIN units u USING (unit)
WHERE coalesce(p.valid_to, DATE '9999-12-31') > u.valid_to
UNION ALL SELECT 'parent_closed', p.unit || '|' || parent, p.valid_from FROM parents p
LEFT JOIN units u USING (unit) LEFT JOIN units o ON o.unit = parent
WHERE u.unit IS NULL OR o.unit IS NULL OR p.valid_from < u.valid_from OR p.valid_from < o.valid_from

WITH change AS (
  SELECT person, valid_from AS day, load FROM holdings
  UNION ALL SELECT person, valid_to, -load FROM holdings WHERE valid_to IS NOT NULL),
step AS (SELECT person, day, sum(sum(load)) OVER (PARTITION BY person ORDER BY day) AS load FROM change GROUP BY person, day)
SELECT 'overload', person, day FROM (SELECT *, lag(load, 1, 0) OVER (PARTITION BY person ORDER BY day) AS before FROM step)
WHERE load > 100 AND before <= 100

WITH in_job AS (
  SELECT person, job, holding, greatest(h.valid_from, p.valid_from) AS valid_from,
    least(coalesce(h.valid_to, DATE '9999-12-31'), coalesce(p.valid_to, DATE '9999-12-31')) AS valid_to
  FROM holdings h JOIN posts p USING (post) JOIN positions USING (position)
  WHERE job IN (SELECT job_a FROM job_conflicts UNION SELECT job_b FROM job_conflicts))
SELECT 'incompatible', a.person || '|' || job_a || '|' || job_b, greatest(a.valid_from, b.valid_from)
FROM job_conflicts JOIN in_job a ON a.job = job_a JOIN in_job b ON b.job = job_b AND a.person = b.person
WHERE a.valid_from < b.valid_to AND b.valid_from < a.valid_to

WITH deputy AS (
  SELECT unit, greatest(h.valid_from, p.valid_from) AS valid_from,
    least(coalesce(h.valid_to, DATE '9999-12-31'), coalesce(p.valid_to, DATE '9999-12-31')) AS valid_to
  FROM holdings h JOIN posts p USING (post) WHERE rank = 'deputy'),
change AS (SELECT unit, valid_from AS day, 1 AS number FROM deputy
  UNION ALL SELECT unit, valid_to, -1 FROM deputy WHERE valid_to < DATE '9999-12-31'),
step AS (SELECT unit, day, sum(sum(number)) OVER (PARTITION BY unit ORDER BY day) AS number FROM change GROUP BY unit, day)
SELECT 'deputies', unit, min(day) FROM step JOIN units USING (unit) JOIN parameters p ON p.name = 'deputies'
  AND p.kind = units.kind WHERE number > value GROUP BY unit

WITH sibling AS (SELECT p.unit, parent, kind, level, p.valid_from, coalesce(p.valid_to, DATE '9999-12-31') AS valid_to
  FROM parents p JOIN units USING (unit) WHERE relation = 'line'
    AND kind IN (SELECT kind FROM parameters WHERE name = 'deputies_average')),
deputy AS (
  SELECT parent, kind, level, greatest(h.valid_from, p.valid_from, s.valid_from) AS valid_from,
    least(coalesce(h.valid_to, DATE '9999-12-31'), coalesce(p.valid_to, DATE '9999-12-31'), s.valid_to) AS valid_to
  FROM holdings h JOIN posts p USING (post) JOIN sibling s USING (unit) WHERE rank = 'deputy'),
change AS (
  SELECT parent, kind, level, valid_from AS day, 1 AS number, 0 AS units FROM deputy
  UNION ALL SELECT parent, kind, level, valid_to, -1, 0 FROM deputy WHERE valid_to < DATE '9999-12-31'
  UNION ALL SELECT parent, kind, level, valid_from, 0, 1 FROM sibling
  UNION ALL SELECT parent, kind, level, valid_to, 0, -1 FROM sibling WHERE valid_to < DATE '9999-12-31'),
step AS (SELECT parent, kind, level, day, sum(sum(number)) OVER w AS number, sum(sum(units)) OVER w AS units FROM change
  GROUP BY parent, kind, level, day WINDOW w AS (PARTITION BY parent, kind, level ORDER BY day))
SELECT 'deputies_average', parent || '|' || step.kind || '|' || step.level, min(day) FROM step
JOIN parameters p ON p.name = 'deputies_average' AND p.kind = step.kind WHERE number > value * units GROUP BY ALL

WITH change AS (
  SELECT parent, valid_from AS day, 1 AS number FROM parents WHERE relation = 'line'
  UNION ALL SELECT parent, valid_to, -1 FROM parents WHERE relation = 'line' AND valid_to IS NOT NULL),
step AS (SELECT parent, day, sum(sum(number)) OVER (PARTITION BY parent ORDER BY day) AS number FROM change GROUP BY parent, day)
SELECT 'span', parent, min(day) FROM step JOIN units u ON u.unit = parent JOIN parameters p ON p.name = 'span'
  AND p.kind = u.kind WHERE number > value GROUP BY parent

SELECT 'parent_double', unit, valid_from FROM (
  SELECT *, max(coalesce(valid_to, DATE '9999-12-31')) OVER (PARTITION BY unit ORDER BY valid_from, parent
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM parents WHERE relation = 'line')
WHERE reached > valid_from

WITH RECURSIVE up AS (
  SELECT unit AS low, parent AS high, valid_from, coalesce(valid_to, DATE '9999-12-31') AS valid_to FROM parents
    WHERE relation = 'line'
  UNION SELECT low, parent, greatest(up.valid_from, p.valid_from), least(up.valid_to, coalesce(p.valid_to, DATE '9999-12-31'))
  FROM up JOIN parents p ON p.unit = high AND relation = 'line' WHERE high <> low
    AND p.valid_from < up.valid_to AND coalesce(p.valid_to, DATE '9999-12-31') > up.valid_from),
circle AS (SELECT low, valid_from, valid_to FROM up WHERE low = high)
SELECT 'parent_cycle', min(low), valid_from FROM circle GROUP BY valid_from, valid_to, (SELECT least(up.low, up.high) FROM up
  WHERE up.low = circle.low AND up.high IN (SELECT low FROM circle) AND up.high <> up.low AND up.valid_from = circle.valid_from LIMIT 1)

SELECT 'empty_period', 'functions|' || function || '|', valid_from FROM functions WHERE valid_from >= valid_to
UNION ALL SELECT 'empty_period', 'mandates|' || function || '|' || unit, valid_from FROM mandates WHERE valid_from >= valid_to
UNION ALL SELECT 'empty_period', 'posts|' || post || '|' || unit, valid_from FROM posts WHERE valid_from >= valid_to
UNION ALL SELECT 'empty_period', 'holdings|' || post || '|' || person, valid_from FROM holdings WHERE valid_from >= valid_to
UNION ALL SELECT 'empty_period', 'units|' || unit || '|', valid_from FROM units WHERE valid_from >= valid_to
UNION ALL SELECT 'empty_period', 'parents|' || unit || '|' || parent, valid_from FROM parents WHERE valid_from >= valid_to
