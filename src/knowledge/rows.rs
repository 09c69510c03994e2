//! Many short lists in one piece of memory.

/// Lists by number, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Rows<T> {
    /// Where each begins; behind the last one, where it ends.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Rows<T> {
    /// `count` lists of items that come with the number of theirs; each keeps their order.
    pub(super) fn of(count: usize, placed: &[(u32, T)]) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for (row, _) in placed {
            starts[*row as usize + 1] += 1;
        }
        for row in 0..count {
            starts[row + 1] += starts[row];
        }
        let Some((_, any)) = placed.first() else {
            return Self {
                starts,
                items: Vec::new(),
            };
        };
        let mut items = vec![*any; placed.len()];
        let mut next = starts.clone();
        for (row, item) in placed {
            let place = &mut next[*row as usize];
            items[*place as usize] = *item;
            *place += 1;
        }
        Self { starts, items }
    }

    /// One list.
    pub(super) fn get(&self, row: usize) -> &[T] {
        &self.items[self.bounds(row)]
    }

    /// One list, to be changed.
    pub(super) fn get_mut(&mut self, row: usize) -> &mut [T] {
        let bounds = self.bounds(row);
        &mut self.items[bounds]
    }

    fn bounds(&self, row: usize) -> std::ops::Range<usize> {
        self.starts[row] as usize..self.starts[row + 1] as usize
    }

    /// How many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_keeps_the_order_of_its_items() {
        let rows = Rows::of(4, &[(2, 'a'), (0, 'b'), (2, 'c'), (3, 'd')]);
        let found: Vec<_> = (0..4).map(|row| rows.get(row)).collect();
        assert_eq!(found, [&['b'][..], &[], &['a', 'c'], &['d']]);
        assert!(Rows::<u32>::of(2, &[]).get(1).is_empty());
    }
}
