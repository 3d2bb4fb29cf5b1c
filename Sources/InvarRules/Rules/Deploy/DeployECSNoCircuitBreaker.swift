import InvarCore
import InvarSyntax

extension Rule {
    package static let deployECSNoCircuitBreaker = Rule(
        id: "deploy/ecs-no-circuit-breaker",
        title: Wording(en: "an ECS service that does not roll back by itself", ja: "自動で切り戻さない ECS サービス"),
        why: Wording(
            en:
                "Without the deployment circuit breaker a rolling deployment of tasks that do not start goes on for hours, and nothing brings the old version back. A minimum of 0 healthy percent stops every old task first. A breaker that is only missing is a note; alarms that roll back count as one; services that CodeDeploy or something else deploys are left out.",
            ja:
                "デプロイのサーキットブレーカーがないと、起動しないタスクのローリングデプロイが何時間も続き、古い版にも戻りません。最小正常率が 0 では、古いタスクがすべて先に止まります。書かれていないだけなら注意にとどめ、切り戻すアラームがあれば対象外です。CodeDeploy などがデプロイするサービスも対象外です。"
        ),
        invariant: "INV-OPS-003", severity: .warning,
        violating: [
            Example(
                """
                AWSTemplateFormatVersion: "2010-09-09"
                Resources:
                  Storefront:
                    Type: ↓AWS::ECS::Service
                    Properties:
                      TaskDefinition: !Ref StorefrontTask
                  Intake: # 受付
                    Type: AWS::ECS::Service
                    Properties:
                      DeploymentConfiguration:
                        MinimumHealthyPercent: ↓0
                        DeploymentCircuitBreaker: { Enable: true, Rollback: ↓false }

                """, at: "infra/service.yaml"),
            Example(
                """
                # 受注サービス
                resource "aws_ecs_service" ↓"orders" {
                  name            = "orders"
                  task_definition = "${aws_ecs_task_definition.orders.arn}"
                }

                resource "aws_ecs_service" "stock" {
                  deployment_minimum_healthy_percent = ↓0
                  deployment_circuit_breaker {
                    enable   = true
                    rollback = ↓false // 手で戻す
                  }
                }

                """, at: "infra/main.tf", skipping: [.comment: "the variant knows no Terraform"]),
            Example(
                """
                {
                  "AWSTemplateFormatVersion": "2010-09-09", "Description": "帳票",
                  "Resources": {
                    "Reports": {
                      "Type": "AWS::ECS::Service",
                      "Properties": { "DeploymentConfiguration": { "DeploymentCircuitBreaker": { "Enable": true, "Rollback": ↓false } } }
                    }
                  }
                }

                """, at: "infra/reports.json", skipping: [.comment: "JSON has no comments", .preamble: "JSON has no comments"]),
        ],
        conforming: [
            Example(
                """
                Resources:
                  Storefront:
                    Type: AWS::ECS::Service
                    Properties:
                      DeploymentConfiguration:
                        MinimumHealthyPercent: 100
                        DeploymentCircuitBreaker: { Enable: true, Rollback: true }
                  Intake:
                    Type: AWS::ECS::Service
                    Properties: { DeploymentController: { Type: CODE_DEPLOY } }
                  条件付き:
                    Type: AWS::ECS::Service
                    Properties:
                      DeploymentConfiguration: !If [IsProduction, !Ref Careful, !Ref "AWS::NoValue"]

                """, at: "infra/service.yaml"),
            Example(
                """
                resource "aws_ecs_service" "orders" {
                  deployment_circuit_breaker {
                    enable   = true
                    rollback = var.rolls_back # 環境ごと
                  }
                }

                resource "aws_ecs_service" "stock" {
                  deployment_controller { type = "EXTERNAL" }
                }

                """, at: "infra/main.tf"),
            Example("resource \"aws_ecs_cluster\" \"main\" {\n  name = \"本番\"\n}\n", at: "infra/cluster.tf"),
        ],
        matcher: .group(.manifests) { group, _ in
            DeployMatch.templates(group).flatMap { artifact, template in
                template.resources.filter { $0.typeName == "AWS::ECS::Service" }.flatMap { matches($0, artifact) }
            }
                + DeployMatch.terraform(group).flatMap { artifact, file in
                    file.blocks.filter { $0.type == "resource" && $0.labels.first == "aws_ecs_service" }.flatMap { matches($0, artifact) }
                }
        })

    private static func matches(_ service: CloudFormationTemplate.Resource, _ artifact: Artifact) -> [Match] {
        if let type = service.property("DeploymentController", "Type")?.text, type != "ECS" { return [] }
        let configuration = service.property("DeploymentConfiguration")
        if let configuration, configuration.members.isEmpty { return [] }
        var found: [Match] = []
        let isDaemon = service.property("SchedulingStrategy")?.text == "DAEMON"
        if let least = configuration?.value("MinimumHealthyPercent"), least.number == 0, !isDaemon {
            found.append(DeployMatch.on(service, at: least, part: "minimum", in: artifact, stopsAll(service.name), hint: Hints.minimum))
        }
        if isTrueOrUnknown(configuration?.value("Alarms", "Rollback")) { return found }
        let breaker = configuration?.value("DeploymentCircuitBreaker")
        if let breaker, breaker.members.isEmpty { return found }
        for value in [breaker?.value("Enable"), breaker?.value("Rollback")].compactMap({ $0 }) where value.text == "false" {
            return found + [DeployMatch.on(service, at: value, part: "breaker", in: artifact, goesOn(service.name), hint: Hints.template)]
        }
        if breaker?.value("Rollback") == nil {
            var match = DeployMatch.on(
                service, at: breaker?.members.first?.key ?? service.type, part: "breaker", in: artifact, goesOn(service.name), hint: Hints.template)
            match.severity = .note
            found.append(match)
        }
        return found
    }

    private static func isTrueOrUnknown(_ value: YAML?) -> Bool {
        value.map { $0.text != "false" } ?? false
    }

    private static func matches(_ service: TerraformFile.Block, _ artifact: Artifact) -> [Match] {
        let name = service.labels.last ?? ""
        if let controller = service.nested("deployment_controller").first, controller.attribute("type")?.string != "ECS" { return [] }
        var found: [Match] = []
        let isDaemon = service.attribute("scheduling_strategy")?.string == "DAEMON"
        if let least = service.attribute("deployment_minimum_healthy_percent"), least.number == 0, !isDaemon {
            found.append(DeployMatch.on(service, at: least, in: artifact, stopsAll(name), hint: Hints.minimum))
        }
        if service.nested("alarms").contains(where: { $0.attribute("rollback").map { $0.bool != false } ?? false }) { return found }
        guard let breaker = service.nested("deployment_circuit_breaker").first else {
            var match = DeployMatch.on(service, in: artifact, goesOn(name), hint: Hints.terraform)
            match.severity = .note
            return found + [match]
        }
        for value in [breaker.attribute("enable"), breaker.attribute("rollback")].compactMap({ $0 }) where value.bool == false {
            return found + [DeployMatch.on(service, at: value, in: artifact, goesOn(name), hint: Hints.terraform)]
        }
        return found
    }

    private static func goesOn(_ name: String) -> Wording {
        Wording(
            en: "\(name) does not go back to the old version when its new tasks fail: no deployment circuit breaker with rollback",
            ja: "\(name) は、新しいタスクが失敗しても古い版に戻りません（切り戻すサーキットブレーカーなし）")
    }

    private static func stopsAll(_ name: String) -> Wording {
        Wording(
            en: "\(name) may stop every old task before a new one runs (minimum healthy percent 0)", ja: "\(name) は、新しいタスクが動く前に古いタスクをすべて止めることがあります（最小正常率 0）")
    }

    private enum Hints {
        static let template = Advice.write(
            en: "let a failed deployment go back by itself", ja: "失敗したデプロイが自動で戻るようにしてください",
            "DeploymentConfiguration:\n  DeploymentCircuitBreaker:\n    Enable: true\n    Rollback: true")
        static let terraform = Advice.write(
            en: "let a failed deployment go back by itself", ja: "失敗したデプロイが自動で戻るようにしてください",
            "deployment_circuit_breaker {\n  enable   = true\n  rollback = true\n}")
        static let minimum = Advice.write(
            en: "keep enough old tasks until the new ones are healthy", ja: "新しいタスクが正常になるまで、古いタスクを十分に残してください", "MinimumHealthyPercent: 100")
    }
}
