//! One slip of the pen: the least difference between two wordings.

/// How a written wording differs from the right one; positions are characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// The character at this position of both is another one.
    Substituted(usize),
    /// The character at this position of the right wording is missing.
    Missing(usize),
    /// The character at this position of the written wording is one too many.
    Added(usize),
    /// The characters at this position and the next have changed places.
    Swapped(usize),
}

/// The one slip by which `written` differs from `right`; `None` if they are equal or differ by more. Of
/// a run of equal characters the last counts as missing or added.
pub fn one_slip(written: &[char], right: &[char]) -> Option<Slip> {
    let head = written.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (written_rest, right_rest) = (&written[head..], &right[head..]);
    match (written_rest, right_rest) {
        ([a, written_tail @ ..], [b, right_tail @ ..]) if written.len() == right.len() => {
            if written_tail == right_tail {
                return Some(Slip::Substituted(head));
            }
            let swapped = written_tail.first() == Some(b) && right_tail.first() == Some(a);
            (swapped && written_tail[1..] == right_tail[1..]).then_some(Slip::Swapped(head))
        }
        (rest, [_, tail @ ..]) if rest == tail => Some(Slip::Missing(head)),
        ([_, tail @ ..], rest) if rest == tail => Some(Slip::Added(head)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_each_kind() {
        let check = |written: &str, right: &str, expected: Option<Slip>| {
            let characters = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(one_slip(&characters(written), &characters(right)), expected, "{written} for {right}");
        };
        check("营商坏境", "营商环境", Some(Slip::Substituted(2)));
        check("商营环境", "营商环境", Some(Slip::Swapped(0)));
        check("营商境环", "营商环境", Some(Slip::Swapped(2)));
        check("营商环", "营商环境", Some(Slip::Missing(3)));
        check("商环境", "营商环境", Some(Slip::Missing(0)));
        check("营商商环境", "营商环境", Some(Slip::Added(2)));
        check("营商环境的", "营商环境", Some(Slip::Added(4)));
        check("营商环境", "营商环境", None);
        check("营境商环", "营商环境", None);
        check("环境", "营商环境", None);
        check("", "", None);
    }
}
