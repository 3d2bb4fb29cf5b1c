/// The stem that the forms of an English word share, after M. F. Porter, "An algorithm for suffix stripping" (1980).
package enum Stemmer {
    /// The stem of a lower-case ASCII word; anything else is returned as it is.
    package static func stem(_ word: String) -> String {
        var letters = Array(word.utf8)
        guard letters.count > 2, letters.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return word }
        plural(&letters)
        pastAndProgressive(&letters)
        if letters.last == y, letters.count > 1, hasVowel(letters.dropLast()) { letters[letters.count - 1] = i }
        replace(&letters, step2, minimum: 0)
        replace(&letters, step3, minimum: 0)
        dropSuffix(&letters)
        if letters.last == e {
            let stem = letters.dropLast()
            if measure(stem) > 1 || (measure(stem) == 1 && !endsShort(stem)) { letters.removeLast() }
        }
        if letters.count > 1, measure(letters[...]) > 1, letters.last == l, letters[letters.count - 2] == l { letters.removeLast() }
        return String(decoding: letters, as: UTF8.self)
    }

    private static let (e, i, l, s, y, z): (UInt8, UInt8, UInt8, UInt8, UInt8, UInt8) = (0x65, 0x69, 0x6C, 0x73, 0x79, 0x7A)

    private static func plural(_ letters: inout [UInt8]) {
        if ends(letters, "sses") || ends(letters, "ies") {
            letters.removeLast(2)
        } else if letters.last == s, !ends(letters, "ss") {
            letters.removeLast()
        }
    }

    private static func pastAndProgressive(_ letters: inout [UInt8]) {
        if ends(letters, "eed") {
            if measure(letters.dropLast(3)) > 0 { letters.removeLast() }
            return
        }
        for suffix in ["ed", "ing"] where ends(letters, suffix) && hasVowel(letters.dropLast(suffix.utf8.count)) {
            letters.removeLast(suffix.utf8.count)
            if ends(letters, "at") || ends(letters, "bl") || ends(letters, "iz") {
                letters.append(e)
            } else if letters.count > 1, let last = letters.last, last == letters[letters.count - 2], !isVowel(letters[...], letters.count - 1),
                ![l, s, z].contains(last)
            {
                letters.removeLast()
            } else if measure(letters[...]) == 1, endsShort(letters[...]) {
                letters.append(e)
            }
            return
        }
    }

    private static let step2: [(String, String)] = [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"),
        ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"),
        ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ]

    private static let step3: [(String, String)] = [
        ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
    ]

    private static let step4 = [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er", "ic", "ou",
    ]

    private static func replace(_ letters: inout [UInt8], _ rules: [(String, String)], minimum: Int) {
        for (suffix, replacement) in rules where ends(letters, suffix) {
            let stem = letters.dropLast(suffix.utf8.count)
            if measure(stem) > minimum { letters = Array(stem) + Array(replacement.utf8) }
            return
        }
    }

    private static func dropSuffix(_ letters: inout [UInt8]) {
        if ends(letters, "sion") || ends(letters, "tion") {
            if measure(letters.dropLast(3)) > 1 { letters.removeLast(3) }
            return
        }
        for suffix in step4 where ends(letters, suffix) {
            let stem = letters.dropLast(suffix.utf8.count)
            if measure(stem) > 1 { letters = Array(stem) }
            return
        }
    }

    private static func ends(_ letters: [UInt8], _ suffix: String) -> Bool {
        letters.count > suffix.utf8.count && letters.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    /// The number of vowel–consonant sequences.
    private static func measure(_ letters: ArraySlice<UInt8>) -> Int {
        var count = 0
        var afterVowel = false
        for index in letters.indices {
            let vowel = isVowel(letters, index)
            if afterVowel && !vowel { count += 1 }
            afterVowel = vowel
        }
        return count
    }

    private static func hasVowel(_ letters: ArraySlice<UInt8>) -> Bool {
        letters.indices.contains { isVowel(letters, $0) }
    }

    private static func isVowel(_ letters: ArraySlice<UInt8>, _ index: Int) -> Bool {
        switch letters[index] {
        case 0x61, e, i, 0x6F, 0x75: true
        case y: index > letters.startIndex && !isVowel(letters, index - 1)
        default: false
        }
    }

    /// Consonant, vowel, consonant other than w, x or y.
    private static func endsShort(_ letters: ArraySlice<UInt8>) -> Bool {
        guard letters.count >= 3 else { return false }
        let last = letters.endIndex - 1
        return !isVowel(letters, last) && isVowel(letters, last - 1) && !isVowel(letters, last - 2) && ![0x77, 0x78, y].contains(letters[last])
    }
}
