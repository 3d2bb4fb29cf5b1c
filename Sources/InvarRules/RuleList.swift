/// Every rule, by subject; a test compares this list with the folder `Rules`.
package enum RuleList {
    package static let all: [Rule] = [
        .apiDeclaredNonIdempotent,
        .apiIdempotencyContractIncomplete,
        .apiPatchNoPrecondition,
        .apiPostNoIdempotencyKey,
        .apiUnreadable,
        .asyncapiConsumerNoDedup,
        .fileUnreadable,
        .markdownUnreadable,
        .yamlUnreadable,
    ]
}
