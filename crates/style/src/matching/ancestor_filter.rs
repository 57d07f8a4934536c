//! The counting bloom filter of what the ancestors of the current element are: most descendant selectors are rejected by
//! it without climbing.

use fanlight_dom::{Document, ElementData, NodeId};
use precomputed_hash::PrecomputedHash;
use selectors::bloom::{BLOOM_HASH_MASK, BloomFilter};

/// The filter with the path it stands for. It is brought to an element's ancestors only when a selector has to be
/// matched, so that elements whose matching is remembered cost nothing here.
pub(crate) struct AncestorFilter {
    filter: Box<BloomFilter>,
    /// The ancestors in the filter, outermost first, each with how many hashes were there before it.
    path: Vec<(NodeId, usize)>,
    hashes: Vec<u32>,
}

impl AncestorFilter {
    pub(crate) fn new() -> AncestorFilter {
        AncestorFilter { filter: Box::default(), path: Vec::new(), hashes: Vec::new() }
    }

    pub(crate) fn filter(&self) -> &BloomFilter {
        &self.filter
    }

    /// Makes the filter hold exactly the ancestors `ancestor(0)`, outermost, to `ancestor(count - 1)`, the parent. What
    /// both paths share stays.
    pub(crate) fn hold(&mut self, document: &Document, count: usize, ancestor: impl Fn(usize) -> NodeId) {
        self.truncate(count);
        // A path is a chain of parents: where two agree at one depth, they agree above it.
        while let Some(&(last, _)) = self.path.last()
            && last != ancestor(self.path.len() - 1)
        {
            self.truncate(self.path.len() - 1);
        }
        for depth in self.path.len()..count {
            let node = ancestor(depth);
            self.path.push((node, self.hashes.len()));
            let Some(element) = document.element(node) else { continue };
            for_each_hash(element, |hash| {
                self.filter.insert_hash(hash);
                self.hashes.push(hash);
            });
        }
    }

    fn truncate(&mut self, length: usize) {
        while self.path.len() > length {
            let Some((_, first_hash)) = self.path.pop() else { return };
            for hash in self.hashes.drain(first_hash..) {
                self.filter.remove_hash(hash);
            }
        }
    }
}

/// The hashes that `selectors` collects from compounds: name, namespace, id, classes.
pub(crate) fn for_each_hash(element: &ElementData, mut hash: impl FnMut(u32)) {
    hash(element.name.local.precomputed_hash() & BLOOM_HASH_MASK);
    hash(element.name.namespace.precomputed_hash() & BLOOM_HASH_MASK);
    if let Some(id) = element.id() {
        hash(id.precomputed_hash() & BLOOM_HASH_MASK);
    }
    for class in element.classes() {
        hash(class.precomputed_hash() & BLOOM_HASH_MASK);
    }
}
