import InvarCore
import Yams

/// All documents of a YAML file, with what stopped the reading if something did.
package struct YAMLStream: Sendable {
    package var documents: [YAML]
    /// The documents before it are kept.
    package var problem: YAMLProblem?

    package init(documents: [YAML], problem: YAMLProblem?) {
        self.documents = documents
        self.problem = problem
    }

    /// Reads `---`-separated documents; JSON is one of them.
    package init(_ text: String) {
        documents = []
        if let line = YAML.lineNestedTooDeep(text) {
            problem = YAMLProblem(message: "nested deeper than \(YAML.maximumDepth) levels", line: line)
            return
        }
        // Without aliases a value takes a byte at least, so only aliases can exceed this.
        var budget = max(YAML.maximumNodes, text.utf8.count)
        do {
            let parser = try Yams.Parser(yaml: text)
            while let node = try parser.nextRoot() {
                documents.append(try YAML(node, firstLine: 1, depth: 0, budget: &budget))
            }
        } catch let error as YAMLProblem {
            problem = error
        } catch let error as YamlError {
            problem = YAMLProblem(error, firstLine: 1)
        } catch {
            problem = YAMLProblem(message: "cannot be read as YAML", line: 1)
        }
    }
}
