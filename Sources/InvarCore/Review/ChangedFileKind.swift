/// What kind of artifact a changed file is, as far as its path tells: which of its words mean something to operation.
package enum ChangedFileKind: String, Sendable, CaseIterable {
    case migration, sql, job, code, script, interface, configuration, pipeline, alerting, document
    /// Documents about working on the project rather than about the system.
    case guide
    /// Components of a user interface: their words are mostly labels.
    case view
    /// Programs that the team works with and the system does not run.
    case tool
    /// Lists of packages and their locks.
    case dependency
    /// Tests, styles, texts for translation, settings of editors and linters, pictures, what is generated.
    case silent

    package init(path: String) {
        let lower = path.lowercased()
        let segments = lower.split(separator: "/").map(String.init)
        let name = segments.last ?? lower
        let folders = Set(segments.dropLast())
        let suffix = name.contains(".") ? name.split(separator: ".").last.map(String.init) ?? "" : ""
        self =
            ChangedFileKind.aside(name, folders, suffix) ?? ChangedFileKind.document(lower, name, folders, suffix)
            ?? ChangedFileKind.operation(lower, name, folders, suffix) ?? ChangedFileKind.general(name, folders, suffix)
    }

    /// How much of what its words say is meant of the running system.
    var weight: Double {
        switch self {
        case .silent: 0
        case .view: 0.4
        case .guide: 0.4
        case .tool: 0.5
        default: 1
        }
    }

    /// What never says anything about operation.
    private static func aside(_ name: String, _ folders: Set<String>, _ suffix: String) -> ChangedFileKind? {
        if ["package-lock.json", "yarn.lock", "pnpm-lock.yaml", "go.sum", "cargo.lock", "poetry.lock", "gemfile.lock", "composer.lock", "package.resolved"]
            .contains(name)
        {
            return .dependency
        }
        if [
            "package.json", "requirements.txt", "go.mod", "cargo.toml", "gemfile", "pom.xml", "build.gradle", "build.gradle.kts", "composer.json",
            "pyproject.toml",
        ]
        .contains(name) {
            return .dependency
        }
        if !folders.isDisjoint(with: testFolders) || isTest(name) { return .silent }
        if !folders.isDisjoint(with: ["locales", "locale", "i18n", "lang", "translations", "l10n", "node_modules", "dist", "generated", "__snapshots__"]) {
            return .silent
        }
        if silentSuffixes.contains(suffix) || name.hasSuffix(".min.js") || name.hasSuffix(".pb.go") || name.hasSuffix("_pb2.py") { return .silent }
        if ["json", "yml", "yaml"].contains(suffix), languages.contains(name.split(separator: ".").first.map(String.init) ?? "") { return .silent }
        if name.hasPrefix("messages") && suffix == "properties" { return .silent }
        if silentNames.contains(name) || name.hasPrefix(".eslintrc") || name.hasPrefix(".prettierrc") || name.hasPrefix("tsconfig") { return .silent }
        if name.hasPrefix("jest.config") || name.hasPrefix("vitest.config") || name.hasPrefix("tailwind.config") || name.hasPrefix("dependabot") {
            return .silent
        }
        return !folders.isDisjoint(with: [".vscode", ".idea", "issue_template", "pull_request_template"]) ? .silent : nil
    }

    private static let testFolders: Set<String> = [
        "test", "tests", "spec", "specs", "__tests__", "__mocks__", "testdata", "fixtures", "e2e", "cypress", "androidtest", "mocks", "stories",
    ]
    private static let silentSuffixes: Set<String> = [
        "css", "scss", "sass", "less", "svg", "png", "jpg", "jpeg", "gif", "ico", "webp", "woff", "woff2", "ttf", "po", "pot", "strings", "xliff", "snap",
        "map",
        "pdf", "lock", "storyboard", "xib", "resx", "ipynb",
    ]
    private static let silentNames: Set<String> = [
        ".gitignore", ".gitattributes", ".editorconfig", ".dockerignore", ".npmrc", ".nvmrc", ".tool-versions", ".rubocop.yml", ".swiftlint.yml",
        ".golangci.yml",
        ".pre-commit-config.yaml", "license", "license.md", "license.txt", "notice", "codeowners", "authors", "renovate.json", "lefthook.yml", ".swift-format",
        "pull_request_template.md", "sonar-project.properties", "codecov.yml", ".markdownlint.json", "jsconfig.json", "babel.config.js",
    ]

    private static func isTest(_ name: String) -> Bool {
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        if name.contains(".test.") || name.contains(".spec.") || name.contains(".stories.") || name.contains(".cy.") { return true }
        return stem.hasSuffix("_test") || stem.hasSuffix("_spec") || stem.hasPrefix("test_") || stem.hasSuffix("test") && stem.count > 6
            || stem.hasSuffix("tests")
            || stem == "conftest" || stem.hasSuffix("テスト")
    }

    private static func document(_ path: String, _ name: String, _ folders: Set<String>, _ suffix: String) -> ChangedFileKind? {
        guard ["md", "markdown", "mdx", "rst", "adoc", "asciidoc", "txt", "org", "tex"].contains(suffix) || name == "readme" else { return nil }
        for word in [
            "readme", "changelog", "contributing", "code_of_conduct", "onboarding", "style", "glossary", "faq", "history", "news", "getting-started",
            "tutorial",
        ]
        where name.hasPrefix(word) || name.contains(word) { return .guide }
        if !folders.isDisjoint(with: ["blog", "posts", "i18n", "minutes", "meetings"]) { return .guide }
        return .document
    }

    /// What is told by its place or name to be about data, jobs, interfaces or deployment.
    private static func operation(_ path: String, _ name: String, _ folders: Set<String>, _ suffix: String) -> ChangedFileKind? {
        if isMigration(path, name, folders, suffix) { return .migration }
        if suffix == "sql" || suffix == "ddl" { return isJob(name, folders) ? .job : .sql }
        if ["proto", "graphql", "graphqls", "thrift", "avsc", "wsdl", "raml", "smithy"].contains(suffix) { return .interface }
        if ["yaml", "yml", "json"].contains(suffix), name.contains("openapi") || name.contains("swagger") || name.contains("asyncapi") { return .interface }
        if folders.contains("workflows") && folders.contains(".github") || name.hasPrefix(".gitlab-ci") || name == "jenkinsfile"
            || folders.contains(".circleci")
            || name == "azure-pipelines.yml" || name == "bitbucket-pipelines.yml" || name.hasPrefix("cloudbuild")
        {
            return .pipeline
        }
        if ["yaml", "yml", "json", "jsonnet", "libsonnet", "rules"].contains(suffix), isAlerting(name, folders) { return .alerting }
        if name == "crontab" || suffix == "cron" || suffix == "timer" || folders.contains("cron.d") { return .job }
        return nil
    }

    private static func isAlerting(_ name: String, _ folders: Set<String>) -> Bool {
        if !folders.isDisjoint(with: ["alerts", "alerting", "prometheus", "alertmanager", "grafana", "dashboards", "monitors"]) { return true }
        return ["alert", "prometheus", "grafana", "dashboard", "monitors"].contains { name.contains($0) }
    }

    private static func isMigration(_ path: String, _ name: String, _ folders: Set<String>, _ suffix: String) -> Bool {
        if ["schema.prisma", "structure.sql", "schema.rb", "schema.sql"].contains(name) { return true }
        guard ["sql", "py", "rb", "js", "ts", "php", "go", "java", "kt", "xml", "yml", "yaml", "json", "ex", "exs", "cs", "rs", "swift"].contains(suffix) else {
            return false
        }
        if name == "__init__.py" || name == "env.py" || name == "mod.rs" { return false }
        if !folders.isDisjoint(with: ["migrations", "migration", "migrate", "flyway", "liquibase", "changelog", "changelogs", "ddl", "schema_migrations"]) {
            return true
        }
        if folders.contains("versions"), path.contains("alembic") { return true }
        return name.hasSuffix(".up.sql") || name.hasSuffix(".down.sql") || (suffix == "sql" && name.first == "v" && name.contains("__"))
    }

    private static func isJob(_ name: String, _ folders: Set<String>) -> Bool {
        let words = Pieces(name).words.dropLast()
        if folders.contains(where: { folder in Pieces(folder).words.contains { jobWords.contains($0) } }) { return true }
        return words.contains { ["batch", "etl", "cron", "cronjob", "nightly", "dag"].contains($0) } || words.last == "job" || words.last == "tasklet"
            || ["バッチ", "ジョブ", "夜間", "日次", "月次", "締め"].contains { name.holds($0) }
    }

    private static let jobWords: Set<String> = [
        "job", "jobs", "batch", "batches", "etl", "elt", "cron", "crons", "cronjob", "cronjobs", "dag", "dags", "nightly",
    ]

    private static let toolFolders: Set<String> = [
        "tools", "tool", "hack", "devtools", "examples", "example", "samples", "demo", "benchmark", "benchmarks", "bench", "playground", "docs",
    ]
    private static let languages: Set<String> = [
        "en", "ja", "de", "fr", "es", "zh", "ko", "pt", "it", "ru", "nl", "en-us", "ja-jp", "zh-cn", "translation", "translations",
    ]

    private static func general(_ name: String, _ folders: Set<String>, _ suffix: String) -> ChangedFileKind {
        switch suffix {
        case "jsx", "tsx", "vue", "svelte", "html", "htm", "erb", "haml", "slim", "ejs", "hbs", "twig", "jinja2", "cshtml", "astro", "pug": return .view
        case "sh", "bash", "zsh", "ps1", "bat", "mk":
            if isJob(name, folders) { return .job }
            return folders.isDisjoint(with: toolFolders.union(["ci"])) && !name.contains("e2e") ? .script : .tool
        case "py", "rb", "js", "mjs", "cjs", "ts", "go", "java", "kt", "kts", "scala", "cs", "php", "rs", "swift", "groovy", "c", "cc", "cpp", "h", "hpp", "ex",
            "exs", "clj", "dart", "lua", "pl", "r", "vb", "cbl", "cob", "jcl", "pls", "pck":
            if !folders.isDisjoint(with: ["components", "pages", "views", "screens", "ui", "widgets", "frontend"]),
                ["js", "ts", "dart", "swift", "kt"].contains(suffix)
            {
                return .view
            }
            if isJob(name, folders) || suffix == "jcl" { return .job }
            return folders.isDisjoint(with: toolFolders) ? .code : .tool
        case "yaml", "yml", "json", "toml", "ini", "conf", "cfg", "properties", "env", "tf", "tfvars", "hcl", "xml", "cue", "nix", "tpl", "service", "socket":
            return .configuration
        default:
            if name.hasPrefix("dockerfile") || name.hasPrefix(".env") || name == "procfile" || name == "nginx.conf" { return .configuration }
            return name == "makefile" || name == "rakefile" ? .script : suffix.isEmpty ? .script : .silent
        }
    }
}
