//! Titles that a source splits into an organization and a role, written out as drafts print them:
//! 吉林省财政厅 and 厅长 -> 吉林省财政厅厅长.

use super::imported::{At, Collector};

/// How many titles are named as examples.
const LISTED: usize = 8;

/// Writes titles out, and remembers which.
#[derive(Default)]
pub(super) struct WrittenOut {
    count: usize,
    examples: Vec<String>,
}

impl WrittenOut {
    /// The title with the unit before it, unless it names the unit itself: 省财政厅厅长 of 吉林省财政厅.
    pub fn write_out(&mut self, title: &str, unit: &str) -> String {
        let end = unit.char_indices().rev().nth(1).map_or(unit, |(start, _)| &unit[start..]);
        if title.is_empty() || unit.is_empty() || title.contains(end) {
            return title.to_owned();
        }
        let full = format!("{unit}{title}");
        self.count += 1;
        if self.examples.len() < LISTED {
            self.examples.push(format!("{title} → {full}"));
        }
        full
    }

    /// Says which titles were written out.
    pub fn note(self, collector: &mut Collector) {
        if self.count > 0 {
            let (count, zh, en) = (self.count, self.examples.join("；"), self.examples.join("; "));
            let zh = format!("职务已与单位合写（{count} 处）：{zh}");
            collector.note(At::File, zh, format!("titles were written out with their organization ({count}): {en}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_gets_its_unit_unless_it_names_it() {
        let mut titles = WrittenOut::default();
        assert_eq!(titles.write_out("厅长", "吉林省财政厅"), "吉林省财政厅厅长");
        assert_eq!(titles.write_out("省财政厅厅长", "吉林省财政厅"), "省财政厅厅长");
        assert_eq!(titles.write_out("常委", "吉林省委"), "吉林省委常委");
        assert_eq!(titles.write_out("省委书记", "吉林省委"), "省委书记");
        assert_eq!(titles.write_out("主任", ""), "主任");
        assert_eq!(titles.count, 2);
    }
}
