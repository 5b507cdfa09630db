//! Roman numerals, and the tests of a small crate: unit tests here, an integration test in `tests/`.

const PARTS: [(u32, &str); 13] = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
];

/// Writes a number from 1 to 3999 as a Roman numeral.
pub fn write(mut number: u32) -> Option<String> {
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut text = String::new();
    for (value, letters) in PARTS {
        while number >= value {
            text.push_str(letters);
            number -= value;
        }
    }
    Some(text)
}

/// Reads a Roman numeral; only the usual form of each number is one.
pub fn read(text: &str) -> Option<u32> {
    let mut rest = text;
    let mut number = 0;
    for (value, letters) in PARTS {
        while let Some(after) = rest.strip_prefix(letters) {
            number += value;
            rest = after;
        }
    }
    (rest.is_empty() && write(number).as_deref() == Some(text)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes() {
        assert_eq!(write(1994).as_deref(), Some("MCMXCIV"));
        assert_eq!(write(0), None);
    }

    #[test]
    fn refuses_unusual_forms() {
        assert_eq!(read("IIII"), None);
        assert_eq!(read("IC"), None);
    }

    #[test]
    #[should_panic(expected = "no zero")]
    #[cfg_attr(target_family = "wasm", ignore = "a panic ends a WASI program")]
    fn panics() {
        write(0).expect("no zero");
    }
}
