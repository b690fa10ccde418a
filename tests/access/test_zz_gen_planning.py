import pytest
from django.test import Client
from tests.access.world import ROLES, make_place
from tests.access.asking import ask
E="employer"; M="agile_month"; D="agile_day"
THINGS={"feed":"token","my_month":E,"my_days":M,"my_days_list":M,"my_day":D,"my_day_plan":D,"my_day_give_back":D,"my_day_instead":"agile_instead","my_day_ask":D,"team_now":E,"team":M,"conflicts_now":E,"conflicts":M,"settle":M,"conflict_day":"agile_conflict","exception":"agile_exception","presence":E,"presence_drop":"agile_presence_rule","feeds":E,"feed_revoke":"agile_feed","seats":E,"seat_new":E,"seat_edit":"agile_seat","seat":"agile_seat_month"}
@pytest.mark.django_db
def test_gen():
    place=make_place("milano")
    make_place("bergamo")
    out=[]
    clients={}
    for role in ROLES:
        c=Client()
        if role!="visitor": c.force_login(place.cast[role])
        clients[role]=c
    for name,thing in THINGS.items():
        for method in ("GET","POST"):
            out.append((f"agile:{name}",method,thing,[ask(clients[role],method,f"agile:{name}",place,thing) for role in ROLES]))
    open("/tmp/pl_rows.txt","w").write("\n".join(" ".join([a,m,t,*r]) for a,m,t,r in out))
    from tests.budgets.counting import browser, listing, path, statements, ORDER
    res=[]; sql=open("/tmp/pl_sql.txt","w")
    for a,m,t,r in out:
        if m!="GET" or "ok" not in r: continue
        answers=dict(zip(ROLES,r))
        role=next((x for x in ORDER if answers[x]=="ok"), None) or next(x for x in ROLES if answers[x]=="ok")
        sent,_=statements(browser(place,role),path(place,a,t))
        res.append(f"{a} {len(sent)}")
        sql.write(f"== {a} {role} {len(sent)}\n{listing(sent)}\n")
    open("/tmp/pl_budget.txt","w").write("\n".join(res))
