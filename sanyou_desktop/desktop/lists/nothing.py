"""What a list says when it has nothing to show: no record yet, or none that was asked for."""

from __future__ import annotations

from types import MappingProxyType

from sanyou_desktop.desktop.widgets.empty_state import EmptyState
from sanyou_desktop.model.kinds import kind_of
from sanyou_desktop.wording import N_, _

_BELONGS = MappingProxyType(
    {
        "pledge": ("handshake", N_("这里登记本单位向服务对象作出的承诺，例如四心服务、八个不让。")),
        "rule": ("scroll-text", N_("这里登记规章制度的起草、印发、修订和废止。")),
        "inspection": (
            "clipboard-check",
            N_("这里登记每一次检查：按什么清单查、查了什么、得分多少。"),
        ),
        "finding": ("flag", N_("这里登记发现的问题，从提出、整改、复查、回音一直跟到销号。")),
        "survey": ("smile", N_("这里登记每一次满意度测评的发出、收回和各档份数。")),
        "activity": (
            "calendar-check",
            N_("这里登记开展的活动和取得的实绩：培训、调研、投入、好人好事。"),
        ),
        "scheme": (
            "list-checks",
            N_("这里登记检查、承诺所依据的清单，例如五查、三查三落实；内容不全的标为待补充。"),
        ),
        "plan": (
            "calendar-clock",
            N_("这里登记检查计划：按哪个清单、多久查一次、查哪些部门。"),
        ),
        "unit": ("building-2", N_("这里登记报送材料的单位。")),
        "round": ("calendar", N_("这里登记活动的轮次和起止日期。")),
        "request": ("send", N_("这里登记向下级单位要的报表：报哪个期间、哪天截止、哪些单位应报。")),
        "submission": ("inbox", N_("这里登记收到的每一份上报：哪个单位、哪个期间、接收还是退回。")),
    }
)
_EXAMPLES = N_("不知道怎么填？从「文件」菜单的「新建台账…」可以生成示例台账，里面有填好的例子。")
# Of what the example ledger has none to look at, how records come about. A test holds both.
_HINTS = MappingProxyType(
    {
        "finding": N_(
            "检查时不合格的项目可以直接转为问题，承诺未兑现的也是；"
            "已有的整改台账可以用「导入表格…」整张录入。"
        ),
        "survey": N_(
            "新建一次测评后，可以用「唱票录入…」逐份计数；已有的统计表可以用「导入表格…」整张录入。"
        ),
        "scheme": N_(
            "程序自带五查、三查三落实、八个不让、四心等清单，取用以后可以修改；"
            "别的单位的清单可以从「更多操作」里导入。"
        ),
        "plan": N_("保存计划后用「生成检查」，各次检查就按日期排好，到期前在「今日」提醒。"),
        "request": N_("布置以后，「汇总」页上列出哪些单位已报、迟报、未报。"),
        "submission": N_("在「汇总」页汇总下级单位的上报工作簿，就会自动登记在这里。"),
    }
)


def no_record_yet(kind: str, *, read_only: bool) -> EmptyState:
    """Return what an empty list says: what belongs here, and how to begin."""
    picture, line = _BELONGS[kind]
    if read_only:
        return EmptyState(picture, _(line))
    action = _("新建{kind}").format(kind=_(kind_of(kind).title))
    return EmptyState(picture, _(line), action, _(_HINTS.get(kind, _EXAMPLES)))


def nothing_found() -> EmptyState:
    """Return what a list says when search and filters leave nothing."""
    return EmptyState(
        "search",
        _("没有符合条件的记录。"),
        _("清除搜索和筛选"),
        _("可以少输几个字，或只输拼音首字母，例如 cljd 找车辆接待。"),
    )
