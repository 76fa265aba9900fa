//! A lexicon of made-up people for measuring: `cargo run --example people_table 100000 > people.csv`.

use std::{collections::HashSet, env, io, io::Write};

fn main() -> io::Result<()> {
    let count = env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(100_000);
    io::stdout().lock().write_all(people(count).as_bytes())
}

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉力永健世海春德志成宏光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲亮政谦亨奇固轮翰朗伯鸣朋斌栋维启克伦翔旭鹏泽晨辰士以家致树炎";
const TITLES: &[&str] = &[
    "市委书记",
    "副省长",
    "省委组织部部长",
    "县长",
    "市公安局局长",
    "省财政厅副厅长",
    "市委常委、宣传部部长",
    "市人大常委会主任",
    "县委副书记、县长",
    "区委书记",
];
const PLACES: &[&str] = &["220000", "220100", "222400", "220822", "210000", "410100", "350000", "440300", "510000"];

/// A table of `count` people, at most some hundred thousand, each with a name of its own and one post; the
/// same one for each count.
pub fn people(count: usize) -> String {
    let [surnames, given] = [SURNAMES, GIVEN].map(|characters| characters.chars().collect::<Vec<char>>());
    let mut table = String::from("id,name,gender,title,place,start,end,sources\n");
    let mut names = HashSet::with_capacity(count);
    // The steps of a linear congruential generator (Knuth, MMIX).
    let mut state = 7_u64;
    let mut next = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit
    };
    while names.len() < count {
        let name = [surnames[next(surnames.len())], given[next(given.len())], given[next(given.len())]];
        if !names.insert(name) {
            continue;
        }
        let (id, name) = (names.len(), String::from_iter(name));
        let gender = ["male", "female"][next(2)];
        let (title, place) = (TITLES[next(TITLES.len())], PLACES[next(PLACES.len())]);
        let (year, month) = (1985 + next(38), 1 + next(12));
        table += &format!(
            "p{id},{name},{gender},{title},{place},{year}-{month:02},{}-{month:02},https://example.org/people/{id}\n",
            year + 3
        );
    }
    table
}
