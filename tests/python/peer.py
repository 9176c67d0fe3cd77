"""The Python client rekuest-next 0.22.0 as a peer of the embedded server.

    python peer.py provide    provides `double` and `adouble` until it is ended, and says "providing" once it does
    python peer.py call       calls `add_int` and `echo_str` of the app "showcase", prints what comes back

REKUEST_WS, REKUEST_HTTP, REKUEST_GQL_WS and REKUEST_TOKEN say where the server is.
"""

import asyncio
import os
import sys

from graphql import OperationType
from rath.links.aiohttp import AIOHttpLink
from rath.links.auth import ComposedAuthLink
from rath.links.graphql_ws import GraphQLWSLink
from rath.links.split import SplitLink
from rekuest_next.agents.base import BaseAgent
from rekuest_next.agents.transport.websocket import WebsocketAgentTransport
from rekuest_next.api.schema import aimplementations_for, afind
from rekuest_next.postmans.graphql import GraphQLPostman
from rekuest_next.rath import RekuestNextLinkComposition, RekuestNextRath
from rekuest_next.rekuest import RekuestNext
from rekuest_next.remote import acall


async def token() -> str:
    return os.environ["REKUEST_TOKEN"]


def double(x: int) -> int:
    """Doubles a number"""
    return 2 * x


async def adouble(x: float, note: str = "twice") -> tuple[float, str]:
    """Doubles a number

    Args:
        x (float): the number
        note (str): comes back
    """
    return 2 * x, note


def client() -> RekuestNext:
    http = AIOHttpLink(endpoint_url=os.environ["REKUEST_HTTP"])
    sockets = GraphQLWSLink(ws_endpoint_url=os.environ["REKUEST_GQL_WS"], on_connect=on_connect)
    rath = RekuestNextRath(
        link=RekuestNextLinkComposition(
            auth=ComposedAuthLink(token_loader=token, token_refresher=token),
            split=SplitLink(left=http, right=sockets, split=lambda o: o.node.operation != OperationType.SUBSCRIPTION),
        )
    )
    agent = BaseAgent(
        transport=WebsocketAgentTransport(endpoint_url=os.environ["REKUEST_WS"], token_loader=token),
        instance_id="default",
        rath=rath,
        name="pyapp:0.1.0",
    )
    return RekuestNext(rath=rath, agent=agent, postman=GraphQLPostman(rath=rath, instance_id="default"))


async def on_connect(params: dict | None = None) -> dict:
    return {"token": await token()}


async def provide() -> None:
    app = client()
    app.register(double)
    app.register(adouble)
    async with app:
        await app.arun()


async def call() -> None:
    async with client() as app:
        hashes = dict(pair.split("=") for pair in sys.argv[2:])
        for interface, args in [("add_int", {"a": 4, "b": 5}), ("add_int", {"a": 4}), ("echo_str", {"s": "hü😀"})]:
            found = await aimplementations_for(hash=hashes[interface], rath=app.rath)
            action = await afind(hash=found[0].action.hash, rath=app.rath)
            result = await asyncio.wait_for(acall(action, postman=app.postman, **args), 30)
            print(interface, result, flush=True)


asyncio.run({"provide": provide, "call": call}[sys.argv[1]]())
