//! Lexicons that the examples of several rules share.

/// Three persons without posts.
pub(super) const THREE_PERSONS: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person]]
id = "gao-yuanshan"
name = "高远山"
[[person]]
id = "he-wenchuan"
name = "何文川"
"#;

/// Two formulations with their components.
pub(super) const COMPONENTS: &str = r#"
[[slogan]]
id = "flood-drought-relief"
text = "防汛要抓早、抗旱要抓实、救灾要抓快"
components = ["防汛要抓早", "抗旱要抓实", "救灾要抓快"]
[[slogan]]
id = "three-chapters"
text = "三篇文章"
components = ["山文章", "水文章", "林文章"]
expands = "山文章、水文章、林文章"
"#;

/// A formulation that a newer one replaced.
pub(super) const RENEWED: &str = r#"
[[slogan]]
id = "three-steps"
text = "三步走防汛方针"
end = "2020-06"
superseded_by = "four-steps"
[[slogan]]
id = "four-steps"
text = "四步走防汛战略"
start = "2020-06"
"#;

/// Officials of the province and of Changchun.
pub(super) const OFFICIALS: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person.post]]
title = "吉林省委常委"
place = "220000"
[[person.post]]
title = "吉林省委宣传部部长"
place = "220000"
start = "2022-01-10"

[[person]]
id = "gao-yuanshan"
name = "高远山"
[[person.post]]
title = "吉林省委常委"
place = "220000"
[[person.post]]
title = "吉林省委组织部部长"
place = "220000"
start = "2021-05-06"

[[person]]
id = "he-wenchuan"
name = "何文川"
[[person.post]]
title = "吉林省委统战部部长"
place = "220000"
end = "2020-05-01"
[[person.post]]
title = "吉林省委副书记"
place = "220000"
start = "2020-05-02"

[[person]]
id = "shi-changming"
name = "石长明"
[[person.post]]
title = "长春市委书记"
place = "220100"

[[person]]
id = "li-wei"
name = "李伟"
[[person.post]]
title = "吉林省委秘书长"
place = "220000"
"#;

/// Four persons in an order of precedence.
pub(super) const RANKED: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person]]
id = "gao-yuanshan"
name = "高远山"
[[person]]
id = "he-wenchuan"
name = "何文川"
[[person]]
id = "shi-changming"
name = "石长明"
[[precedence]]
id = "order-2022"
people = ["lin-yiming", "gao-yuanshan", "he-wenchuan", "shi-changming"]
start = "2022-06-24"
end = "2022-12"
"#;

/// Officials who left a post, one of them for another.
pub(super) const CHANGED: &str = r#"
[[person]]
id = "lin-yiming"
name = "林一鸣"
[[person.post]]
title = "吉林省委宣传部部长"
place = "220000"
start = "2019-03-02"
end = "2022-03-31"
[[person.post]]
title = "长春市委书记"
place = "220100"
start = "2022-04-01"

[[person]]
id = "he-wenchuan"
name = "何文川"
[[person.post]]
title = "吉林省委统战部部长"
place = "220000"
end = "2020"
"#;
