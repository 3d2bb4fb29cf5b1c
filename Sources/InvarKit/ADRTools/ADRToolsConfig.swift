extension ADRTools {
    /// `adr config`: shell variables that say where the program and its templates are. The templates are part of the
    /// program; `make install-adr` also puts copies where the second line says.
    func config() -> Answer {
        let templates = surroundings.programFolder + "/../share/invar/adr-tools"
        let shown = FileSystem.realPath(templates) ?? surroundings.programFolder
        return Answer("adr_bin_dir=\"\(surroundings.programFolder)\"\nadr_template_dir=\"\(shown)\"\n")
    }
}
