//! Sets of hashes from which one look tells that most others are not in them.

/// A bit for each hash, by its upper bits: a set that misses none of its hashes and holds others by chance.
#[derive(Debug)]
pub struct HashFilter {
    words: Vec<u64>,
    /// How many bits of a hash give its place.
    bits: u32,
}

impl HashFilter {
    /// An empty set of two to the power of `bits` bits, at least 64.
    pub fn new(bits: u32) -> Self {
        let bits = bits.max(6);
        Self { words: vec![0; 1 << (bits - 6)], bits }
    }

    /// What some bitmaps hold together, whose sizes are powers of two and at least eight bytes. Each bit of a smaller
    /// one stands for several of the largest.
    pub fn of_bitmaps<'b>(bitmaps: impl Iterator<Item = &'b [u8]> + Clone) -> Self {
        let largest = bitmaps.clone().map(<[u8]>::len).max().unwrap_or_default();
        let mut all = Self::new((8 * largest).max(1).ilog2());
        for bitmap in bitmaps {
            let (words, _) = bitmap.as_chunks::<8>();
            let words = words.iter().map(|word| u64::from_le_bytes(*word));
            if bitmap.len() == largest {
                all.words.iter_mut().zip(words).for_each(|(all, word)| *all |= word);
            } else {
                let bits = words.zip(0..).flat_map(|(word, at)| set_bits(word).map(move |bit| 64 * at + bit));
                let times = largest / bitmap.len();
                let places = bits.flat_map(|bit| times * bit..times * (bit + 1));
                places.for_each(|bit| all.words[bit / 64] |= 1 << (bit % 64));
            }
        }
        all
    }

    /// Takes in a hash.
    pub fn insert(&mut self, hash: u64) {
        let bit = self.place(hash);
        self.words[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether the set holds a hash, or one like it.
    #[inline]
    pub fn has(&self, hash: u64) -> bool {
        let bit = self.place(hash);
        self.words[bit / 64] >> (bit % 64) & 1 == 1
    }

    #[inline]
    fn place(&self, hash: u64) -> usize {
        (hash >> (64 - self.bits)) as usize
    }
}

/// The numbers of the bits that are set.
fn set_bits(word: u64) -> impl Iterator<Item = usize> {
    (0..64).filter(move |bit| word >> bit & 1 == 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_hash_is_missed(some in proptest::collection::vec(any::<u64>(), 0..40)) {
            let mut small = HashFilter::new(7);
            some.iter().for_each(|hash| small.insert(*hash));
            let bytes: Vec<u8> = small.words.iter().flat_map(|word| word.to_le_bytes()).collect();
            let together = HashFilter::of_bitmaps([&bytes[..], &[0; 64], &[0; 16]].into_iter());
            for hash in some {
                prop_assert!(small.has(hash) && together.has(hash));
            }
        }
    }

    #[test]
    fn an_empty_set_holds_nothing() {
        assert!(!HashFilter::new(0).has(u64::MAX));
        assert!(!HashFilter::of_bitmaps(std::iter::empty()).has(0));
    }
}
