import InvarCore
import InvarSyntax

/// Makes matches on what CloudFormation and Terraform declare.
enum DeployMatch {
    static func on(_ resource: CloudFormationTemplate.Resource, at value: YAML, part: String = "", in artifact: Artifact, _ message: Wording, hint: Wording)
        -> Match
    {
        var match = artifact.match(at: value.position, to: value.end, message, hint: Advice.fitted(hint, to: artifact.path))
        match.operations = [resource.name]
        match.key = resource.typeName + "/" + resource.name + (part.isEmpty ? "" : "/" + part)
        match.scope = resource.lines
        return match
    }

    static func on(_ block: TerraformFile.Block, at place: TerraformFile.Attribute? = nil, in artifact: Artifact, _ message: Wording, hint: Wording) -> Match {
        var match = artifact.match(at: place?.position ?? block.position, to: place == nil ? block.end : nil, message, hint: hint)
        match.operations = block.labels.last.map { [$0] } ?? []
        match.key = block.labels.joined(separator: "/")
        match.scope = block.lines
        return match
    }

    /// The templates and the Terraform files of a folder.
    static func templates(_ group: FileGroup) -> [(artifact: Artifact, template: CloudFormationTemplate)] {
        group.artifacts.compactMap { artifact in CloudFormationTemplate(artifact).map { (artifact, $0) } }
    }

    static func terraform(_ group: FileGroup) -> [(artifact: Artifact, file: TerraformFile)] {
        group.artifacts.filter { $0.path.hasSuffix(".tf") }.map { ($0, TerraformFile($0)) }
    }
}
