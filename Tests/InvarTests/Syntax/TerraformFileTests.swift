import InvarCore
import InvarSyntax
import Testing

struct TerraformFileTests {
    private static func read(_ text: String) -> TerraformFile {
        TerraformFile(ArtifactReader.read(Array(text.utf8), path: "main.tf"))
    }

    @Test("blocks, labels, nested blocks and attributes are found where they stand")
    func blocks() {
        let file = TerraformFileTests.read(
            """
            # 本番 { "not a block" }
            resource "aws_sqs_queue" "受注" {
              name   = "a ${var.name == "}" ? "{" : ""} b" // 名前
              policy = jsonencode({
                Statement = [{ Effect = "Allow" }]
              })
              note = <<-END
                } not the end
              END
              dynamic "redrive" {
                content { on = true }
              }
            }
            output x { value = 1 }

            """)
        #expect(file.blocks.map(\.labels) == [["aws_sqs_queue", "受注"], ["x"]])
        let queue = file.blocks.first
        #expect(queue?.position == Position(line: 2, column: 26))
        #expect(queue?.lines == 2...13)
        #expect(queue?.attributes.map(\.name) == ["name", "policy", "note"])
        #expect(queue?.nested("redrive").first?.attribute("on")?.bool == true)
        #expect(file.blocks.last?.attribute("value")?.number == 1)
    }

    @Test(
        "what is broken or absurd ends, and keeps what was whole",
        arguments: ["a {", "a \"", "a = <<", "}}}}", "a { b = [", "/*", "a \"b\" c \"d\" = {", "x = \"${"])
    func broken(text: String) {
        #expect(TerraformFileTests.read("ok { a = 1 }\n" + text).blocks.first?.attribute("a")?.number == 1)
        #expect(TerraformFileTests.read(String(repeating: "a {\n", count: 5000)).blocks.count == 1)
    }
}
