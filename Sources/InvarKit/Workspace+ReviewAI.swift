package import InvarCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

extension Workspace {
    /// Lets an external program review a change, and believes of its answer what can be checked.
    ///
    /// The program gets the prompt on standard input and prints its answer. When that cannot be read, or something in it is
    /// refused, it is asked once more with the reasons; what it says then counts.
    ///
    /// - Parameter budget: bytes of the prompt at most.
    /// - Throws: ``Failure`` when it cannot be run, ends badly, takes too long, or twice prints what is no answer.
    package func review(_ options: ReviewOptions, asking command: ExternalCommand, budget: Int) throws -> ReviewReport {
        let plain = try review(options)
        // Nothing to ask about.
        guard !plain.patch.isEmpty else { return plain }
        let prompt = try ReviewPrompt(plain, budget: budget).text()
        var asked = options
        asked.answer = try command.run(input: Array(prompt.utf8))
        let complaint: String
        do {
            let report = try review(asked)
            guard let rejected = report.answer?.rejected, !rejected.isEmpty else { return report }
            complaint = rejected.prefix(20).map { "- \($0.why): \(ReportText.line($0.item.compactText, limit: 300))" }.joined(separator: "\n")
        } catch let failure as Failure where failure.message.hasPrefix("the answer") {
            complaint = "- " + failure.message
        }
        asked.answer = try command.run(input: Array((prompt + ReviewPrompt.again(complaint)).utf8))
        return try review(asked)
    }

    /// Whether a CI system runs this, by the variables that they set.
    package static var isInCI: Bool {
        let names = [
            "CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "BUILDKITE", "TF_BUILD", "CODEBUILD_BUILD_ID", "TEAMCITY_VERSION", "BITBUCKET_BUILD_NUMBER",
        ]
        return names.contains { name in
            guard let value = getenv(name) else { return false }
            return !["", "0", "false"].contains(String(cString: value).lowercased())
        }
    }
}
