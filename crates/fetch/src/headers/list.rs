//! The header list of a request or a response.

use std::fmt;

use super::split::decode_and_split;

/// The header fields of a request or a response, in order, one pair a field line.
///
/// Names compare without regard to case. Values are bytes isomorphic-decoded: each `char` is the byte of the same
/// number, so that nothing a server sends is lost.
/// <https://fetch.spec.whatwg.org/#concept-header-list>
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HeaderList {
    fields: Vec<(String, String)>,
}

impl HeaderList {
    /// No fields.
    pub const fn new() -> Self {
        HeaderList { fields: Vec::new() }
    }

    /// Adds a field after the others.
    /// <https://fetch.spec.whatwg.org/#concept-header-list-append>
    pub fn append(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.fields.push((name.into(), value.into()));
    }

    /// Makes `value` the only value of `name`, in the place of its first field.
    /// <https://fetch.spec.whatwg.org/#concept-header-list-set>
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        match self.fields.iter().position(|(other, _)| other.eq_ignore_ascii_case(name)) {
            None => self.append(name, value),
            Some(first) => {
                self.fields[first].1 = value;
                let mut index = 0;
                self.fields.retain(|(other, _)| {
                    let keep = index <= first || !other.eq_ignore_ascii_case(name);
                    index += 1;
                    keep
                });
            }
        }
    }

    /// Adds a field unless there is one of its name.
    pub fn set_default(&mut self, name: &str, value: impl Into<String>) {
        if !self.contains(name) {
            self.append(name, value);
        }
    }

    /// Removes every field of a name.
    pub fn delete(&mut self, name: &str) {
        self.fields.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    }

    /// Whether there is a field of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.get_all(name).next().is_some()
    }

    /// The values of the fields of a name, in order.
    pub fn get_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields
            .iter()
            .filter(move |(other, _)| other.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The values of a name, joined by `, `.
    /// <https://fetch.spec.whatwg.org/#concept-header-list-get>
    pub fn get(&self, name: &str) -> Option<String> {
        let mut values = self.get_all(name);
        let mut joined = values.next()?.to_owned();
        for value in values {
            joined.push_str(", ");
            joined.push_str(value);
        }
        Some(joined)
    }

    /// The members of a comma-separated value.
    /// <https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split>
    pub fn get_decode_and_split(&self, name: &str) -> Option<Vec<String>> {
        self.get(name).map(|value| decode_and_split(&value))
    }

    /// Every field, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

impl fmt::Debug for HeaderList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for HeaderList {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        HeaderList { fields: fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::HeaderList;

    #[test]
    fn names_are_compared_without_case_and_values_are_joined() {
        let list: HeaderList = [("Vary", "a"), ("x", "y"), ("vary", "b")].into_iter().collect();
        assert_eq!(list.get("VARY").as_deref(), Some("a, b"));
        assert_eq!(list.get("z"), None);
    }

    #[test]
    fn setting_keeps_the_first_place_and_drops_the_others() {
        let mut list: HeaderList =
            [("a", "1"), ("b", "2"), ("A", "3"), ("c", "4"), ("a", "5")].into_iter().collect();
        list.set("a", "6");
        assert_eq!(list.iter().collect::<Vec<_>>(), [("a", "6"), ("b", "2"), ("c", "4")]);
        list.delete("B");
        assert_eq!(list.len(), 2);
    }
}
