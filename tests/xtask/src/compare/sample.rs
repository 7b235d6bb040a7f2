//! Several measurements of one thing.

/// What was measured, each time.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample(Vec<f64>);

impl Sample {
    pub(super) fn push(&mut self, value: f64) {
        self.0.push(value);
        self.0.sort_by(f64::total_cmp);
    }

    /// The one in the middle; of an even number the mean of the two.
    pub(super) fn median(&self) -> f64 {
        let upper = self.0.len() / 2;
        let lower = self.0.len().saturating_sub(1) / 2;
        let at = |place: usize| self.0.get(place).copied().unwrap_or_default();
        f64::midpoint(at(lower), at(upper))
    }

    pub(super) fn least(&self) -> f64 {
        self.0.first().copied().unwrap_or_default()
    }

    pub(super) fn most(&self) -> f64 {
        self.0.last().copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Sample;

    #[test]
    fn the_middle_and_both_ends() {
        let mut sample = Sample::default();
        for value in [5.0, 1.0, 9.0] {
            sample.push(value);
        }
        assert_eq!([sample.least(), sample.median(), sample.most()], [1.0, 5.0, 9.0]);
        sample.push(6.0);
        assert_eq!(sample.median(), 5.5);
    }
}
