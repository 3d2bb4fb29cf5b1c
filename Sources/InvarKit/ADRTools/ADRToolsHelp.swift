extension ADRTools {
    /// `adr help [COMMAND [SUBCOMMAND...]]`, through `ADR_PAGER` or `PAGER`, or `more` on a terminal.
    func help(_ words: [String]) throws -> Answer {
        let text = ADRTools.page(words) ?? ADRTools.usage
        let set = surroundings.variable("ADR_PAGER") ?? surroundings.variable("PAGER")
        let pager = (set ?? (surroundings.isTerminal ? "more" : "")).split { " \t\n".contains($0) }.map(String.init)
        guard !pager.isEmpty else { return Answer(text) }
        let ended = ChildProgram(pager, surroundings.environment).run(input: Array(text.utf8))
        return Answer(errors: ended.complaint.map { "adr-help: \($0)\n" } ?? "", status: ended.status)
    }

    private static var usage: String {
        """
        usage: adr help COMMAND [ARG] ...
        COMMAND is one of:
        \(commands.map { "  " + $0 }.joined(separator: "\n"))
        `adr help COMMAND` says more about one of them.

        """
    }

    /// nil for what is no command.
    private static func page(_ words: [String]) -> String? {
        switch words {
        case ["config"]: configPage
        case ["generate"]: generatePage
        case ["generate", "graph"]: graphPage
        case ["generate", "toc"]: tocPage
        case ["help"]: helpPage
        case ["init"]: initPage
        case ["link"]: linkPage
        case ["list"]: listPage
        case ["new"]: newPage
        case ["upgrade-repository"]: upgradePage
        default: nil
        }
    }

    private static let configPage = """
        usage: adr config

        Prints shell variables that say where the program and its templates are.

        """

    private static let generatePage = """
        usage: adr generate [REPORT [OPTION ...]]

        Writes a report about all records to standard output. Without REPORT, lists
        the reports there are.

        Subcommands:
          adr generate graph
          adr generate toc

        """

    private static let graphPage = """
        usage: adr generate graph [-p LINK_PREFIX] [-e LINK-EXTENSION]

        Draws the records and the links between them for Graphviz:

            adr generate graph | dot -Tsvg > graph.svg

        -p LINK_PREFIX     what to put before the name of each linked page
        -e LINK-EXTENSION  what that name ends in; .html unless said otherwise

        """

    private static let tocPage = """
        usage: adr generate toc [-i INTRO] [-o OUTRO] [-p LINK_PREFIX]

        Lists all records in Markdown, each with a link to its file.

        -i INTRO        a Markdown file to put before the list
        -o OUTRO        a Markdown file to put behind it
        -p LINK_PREFIX  what to put before each file's name

        """

    private static let helpPage = """
        usage: adr help [COMMAND [SUBCOMMAND...]]

        Explains a command, or lists them. The text goes through the program that
        ADR_PAGER or else PAGER names.

        """

    private static let initPage = """
        usage: adr init [DIRECTORY]

        Begins to record decisions: makes DIRECTORY (doc/adr unless said otherwise),
        remembers it in .adr-dir, and writes a first record that says so.

        """

    private static let linkPage = """
        usage: adr link SOURCE LINK TARGET REVERSE-LINK

        Adds a link to the status of two records: LINK is what SOURCE does to TARGET,
        REVERSE-LINK the same seen from TARGET. Records are named by number or by a
        part of their file name:

            adr link 12 Amends 10 "Amended by"

        """

    private static let listPage = """
        usage: adr list

        Prints the path of each record.

        """

    private static let newPage = """
        usage: adr new [-s SUPERCEDED] [-l TARGET:LINK:REVERSE-LINK] TITLE_TEXT...

        Writes the record with the next number, opens it in the editor that VISUAL or
        else EDITOR names, and prints its path. All words of the title may be given
        without quotes.

        -s SUPERCEDED                   a record, by number or a part of its name, that
                                        this one takes the place of; its status says so
        -l TARGET:LINK:REVERSE-LINK     a record to link: LINK stands in the new record,
                                        REVERSE-LINK in TARGET

        Both may be given more than once:

            adr new -s 3 -s 4 -l "5:Amends:Amended by" Keep sessions in Redis

        The record is made from templates/template.md in the folder of the records if
        there is one, or from the file that ADR_TEMPLATE names. ADR_DATE stands for
        today.

        """

    private static let upgradePage = """
        usage: adr upgrade-repository

        Rewrites dates such as 31/12/2016 in all records as 2016-12-31.

        """
}
