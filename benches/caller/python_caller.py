"""The caller of the Python client rekuest-next 0.22.0, as the benchmark starts it:

    python python_caller.py BASE_URL TOKEN HASH ALONE OUTSTANDING

Calls the action of this hash ALONE times one after the other, and then OUTSTANDING times at once; prints the median
of the former in µs, and the rate of the latter, on one line.
"""

import asyncio
import statistics
import sys
import time

from graphql import OperationType
from rath.links.aiohttp import AIOHttpLink
from rath.links.auth import ComposedAuthLink
from rath.links.graphql_ws import GraphQLWSLink
from rath.links.split import SplitLink
from rekuest_next.agents.base import BaseAgent
from rekuest_next.agents.transport.websocket import WebsocketAgentTransport
from rekuest_next.api.schema import afind
from rekuest_next.postmans.graphql import GraphQLPostman
from rekuest_next.rath import RekuestNextLinkComposition, RekuestNextRath
from rekuest_next.rekuest import RekuestNext
from rekuest_next.remote import acall

BASE_URL, TOKEN, HASH = sys.argv[1:4]
ALONE, OUTSTANDING = (int(count) for count in sys.argv[4:6])


async def token() -> str:
    return TOKEN


def client() -> RekuestNext:
    sockets = BASE_URL.replace("http", "ws", 1)
    links = RekuestNextLinkComposition(
        auth=ComposedAuthLink(token_loader=token, token_refresher=token),
        split=SplitLink(
            left=AIOHttpLink(endpoint_url=f"{BASE_URL}/graphql"),
            right=GraphQLWSLink(ws_endpoint_url=f"{sockets}/graphql"),
            split=lambda operation: operation.node.operation != OperationType.SUBSCRIPTION,
        ),
    )
    rath = RekuestNextRath(link=links)
    transport = WebsocketAgentTransport(endpoint_url=f"{sockets}/agi", token_loader=token)
    agent = BaseAgent(transport=transport, instance_id="default", rath=rath, name="caller:dev")
    return RekuestNext(rath=rath, agent=agent, postman=GraphQLPostman(rath=rath, instance_id="default"))


async def measure() -> None:
    async with client() as app:
        action = await afind(hash=HASH, rath=app.rath)

        async def call() -> float:
            begun = time.perf_counter()
            returned = await asyncio.wait_for(acall(action, postman=app.postman, a=1, b=2), 60)
            assert returned == 3, returned
            return time.perf_counter() - begun

        await call()
        times = [await call() for _ in range(ALONE)]
        begun = time.perf_counter()
        await asyncio.gather(*(call() for _ in range(OUTSTANDING)))
        rate = OUTSTANDING / (time.perf_counter() - begun)
        print(statistics.median(times) * 1e6, rate, flush=True)


asyncio.run(measure())
