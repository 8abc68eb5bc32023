-- Schema 1 of a corpus; README.md beside this file tells it in words.  Changed tables get a new number in store.py.

-- A place as its articles name it; without a province two places of one name and level share a row.
CREATE TABLE localities (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  level TEXT,
  parents TEXT NOT NULL,          -- JSON array, nearest first, inferred ones last
  province TEXT,
  slug TEXT NOT NULL,
  code TEXT,
  status TEXT,
  folded TEXT NOT NULL,           -- without marks and case, for searching
  province_folded TEXT,
  sort TEXT NOT NULL              -- ORDER BY this: the Vietnamese alphabet
) STRICT;

-- One article in one version, or the profile that a figure was typed in.
CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,           -- empty for a profile
  title TEXT,
  published TEXT,
  publisher TEXT,
  author TEXT,
  media_type TEXT,
  url TEXT,
  UNIQUE (path, sha256)
) STRICT;
CREATE INDEX sources_sha256 ON sources (sha256);

-- What was added: the settled facts of a brief (facts.json), or the facts of one source (a line of `nhiemky extract`).
CREATE TABLE builds (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('settled', 'facts')),
  folder TEXT NOT NULL,           -- ha-dinh/2015-2020, as below the output folder
  locality INTEGER REFERENCES localities (id),
  term TEXT,
  term_inferred INTEGER NOT NULL CHECK (term_inferred IN (0, 1)),
  year TEXT,                      -- of an annual report
  next_term TEXT,
  congress INTEGER,
  report TEXT NOT NULL,
  origin TEXT NOT NULL,           -- the file it came from, with the line of a JSON Lines file
  digest TEXT NOT NULL UNIQUE,    -- BLAKE2b of the object's bytes
  object BLOB NOT NULL,           -- those bytes, zlib
  covered_by INTEGER REFERENCES builds (id) ON DELETE SET NULL  -- a build that tells the same source; queries pass this one over
) STRICT;
CREATE INDEX builds_locality ON builds (locality, folder);
CREATE INDEX builds_origin ON builds (origin);
CREATE INDEX builds_folder ON builds (folder);
CREATE INDEX builds_covered_by ON builds (covered_by);

CREATE TABLE build_sources (
  build INTEGER NOT NULL REFERENCES builds (id) ON DELETE CASCADE,
  source INTEGER NOT NULL REFERENCES sources (id),
  PRIMARY KEY (build, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX build_sources_source ON build_sources (source);

-- Quantities.  value, low, high and out_of are exact decimals as text; number is for sorting only.
CREATE TABLE facts (
  id INTEGER PRIMARY KEY,
  build INTEGER NOT NULL REFERENCES builds (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  fact TEXT NOT NULL,             -- the contract's id: thu-ngan-sach.2019.attainment
  indicator TEXT,
  label TEXT NOT NULL,
  folded TEXT NOT NULL,           -- the label's words without marks, a space around each
  kind TEXT NOT NULL,
  value TEXT,
  low TEXT,
  high TEXT,
  out_of TEXT,
  number REAL NOT NULL,           -- value, of a range its low end
  unit TEXT NOT NULL,
  per TEXT NOT NULL,              -- người/năm
  bound TEXT NOT NULL,
  role TEXT NOT NULL,
  period TEXT,
  sector TEXT NOT NULL,
  place TEXT,                     -- another unit than the locality, when the figure is of it
  review INTEGER NOT NULL CHECK (review IN (0, 1)),
  why TEXT NOT NULL,
  origin TEXT NOT NULL,           -- source, profile, inferred, computed
  origin_ref TEXT NOT NULL,
  reason TEXT NOT NULL            -- what the profile gives for it
) STRICT;
CREATE INDEX facts_build ON facts (build);
CREATE INDEX facts_indicator ON facts (indicator, role);

CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  build INTEGER NOT NULL REFERENCES builds (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  roles TEXT NOT NULL,            -- JSON array
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX people_build ON people (build);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  build INTEGER NOT NULL REFERENCES builds (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  number TEXT,
  date TEXT,
  issuer TEXT,
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX documents_build ON documents (build);
CREATE INDEX documents_number ON documents (number);

-- Awards, limitations, lessons, next tasks, initiatives.
CREATE TABLE statements (
  id INTEGER PRIMARY KEY,
  build INTEGER NOT NULL REFERENCES builds (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  sector TEXT NOT NULL,
  origin TEXT NOT NULL
) STRICT;
CREATE INDEX statements_build ON statements (build);

-- Sentences that hold a fact, in their repaired wording.
CREATE TABLE sentences (
  source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (source, start, "end")
) STRICT, WITHOUT ROWID;

-- Where a fact stands: Python string indices into the source's text; quote is that slice.
CREATE TABLE spans (
  id INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES sources (id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  quote TEXT,                     -- NULL where the contract gives only the place
  sentence_start INTEGER,
  sentence_end INTEGER,
  fact INTEGER REFERENCES facts (id) ON DELETE CASCADE,
  person INTEGER REFERENCES people (id) ON DELETE CASCADE,
  document INTEGER REFERENCES documents (id) ON DELETE CASCADE,
  statement INTEGER REFERENCES statements (id) ON DELETE CASCADE,
  CHECK ((fact IS NOT NULL) + (person IS NOT NULL) + (document IS NOT NULL) + (statement IS NOT NULL) = 1)
) STRICT;
CREATE INDEX spans_source ON spans (source);
CREATE INDEX spans_fact ON spans (fact) WHERE fact IS NOT NULL;
CREATE INDEX spans_person ON spans (person) WHERE person IS NOT NULL;
CREATE INDEX spans_document ON spans (document) WHERE document IS NOT NULL;
CREATE INDEX spans_statement ON spans (statement) WHERE statement IS NOT NULL;

-- Everything known of a figure in one row; covered builds are left out.
CREATE VIEW figures AS
SELECT
  f.id AS number_in_file, b.id AS build, b.folder, l.name AS locality, l.level, l.province, l.parents,
  b.term, b.term_inferred, b.year, b.report,
  f.fact AS id, f.indicator, f.label, f.kind, f.value, f.low, f.high, f.out_of, f.unit, f.per, f.bound, f.role, f.period,
  f.sector, f.place, f.review, f.why, f.origin, f.origin_ref, f.reason,
  s.path AS source, s.sha256, p.start, p."end", p.quote, t.text AS sentence,
  f.number, f.folded, l.folded AS locality_folded, l.province_folded, l.sort, b.locality AS locality_id, f.position
FROM facts f
JOIN builds b ON b.id = f.build
LEFT JOIN localities l ON l.id = b.locality
LEFT JOIN spans p ON p.fact = f.id
LEFT JOIN sources s ON s.id = p.source
LEFT JOIN sentences t ON t.source = p.source AND t.start = p.sentence_start AND t."end" = p.sentence_end
WHERE b.covered_by IS NULL;
