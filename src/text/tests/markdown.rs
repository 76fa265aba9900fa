use super::*;

fn check(source: &str, expected: &[&str]) {
    check_blocks(MD, source, expected);
}

#[test]
fn text_is_read_across_inline_markup() {
    check("**刘**伟", &["Paragraph 刘伟"]);
    check("*刘*_伟_ __刘__ ***伟***", &["Paragraph 刘伟 刘 伟"]);
    check("[刘伟](https://a.cn \"题\")出席", &["Paragraph 刘伟出席"]);
    check("[刘伟][1]出席\n\n[1]: https://a.cn", &["Paragraph 刘伟出席"]);
    check("刘伟[^1]出席\n\n[^1]: 见省政府公报", &["Paragraph 刘伟出席", "Paragraph 见省政府公报"]);
    check(r"刘\*伟&amp;胡&#x5BB6;福", &["Paragraph 刘*伟&胡家福"]);
}

#[test]
fn emphasis_next_to_chinese_punctuation_is_markup_all_the_same() {
    check("**“三个务必”**的要求", &["Paragraph “三个务必”的要求"]);
    check("要求**《办法》**施行", &["Paragraph 要求《办法》施行"]);
    check(r"\**甲", &["Paragraph **甲"]);
    check("甲 * 乙 ****", &["Paragraph 甲 * 乙 ****"]);
}

#[test]
fn a_soft_break_vanishes_between_cjk_characters() {
    check("刘\n伟", &["Paragraph 刘伟"]);
    check("出席，\n“甲”", &["Paragraph 出席，“甲”"]);
    check("刘\r\n伟\r出", &["Paragraph 刘伟出"]);
    check("**刘**\n_伟_", &["Paragraph 刘伟"]);
    check("[甲\n乙](@x)\n丙", &["Paragraph 甲乙丙"]);
}

#[test]
fn a_soft_break_is_a_space_elsewhere() {
    check("Li\nWei", &["Paragraph Li Wei"]);
    check("刘\nWei\n伟", &["Paragraph 刘 Wei 伟"]);
    check("2022年\n7月", &["Paragraph 2022年 7月"]);
    check("刘`a`\n伟", &["Paragraph 刘□ 伟"]);
}

#[test]
fn a_forced_break_stays() {
    check("甲  \n乙\\\n丙", &["Paragraph 甲⏎乙⏎丙"]);
    check("甲<br>乙", &["Paragraph 甲□乙"]);
}

#[test]
fn what_is_not_checked_is_one_object() {
    check("刘`x`伟", &["Paragraph 刘□伟"]);
    check("刘<https://a.cn>伟", &["Paragraph 刘□伟"]);
    check("刘<a@b.cn>伟", &["Paragraph 刘□伟"]);
    check("<b>刘</b>伟", &["Paragraph □刘□伟"]);
    check("刘![**图**片](a.png)伟", &["Paragraph 刘□伟"]);
    check("刘<!-- 注 -->伟", &["Paragraph 刘□伟"]);
    check("刘<!-- hegao: ignore -->伟", &["Paragraph 刘□伟"]);
    check("刘~~*旧*文~~伟", &["Paragraph 刘□伟"]);
}

#[test]
fn bare_addresses_are_not_checked() {
    check("见https://a.cn/b_c?d=1&e=2。刘伟", &["Paragraph 见□。刘伟"]);
    check("见www.a.cn/吉林省，刘伟", &["Paragraph 见□，刘伟"]);
    check("见https://a.cn刘伟", &["Paragraph 见□刘伟"]);
    check("(https://a.cn/b_(c)), https://a.cn.", &["Paragraph (□), □."]);
    check("[https://a.cn](https://a.cn)、[甲](@a)、http://b.cn", &["Paragraph □、甲、□"]);
    check("比分3:1，http、www、awww.a://", &["Paragraph 比分3:1，http、www、awww.a://"]);
    check("https://a.cn/[刘伟](@x)", &["Paragraph □刘伟"]);
}

#[test]
fn single_tildes_are_a_range() {
    check("3~5天，6~8天", &["Paragraph 3~5天，6~8天"]);
}

#[test]
fn what_holds_no_text_makes_no_block() {
    check("```\n刘伟\n```\n\n    刘伟\n\n~~~\n刘伟\n", &[]);
    check("<div>\n刘伟\n</div>\n\n<!-- 刘伟 -->\n", &[]);
    check("[刘伟]: https://a.cn\n\n***\n\n![图](a.png)\n\n`a` <b>\n\n|  |\n|--|\n", &[]);
    check("", &[]);
    check("\u{FEFF}", &[]);
    check(" \n\t\n　　\n", &[]);
}

#[test]
fn every_container_gives_blocks_in_source_order() {
    check(
        "# 甲\n\n乙\n---\n\n丙\n\n> 丁\n>\n> > 戊\n\n- 己\n\n|庚|辛|\n|-|-|\n|壬||\n",
        &[
            "Heading 甲",
            "Heading 乙",
            "Paragraph 丙",
            "Quote 丁",
            "Quote 戊",
            "ListItem 己",
            "TableCell 庚",
            "TableCell 辛",
            "TableCell 壬",
        ],
    );
}

#[test]
fn list_items_are_blocks_of_their_own() {
    check("- 甲\n  乙\n  - 丙\n    1. 丁\n- 戊", &["ListItem 甲乙", "ListItem 丙", "ListItem 丁", "ListItem 戊"]);
    check("1. 甲\n\n   乙\n2. 丙", &["ListItem 甲", "ListItem 乙", "ListItem 丙"]);
    check("- 甲\n  ```\n  码\n  ```\n  乙", &["ListItem 甲", "ListItem 乙"]);
    check("- # 甲\n- > 乙\n- [ ] 丙\n- [x] 丁", &["Heading 甲", "Quote 乙", "ListItem 丙", "ListItem 丁"]);
    check("> - 甲\n> [!NOTE]\n", &["ListItem 甲 [!NOTE]"]);
    check("> [!NOTE]\n> 甲", &["Quote 甲"]);
}

#[test]
fn a_full_width_indent_is_no_part_of_the_text() {
    check("　　刘伟出席。\n\n　　**刘伟**讲话。　", &["Paragraph 刘伟出席。", "Paragraph 刘伟讲话。"]);
    check("&emsp;&emsp;刘伟出席。&nbsp;", &["Paragraph 刘伟出席。"]);
}

#[test]
fn text_behind_a_comment_on_its_line_is_read() {
    check("<!-- hegao: ignore P201 --> 书记**刘伟**。\n\n乙", &["Paragraph 书记刘伟。", "Paragraph 乙"]);
    check("- <!-- a\n  b --> <!-- c -->甲<!-- d -->乙", &["ListItem 甲□乙"]);
    check("甲\n<!-- 注 -->\n乙", &["Paragraph 甲", "Paragraph 乙"]);
}

#[test]
fn a_paragraph_of_names_is_a_byline() {
    let bylines = [
        "（记者 甲 乙）",
        "(甲 乙 丙)",
        "（责任编辑：王小五）",
        "（吉林日报全媒体记者 张三 实习生 李四）",
        "（艾力·买买提 张三）",
        "本报记者 张三 李四",
        "本报记者张三",
        "记者张三",
        "本报记者",
        "记者：张三、李四 通讯员 王五",
        "责任编辑：张三 电话 0431-1234567",
        "责任编辑：",
        "**记者** 张三",
    ];
    for text in bylines {
        let draft = Draft::parse(text, MD);
        assert_eq!(draft.blocks[0].kind, BlockKind::Byline, "{text}");
    }
}

#[test]
fn other_text_is_no_byline() {
    let paragraphs = [
        "记者从省政府获悉，刘伟出席。",
        "记者节即将到来",
        "记者会召开",
        "摄影展开幕",
        "编辑部",
        "本报记者从省委了解到",
        "（新华社北京7月10日电）",
        "（完）",
        "会议结束。（张三 李四）",
        "（张三 李四）出席（王五 赵六）",
        "她是一名记者",
        "责任编辑张三说，他不知道。",
    ];
    for text in paragraphs {
        check(text, &[&format!("Paragraph {text}")]);
    }
    let long = format!("责任编辑：{}", "张三、".repeat(20));
    check(&long, &[&format!("Paragraph {long}")]);
    check("> 记者 张三\n\n- 记者 张三", &["Quote 记者 张三", "ListItem 记者 张三"]);
}

/// The annotations of a draft as `[text](@id) = content`.
fn check_annotations(source: &str, expected: &[&str]) {
    let draft = Draft::parse(source, MD);
    let found: Vec<String> = draft
        .annotations()
        .map(|a| {
            assert_eq!(a.id_span.slice(source), a.id);
            assert_eq!(marked(source, a.span), marked(source, Span::new(a.text.start - 1, a.span.end)));
            let block = &draft.blocks[a.block].content;
            format!("{}|{}|{} = {}", a.span.slice(source), a.text.slice(source), a.id, a.content.slice(&block.text))
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn annotations_are_links_to_an_id() {
    check_annotations(
        "书记[刘伟](@liu-wei)、[胡](@h)",
        &["[刘伟](@liu-wei)|刘伟|liu-wei = 刘伟", "[胡](@h)|胡|h = 胡"],
    );
    check_annotations("[**刘**\n伟](<@a> \"题\")", &["[**刘**\n伟](<@a> \"题\")|**刘**\n伟|a = 刘伟"]);
    check_annotations("- 甲\n- 乙\n[丙](@c)", &["[丙](@c)|丙|c = 丙"]);
    check_annotations("[刘伟](@)", &["[刘伟](@)|刘伟| = 刘伟"]);
    check_annotations("[](@a)", &["[](@a)||a = "]);
    check_annotations(r"[a\](@b)](@c)", &[r"[a\](@b)](@c)|a\](@b)|c = a](@b)"]);
    check_annotations("[`](@a)`](@b)", &["[`](@a)`](@b)|`](@a)`|b = \u{FFFC}"]);
    check_annotations("https://a.cn [甲](@a)", &["[甲](@a)|甲|a = 甲"]);
    check_annotations("[见 https://a.cn 甲](@a)", &["[见 https://a.cn 甲](@a)|见 https://a.cn 甲|a = 见 \u{FFFC} 甲"]);
}

#[test]
fn what_only_looks_like_an_annotation_is_none() {
    for source in [
        "`[刘伟](@a)`",
        "    [刘伟](@a)",
        r"\[刘伟](@a)",
        "[刘伟](@a b)",
        "[刘伟](a)",
        "[刘伟][1]\n\n[1]: @a",
        "<!-- [刘伟](@a) -->",
    ] {
        check_annotations(source, &[]);
    }
}

#[test]
fn an_exclamation_mark_before_an_annotation_makes_no_image() {
    check_annotations("你好![刘伟](@a)", &["[刘伟](@a)|刘伟|a = 刘伟"]);
    check("你好![刘伟](@a)", &["Paragraph 你好!刘伟"]);
    check_annotations("![甲[乙](@b)](@c)", &["[乙](@b)|乙|b = 乙"]);
}
