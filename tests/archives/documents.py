"""Prints short documents, some with a slip, as {"id", "date", "text"} lines."""

import json
import sys

SENTENCES = [
    "四平市公主岭市召开项目调度会。",
    "白山市通化县的人参企业忙着晾晒。",
    "长春市公主岭市的汽车零部件企业开工。",
    "省委常委、组织部部长阿东在长白山保护开发区察看改造工程。",
    "会议要求完整理解“疫情要控住、经济要稳住、发展要安全”的含义。",
    "会议于2月30日召开。",
    "今天天气晴好，群众到公园散步。",
]

for number in range(int(sys.argv[1])):
    text = SENTENCES[number % len(SENTENCES)] + SENTENCES[number * 5 % 7] + f"这是第{number}篇。"
    identity = number if number % 2 else f"稿-{number}"
    print(json.dumps({"id": identity, "date": "2022-07-10", "text": text}, ensure_ascii=False))
