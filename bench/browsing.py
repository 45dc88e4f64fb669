"""Steps taken as a browser takes them: a web server of our own, signed-in officers, real forms."""

import http.client
import re
import threading
import time
from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings

from zhifa import clock
from zhifa.config.demo import people, visiting
from zhifa.config.demo.casework import Casework

FORMS = (
    (
        "interview",
        {
            "interviewee": "王某（演示）", "relation": "经营者", "place": "本机关询问室",
            "began_at": "14:30", "ended_at": "15:20", "certificate_shown": "on",
            "rights_told": "on",
            "certificate_answer": "看清了", "recusal_answer": "不申请",
            "questions-question": "这批饼干何时购进？", "questions-answer": "上月购进，有单据。",
        },
    ),
    (
        "collect_evidence",
        {
            "name": "进货单据", "kind": "documentary", "source": "当事人提供", "proves": "购进数量",
            "pages": "2",
        },
    ),
    ("answer_gate", {"question": "complex", "yes": "no", "reason": "案情单一"}),
    ("answer_gate", {"question": "public_interest", "yes": "no", "reason": "影响限于个案"}),
)  # fmt: skip


def rate(works: Sequence[Sequence[Casework]], *, steps: int) -> float:
    """Return steps a second over HTTP, a client for each desk of cases, all at once; the server stops by
    itself."""
    with visiting.served(settings.ENVIRONMENT) as server:
        officers = [Officer(server.port, work) for work in works]
        start = time.perf_counter()
        threads = [threading.Thread(target=one.work, args=(steps,)) for one in officers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if failed := [one.problem for one in officers if one.problem]:
            raise RuntimeError(failed[0])
        return len(works) * steps / (time.perf_counter() - start)


class Officer:
    """One signed-in browser."""

    def __init__(self, port: int, works: Sequence[Casework]) -> None:
        self.versions, self.problem = {work.case_id: work.version for work in works}, ""
        self.cases = list(self.versions)
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        page = self._send("GET", "/accounts/login/")
        self.token = _hidden(page, "csrfmiddlewaretoken")
        login = people.SIGN_INS[0][0]
        self._post("/accounts/login/", {"login": login, "password": people.PASSWORD})
        page = self._send("GET", f"/desk/cases/{self.cases[0]}/step/answer_gate/")
        self.token = _hidden(page, "csrfmiddlewaretoken")

    def work(self, steps: int) -> None:
        """Send forms, one after the other, each on the version the one before made."""
        for number in range(steps):
            case = self.cases[number % len(self.cases)]
            action, fields = FORMS[number // len(self.cases) % len(FORMS)]
            given = {
                "seen": self.versions[case],
                "happened_on": clock.today().isoformat(),
                "confirmed": "1",
            }
            status, body = self._post(f"/desk/cases/{case}/step/{action}/", fields | given)
            if status != 302:
                text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
                self.problem = f"{action} was answered {status}: {text[:3000]}"
                return
            self.versions[case] += 1

    def _post(self, path: str, fields: dict[str, object]) -> tuple[int, str]:
        body = urlencode(fields | {"csrfmiddlewaretoken": self.token})
        return self._request("POST", path, body)

    def _send(self, method: str, path: str) -> str:
        return self._request(method, path, None)[1]

    def _request(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.http.request(method, path, body, headers)
        answer = self.http.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            if name != "messages":  # the page a browser opens next takes them off
                self.cookies[name] = rest.partition(";")[0]
        return answer.status, answer.read().decode()


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError(f"no field {name} in the page")
    return found[1]
