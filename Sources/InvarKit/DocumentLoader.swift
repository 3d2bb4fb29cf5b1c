import Dispatch
import InvarCore
import InvarStore
import InvarSyntax
import Synchronization

/// Reads and parses files on all cores while the caller consumes the documents in order.
struct DocumentLoader: Sendable {
    private let root: String
    private let configuration: Configuration
    private let reader: KnowledgeReader

    init(root: String, configuration: Configuration) {
        self.root = root
        self.configuration = configuration
        self.reader = KnowledgeReader(vocabulary: StatusVocabulary(adding: configuration.statusWords))
    }

    struct Loaded: Sendable {
        var file: KnowledgeFile
        var document: Document
        var contentHash: Int64
    }

    /// Files handed to a worker at once, so that waiting and waking cost little.
    private static let batch = 16
    /// Batches that may be ready before the consumer has taken them: bounds the memory.
    private static let ahead = 16

    /// Calls `body` with every file's document, in the order of `files`, on the calling thread.
    func forEach(_ files: [KnowledgeFile], _ body: (Loaded) throws -> Void) throws {
        let batches = stride(from: 0, to: files.count, by: DocumentLoader.batch).map {
            Array(files[$0..<min($0 + DocumentLoader.batch, files.count)])
        }
        guard batches.count > 1 else {
            for file in files { try body(load(file)) }
            return
        }
        let shelf = Shelf(count: batches.count, ahead: DocumentLoader.ahead)
        for _ in 0..<workers {
            DispatchQueue.global().async {
                while let next = shelf.takeTask() { shelf.put(batches[next].map(load), at: next) }
            }
        }
        defer { shelf.cancel() }
        for index in batches.indices {
            for loaded in shelf.take(index) { try body(loaded) }
        }
    }

    private var workers: Int { 2 }

    func load(_ file: KnowledgeFile) -> Loaded {
        do {
            var bytes = try FileSystem.read(root + "/" + file.path, limit: KnowledgeReader.maximumBytes + 1)
            let hash = ContentHash.of(bytes)
            if let encoding = configuration.encodings.first(where: { $0.glob.matches(file.path) }) {
                bytes = try Transcoding.utf8(bytes, from: encoding.name)
            }
            return Loaded(file: file, document: reader.read(bytes, path: file.path, role: file.role), contentHash: hash)
        } catch {
            var document = Document(path: file.path, role: file.role, language: .english, title: RelativePath.stem(file.path))
            document.findings = [
                Finding(rule: "file/unreadable", severity: .error, message: message(error), place: Place(path: file.path), hint: error.hint)
            ]
            var unread = file
            unread.stamp = .unsettled
            return Loaded(file: unread, document: document, contentHash: 0)
        }
    }

    /// Without the absolute path, which is another on every machine.
    private func message(_ failure: Failure) -> String {
        failure.message.replacing(root + "/", with: "")
    }
}

/// FNV-1a over eight bytes at a time: tells whether a touched file really changed.
enum ContentHash {
    static func of(_ bytes: [UInt8]) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(bytes.count)
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset + 8 <= buffer.count {
                hash = (hash ^ buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian) &* 0x100_0000_01b3
                hash ^= hash >> 29
                offset += 8
            }
            while offset < buffer.count {
                hash = (hash ^ UInt64(buffer[offset])) &* 0x100_0000_01b3
                offset += 1
            }
        }
        return Int64(bitPattern: hash)
    }
}

/// Finished batches waiting to be taken in order.
private final class Shelf: Sendable {
    private struct State {
        var next = 0
        var ready: [Int: [DocumentLoader.Loaded]] = [:]
        var isCancelled = false
    }

    private let count: Int
    private let state = Mutex(State())
    private let room: DispatchSemaphore
    private let arrived = DispatchSemaphore(value: 0)

    init(count: Int, ahead: Int) {
        self.count = count
        self.room = DispatchSemaphore(value: ahead)
    }

    /// The next batch to load, nil when there is none left.
    func takeTask() -> Int? {
        room.wait()
        let next: Int? = state.withLock { state in
            guard !state.isCancelled, state.next < count else { return nil }
            state.next += 1
            return state.next - 1
        }
        if next == nil { room.signal() }
        return next
    }

    func put(_ loaded: [DocumentLoader.Loaded], at index: Int) {
        state.withLock { $0.ready[index] = loaded }
        arrived.signal()
    }

    /// Waits for one batch and makes room for another.
    func take(_ index: Int) -> [DocumentLoader.Loaded] {
        while true {
            if let found = state.withLock({ $0.ready.removeValue(forKey: index) }) {
                room.signal()
                return found
            }
            arrived.wait()
        }
    }

    /// Lets the workers end early.
    func cancel() {
        state.withLock { $0.isCancelled = true }
        room.signal()
    }
}
