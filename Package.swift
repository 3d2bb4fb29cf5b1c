// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let package = Package(
    name: "invar",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "invar", targets: ["invar"])
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CCMarkGFM",
            pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]
        ),
        .target(name: "InvarCore", swiftSettings: strict),
        .target(
            name: "InvarSyntax",
            dependencies: ["InvarCore", "CCMarkGFM", .product(name: "Yams", package: "Yams")],
            swiftSettings: strict
        ),
        .target(
            name: "InvarRules",
            dependencies: ["InvarCore", "InvarSyntax"],
            swiftSettings: strict
        ),
        .target(
            name: "InvarStore",
            dependencies: [
                "InvarCore", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "InvarKit",
            dependencies: ["InvarCore", "InvarSyntax", "InvarRules", "InvarStore"],
            resources: [.embedInCode("Templates"), .embedInCode("Resources")],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "invar",
            dependencies: [
                "InvarCore", "InvarKit", "InvarRules", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict,
            // Nothing to relocate at the start: a tenth of the time of a short command.
            linkerSettings: [.unsafeFlags(["-Xclang-linker", "-no-pie"], .when(platforms: [.linux], configuration: .release))]
        ),
        .testTarget(
            name: "InvarTests",
            dependencies: ["InvarCore", "InvarSyntax", "InvarRules", "InvarStore", "InvarKit"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["InvarSyntax"],
            exclude: ["README.md", "Transcripts", "bin"],
            swiftSettings: strict
        ),
    ]
)
