import InvarCore
import InvarSyntax

extension Rule {
    package static let deployEventbridgeNoDLQ = Rule(
        id: "deploy/eventbridge-no-dlq",
        title: Wording(en: "an event that is lost when nobody could take it", ja: "受け取れなかったときに失われるイベント"),
        why: Wording(
            en:
                "An EventBridge target, an asynchronous Lambda configuration or an SQS queue without a dead-letter queue drops what could not be delivered or handled, and nothing is left to do it again from. A queue that is itself a dead-letter queue is left out. Most declarations have none, so this rule is opt-in.",
            ja:
                "デッドレターキューのない EventBridge ターゲット・Lambda の非同期設定・SQS キューは、届かなかったものや処理できなかったものを捨てるため、やり直す元が残りません。それ自体がデッドレターキューであるキューは対象外です。書かれていないことが多いため、既定では無効です。"
        ),
        invariant: "INV-OPS-002", severity: .note, isOptIn: true,
        violating: [
            Example(
                """
                Resources:
                  NightlyRule:
                    Type: AWS::Events::Rule
                    Properties:
                      ScheduleExpression: rate(1 day)
                      Targets:
                        - Id: nightly
                          Arn: ↓!GetAtt Nightly.Arn # 夜間処理
                  Orders:
                    Type: ↓AWS::SQS::Queue

                """, at: "infra/events.yaml"),
            Example(
                """
                resource "aws_cloudwatch_event_target" ↓"nightly" {
                  rule = aws_cloudwatch_event_rule.nightly.name
                  arn  = aws_lambda_function.nightly.arn
                }

                resource "aws_sqs_queue" ↓"orders" {
                  name = "受注"
                }

                """, at: "infra/main.tf", skipping: [.comment: "the variant knows no Terraform"]),
        ],
        conforming: [
            Example(
                """
                Resources:
                  NightlyRule:
                    Type: AWS::Events::Rule
                    Properties:
                      Targets:
                        - Id: nightly
                          Arn: !GetAtt Nightly.Arn
                          DeadLetterConfig: { Arn: !GetAtt Left.Arn }
                  Orders:
                    Type: AWS::SQS::Queue
                    Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Left.Arn, maxReceiveCount: 5 } }
                  Left: # 届かなかったもの
                    Type: AWS::SQS::Queue

                """, at: "infra/events.yaml"),
            Example(
                """
                resource "aws_sqs_queue" "orders" {
                  redrive_policy = jsonencode({
                    deadLetterTargetArn = aws_sqs_queue.left.arn
                    maxReceiveCount     = 5
                  })
                }

                """, at: "infra/main.tf", with: [("infra/queues.tf", "resource \"aws_sqs_queue\" \"left\" {\n  name = \"残り\"\n}\n")]),
            Example(
                """
                resource "aws_cloudwatch_event_target" "nightly" {
                  arn = aws_lambda_function.nightly.arn
                  dead_letter_config {
                    arn = aws_sqs_queue.nightly_dlq.arn
                  }
                }

                resource "aws_sqs_queue" "nightly_dlq" {}

                """, at: "infra/main.tf"),
        ],
        matcher: .group(.manifests) { group, _ in
            let templates = DeployMatch.templates(group)
            let files = DeployMatch.terraform(group)
            let texts = files.flatMap { $0.file.blocks.flatMap(DeadLetters.expressions) }
            return templates.flatMap { artifact, template in matches(template, artifact) }
                + files.flatMap { artifact, file in file.blocks.compactMap { match($0, texts, artifact) } }
        })

    private static func matches(_ template: CloudFormationTemplate, _ artifact: Artifact) -> [Match] {
        let letters = DeadLetters.names(in: template)
        return template.resources.flatMap { resource -> [Match] in
            switch resource.typeName {
            case "AWS::Events::Rule":
                return (resource.property("Targets")?.items ?? []).compactMap { target in
                    guard let arn = target.value("Arn"), target.value("DeadLetterConfig") == nil else { return nil }
                    return DeployMatch.on(resource, at: arn, part: target.value("Id")?.text ?? "", in: artifact, message(resource.name), hint: Hints.target)
                }
            case "AWS::Scheduler::Schedule":
                guard let arn = resource.property("Target", "Arn"), resource.property("Target", "DeadLetterConfig") == nil else { return [] }
                return [DeployMatch.on(resource, at: arn, in: artifact, message(resource.name), hint: Hints.target)]
            case "AWS::Lambda::EventInvokeConfig":
                if resource.property("DestinationConfig", "OnFailure") != nil { return [] }
                return [DeployMatch.on(resource, at: resource.type, in: artifact, message(resource.name), hint: Hints.invoke)]
            case "AWS::SQS::Queue":
                if resource.property("RedrivePolicy") != nil || letters.contains(resource.name) || DeadLetters.isName(resource.name) { return [] }
                return [DeployMatch.on(resource, at: resource.type, in: artifact, message(resource.name), hint: Hints.queue)]
            default: return []
            }
        }
    }

    private static func match(_ block: TerraformFile.Block, _ texts: [String], _ artifact: Artifact) -> Match? {
        guard block.type == "resource", let type = block.labels.first, let name = block.labels.last else { return nil }
        let isSafe: Bool
        switch type {
        case "aws_cloudwatch_event_target": isSafe = !block.nested("dead_letter_config").isEmpty
        case "aws_scheduler_schedule": isSafe = block.nested("target").contains { !$0.nested("dead_letter_config").isEmpty }
        case "aws_lambda_function_event_invoke_config": isSafe = block.nested("destination_config").contains { !$0.nested("on_failure").isEmpty }
        case "aws_sqs_queue":
            isSafe = block.attribute("redrive_policy") != nil || DeadLetters.isName(name) || texts.contains { $0.holds("aws_sqs_queue.\(name).") }
        default: return nil
        }
        return isSafe ? nil : DeployMatch.on(block, in: artifact, message(name), hint: type == "aws_sqs_queue" ? Hints.terraformQueue : Hints.terraform)
    }

    private static func message(_ name: String) -> Wording {
        Wording(en: "what \(name) cannot deliver is lost: it has no dead-letter queue", ja: "\(name) が届けられなかったものは失われます（デッドレターキューなし）")
    }

    private enum Hints {
        static let target = advice("DeadLetterConfig:\n  Arn: !GetAtt DeadLetters.Arn\nRetryPolicy:\n  MaximumRetryAttempts: 4")
        static let invoke = advice("DestinationConfig:\n  OnFailure:\n    Destination: !GetAtt DeadLetters.Arn")
        static let queue = advice("RedrivePolicy:\n  deadLetterTargetArn: !GetAtt DeadLetters.Arn\n  maxReceiveCount: 5")
        static let terraform = advice("dead_letter_config {\n  arn = aws_sqs_queue.dead_letters.arn\n}")
        static let terraformQueue = advice(
            "redrive_policy = jsonencode({\n  deadLetterTargetArn = aws_sqs_queue.dead_letters.arn\n  maxReceiveCount     = 5\n})")

        private static func advice(_ snippet: String) -> Wording {
            Advice.write(en: "keep what could not be delivered, and say how it is done again", ja: "届けられなかったものを残し、やり直し方を決めてください", snippet)
        }
    }
}

/// Queues that take in what others could not deliver.
private enum DeadLetters {
    static func isName(_ name: String) -> Bool {
        let folded = name.lowercased()
        return ["dlq", "deadletter", "dead_letter", "dead-letter"].contains { folded.holds($0) }
    }

    /// The logical names that some resource uses as one.
    static func names(in template: CloudFormationTemplate) -> Set<String> {
        var names: Set<String> = []
        func add(_ value: YAML?) { if let name = value.flatMap(CloudFormationTemplate.referred) { names.insert(name) } }
        for resource in template.resources {
            add(resource.property("RedrivePolicy", "deadLetterTargetArn"))
            add(resource.property("DeadLetterConfig", "TargetArn"))
            add(resource.property("DeadLetterQueue", "TargetArn"))
            add(resource.property("Target", "DeadLetterConfig", "Arn"))
            add(resource.property("DestinationConfig", "OnFailure", "Destination"))
            for target in resource.property("Targets")?.items ?? [] { add(target.value("DeadLetterConfig", "Arn")) }
        }
        return names
    }

    /// What Terraform says in places where dead letters go.
    static func expressions(of block: TerraformFile.Block) -> [String] {
        var found = block.attributes.filter { $0.name == "redrive_policy" }.map(\.text)
        var waiting = block.blocks.map { ($0, block.type) }
        while let (inner, _) = waiting.popLast() {
            if ["dead_letter_config", "on_failure", "content"].contains(inner.type) { found += inner.attributes.map(\.text) }
            waiting += inner.blocks.map { ($0, inner.type) }
        }
        // `aws_sqs_queue_redrive_policy` gives a queue its policy from outside.
        if block.labels.first == "aws_sqs_queue_redrive_policy" { found += block.attributes.map(\.text) }
        return found
    }
}
