/// The tables of the index. They are documented for people in `docs/index-schema.md`; a change of any of them, or of
/// what the readers put into them, needs a new ``version``, which makes every command rebuild an older file.
enum Schema {
    /// Kept in `PRAGMA user_version`; set last, so that a half-built file has 0.
    static let version = 5

    static let tables = """
        CREATE TABLE document (
          id INTEGER PRIMARY KEY,
          path TEXT NOT NULL UNIQUE,
          role TEXT NOT NULL CHECK (role IN ('invariants', 'decisions', 'notes')),
          language TEXT NOT NULL CHECK (language IN ('ja', 'en')),
          title TEXT NOT NULL,
          size INTEGER NOT NULL,
          modifiedAt INTEGER NOT NULL,
          changedAt INTEGER NOT NULL,
          inode INTEGER NOT NULL,
          contentHash INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE entry (
          id INTEGER PRIMARY KEY,
          documentId INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
          kind TEXT NOT NULL CHECK (kind IN ('invariant', 'decision', 'note')),
          name TEXT NOT NULL,
          title TEXT NOT NULL,
          line INTEGER NOT NULL,
          "column" INTEGER NOT NULL,
          firstLine INTEGER NOT NULL,
          endLine INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE entryText (
          entryId INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
          text TEXT NOT NULL
        ) STRICT;
        CREATE TABLE documentText (
          documentId INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
          text TEXT NOT NULL
        ) STRICT;
        CREATE TABLE invariant (
          entryId INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
          area TEXT,
          status TEXT NOT NULL CHECK (status IN ('accepted', 'probation', 'retired')),
          owner TEXT,
          waivable INTEGER NOT NULL CHECK (waivable IN (0, 1)),
          requires TEXT NOT NULL,
          paths TEXT NOT NULL,
          aliases TEXT NOT NULL,
          mergedInto TEXT,
          fingerprint TEXT NOT NULL
        ) STRICT;
        CREATE TABLE clause (
          entryId INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
          position INTEGER NOT NULL,
          name TEXT NOT NULL,
          text TEXT NOT NULL,
          line INTEGER NOT NULL,
          PRIMARY KEY (entryId, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE checkItem (
          entryId INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
          position INTEGER NOT NULL,
          name TEXT NOT NULL,
          text TEXT NOT NULL,
          audience TEXT NOT NULL,
          rules TEXT NOT NULL,
          line INTEGER NOT NULL,
          PRIMARY KEY (entryId, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE decision (
          entryId INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
          number TEXT,
          status TEXT NOT NULL CHECK (status IN ('proposed', 'accepted', 'rejected', 'deprecated', 'superseded', 'unknown')),
          statusText TEXT NOT NULL,
          date TEXT
        ) STRICT;
        CREATE TABLE exception (
          id INTEGER PRIMARY KEY,
          entryId INTEGER NOT NULL REFERENCES decision ON DELETE CASCADE,
          invariant TEXT NOT NULL,
          clause TEXT,
          paths TEXT NOT NULL,
          operations TEXT NOT NULL,
          reason TEXT,
          retry TEXT,
          until TEXT,
          unreadUntil TEXT,
          unread TEXT NOT NULL,
          seen TEXT,
          renewals TEXT NOT NULL,
          line INTEGER NOT NULL,
          "column" INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE note (
          entryId INTEGER PRIMARY KEY REFERENCES entry ON DELETE CASCADE,
          kind TEXT NOT NULL CHECK (kind IN ('violated', 'hard-to-keep', 'near-miss', 'observation')),
          date TEXT,
          invariants TEXT NOT NULL,
          cause TEXT,
          severity TEXT CHECK (severity IN ('S1', 'S2', 'S3', 'S4')),
          paths TEXT NOT NULL,
          incident TEXT,
          decisions TEXT NOT NULL,
          author TEXT,
          rule TEXT,
          seen TEXT
        ) STRICT;
        CREATE TABLE name (
          key TEXT NOT NULL,
          entryId INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
          PRIMARY KEY (key, entryId)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE link (
          id INTEGER PRIMARY KEY,
          documentId INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
          entryId INTEGER REFERENCES entry ON DELETE CASCADE,
          kind TEXT NOT NULL CHECK (kind IN ('mentions', 'excepts', 'violates', 'supersedes', 'amends', 'relates')),
          isInverse INTEGER NOT NULL CHECK (isInverse IN (0, 1)),
          target TEXT NOT NULL,
          key TEXT NOT NULL,
          targetId INTEGER REFERENCES entry ON DELETE SET NULL,
          line INTEGER NOT NULL,
          "column" INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE finding (
          id INTEGER PRIMARY KEY,
          documentId INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
          rule TEXT NOT NULL,
          severity TEXT NOT NULL CHECK (severity IN ('note', 'warning', 'error')),
          message TEXT NOT NULL,
          hint TEXT,
          japaneseMessage TEXT,
          japaneseHint TEXT,
          line INTEGER NOT NULL,
          "column" INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE checkedFile (
          path TEXT PRIMARY KEY,
          stamp INTEGER NOT NULL,
          dependencies TEXT NOT NULL,
          result TEXT,
          kind TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE answer (
          manner TEXT PRIMARY KEY,
          state TEXT NOT NULL,
          output TEXT NOT NULL,
          notice TEXT NOT NULL,
          fails INTEGER NOT NULL CHECK (fails IN (0, 1))
        ) STRICT;
        CREATE TABLE property (
          name TEXT PRIMARY KEY,
          value TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// Made after a first bulk load: an index is cheaper built at once than row by row.
    static let indices = """
        CREATE INDEX entryByDocument ON entry (documentId);
        CREATE INDEX entryByName ON entry (name);
        CREATE INDEX nameByEntry ON name (entryId);
        CREATE INDEX exceptionByDecision ON exception (entryId);
        CREATE INDEX exceptionByInvariant ON exception (invariant);
        CREATE INDEX linkByDocument ON link (documentId);
        CREATE INDEX linkByEntry ON link (entryId);
        CREATE INDEX linkByKey ON link (key);
        CREATE INDEX findingByDocument ON finding (documentId);
        """

    /// Made when the links of a first bulk load have their targets, for the same reason.
    static let targetIndex = "CREATE INDEX linkByTarget ON link (targetId)"

    /// A link is dangling when nothing answers to its key although something should: a path, a decision, or an id
    /// whose family (`INV-OPS` of `INV-OPS-002`) some invariant has. `UTF-8` and `INC-118` have the shape of an id
    /// without being one of ours.
    static let views = """
        CREATE VIEW family AS
          SELECT DISTINCT rtrim(rtrim(name, '0123456789'), '-') AS prefix FROM entry WHERE kind = 'invariant';
        CREATE VIEW danglingLink AS
          SELECT link.* FROM link
          WHERE targetId IS NULL AND (
            key LIKE 'ADR-%' OR key LIKE 'INV-%' OR kind <> 'mentions'
            OR (key LIKE 'path:%' AND NOT EXISTS (SELECT 1 FROM document WHERE 'path:' || document.path = link.key))
            OR rtrim(rtrim(CASE instr(key, '.') WHEN 0 THEN key ELSE substr(key, 1, instr(key, '.') - 1) END, '0123456789'), '-')
              IN (SELECT prefix FROM family));
        """
}
